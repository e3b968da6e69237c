// What is wrong with a form, said above it with links to the fields: tabs hide them. It follows autosave, as do the badges
// of the tabs, which Wagtail counts before streams have drawn their errors.
(() => {
  const { heading, notSent } = document.currentScript.dataset;
  const { labelBeside } = window.localDrafts.formState;
  let summary;
  let detailsOpen = false;
  // Mark -> what its field held when the server put it there.
  const judged = new Map();

  function contentOf(mark) {
    const field =
      mark.closest("[data-streamfield-child]") ?? mark.closest(".w-panel__wrapper") ?? mark.closest("section.w-panel, .w-field__wrapper");
    const controls = [...(field?.querySelectorAll("input, textarea, select") ?? [])];
    return controls.map(({ type, value, checked }) => (["checkbox", "radio"].includes(type) ? checked : value)).join("\n");
  }

  // Of the dialogs only this one belongs to the form.
  const SCHEDULE = "schedule-publishing-dialog";

  // Wagtail's marks: at a field, and above a stream; not the notices in which one can choose something.
  function marks(form) {
    return [...form.querySelectorAll(".error-message, .w-panel .help-critical")].filter(
      (mark) => !mark.hidden && mark.textContent.trim() && !mark.closest(`template, .messages, [role=dialog]:not(#${SCHEDULE})`) && !mark.querySelector("input"),
    );
  }

  function labels(mark) {
    const field = mark.closest("[data-streamfield-child]")
      ? mark.closest("[data-streamfield-child] [data-contentpath]")?.querySelector(".w-field__label")
      : labelBeside(mark);
    const panels = [];
    for (let panel = mark.closest("section.w-panel"); panel; panel = panel.parentElement.closest("section.w-panel")) {
      panels.unshift(panel.querySelector("[data-panel-heading-text]"));
    }
    const texts = [...panels, field].filter(Boolean).map((part) => part.textContent.replace("*", "").trim());
    return [...new Set(texts)].filter(Boolean).slice(-2).join(" › ");
  }

  function item(mark, number) {
    mark.id ||= `error-${number}`;
    const link = Object.assign(document.createElement("a"), { href: `#${mark.id}`, textContent: labels(mark) });
    if (mark.closest(`#${SCHEDULE}`)) {
      link.addEventListener("click", () => document.querySelector(`[data-a11y-dialog-show="${SCHEDULE}"]`)?.click());
    } else {
      link.setAttribute("data-controller", "w-focus");
      link.setAttribute("data-action", "w-focus#focus:prevent");
    }
    const line = document.createElement("li");
    line.append(link, ": ", ...[...mark.cloneNode(true).childNodes]);
    return line;
  }

  function recount() {
    for (const badge of document.querySelectorAll(".w-tabs__errors")) {
      window.wagtail?.app.getControllerForElementAndIdentifier(badge, "w-count")?.count();
    }
  }

  function show(form) {
    recount();
    const found = marks(form);
    if (!summary) {
      if (!found.length) return;
      summary = Object.assign(document.createElement("section"), { className: "error-summary" });
      summary.setAttribute("aria-label", heading);
      form.prepend(summary);
    }
    summary.hidden = !found.length;
    const title = Object.assign(document.createElement("h2"), { textContent: heading });
    const list = document.createElement("ul");
    list.append(...found.map(item));
    summary.replaceChildren(title, list);
  }

  // An autosave says nothing of what review asks for: a field that nobody has changed since is as wrong as it was. Of the
  // others, what an autosave has taken is no longer wrong; what review still needs is what the meter misses.
  function isStill(mark) {
    if (judged.get(mark) === contentOf(mark)) return true;
    const panels = [];
    for (let panel = mark.closest("section.w-panel"); panel; panel = panel.parentElement.closest("section.w-panel")) panels.push(panel.id);
    const missing = document.querySelector(".meter")?.dataset.missing.trim().split(" ");
    if (missing?.some((name) => name && panels.some((id) => id.endsWith(`-${name}-section`)))) return true;
    if (missing && !mark.closest("[data-streamfield-child]")) return false;
    const control = mark.closest("[data-field]")?.querySelector("input:not([type=hidden], [type=checkbox]), textarea, select");
    return Boolean(control) && !control.value;
  }

  function clear(mark) {
    const errors = mark.closest("[data-field-errors]");
    errors?.querySelector(".icon")?.setAttribute("hidden", "");
    mark.closest(".w-field")?.classList.remove("w-field--error");
    mark.remove();
  }

  function follow(form) {
    marks(form).filter((mark) => !isStill(mark)).forEach(clear);
    // It is saved now, so nothing says any longer that it could not be; what is left is what review asks for.
    for (const message of document.querySelectorAll(".messages li.error")) {
      if (marks(form).length) message.textContent = notSent;
      else message.remove();
    }
    const details = document.querySelector(".meter details");
    if (details) details.open = detailsOpen;
    show(form);
  }

  document.addEventListener("toggle", (event) => event.target.closest?.(".meter") && (detailsOpen = event.target.open), {
    capture: true,
  });
  document.addEventListener("w-autosave:success", (event) => follow(event.target));
  window.addEventListener("load", () => {
    const form = document.querySelector("form[data-edit-form]") ?? document.querySelector("main form[method=post i]");
    if (!form) return;
    setTimeout(() => {
      marks(form).forEach((mark) => judged.set(mark, contentOf(mark)));
      show(form);
    });
  });
})();

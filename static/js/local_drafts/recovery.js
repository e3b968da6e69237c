// Offers what was typed and never saved, beside what the server has.
window.localDrafts.recovery = (() => {
  const { config, store, formState } = window.localDrafts;
  const LONGEST_SHOWN = 300;

  function element(tag, properties = {}, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  function shortened(text) {
    return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  }

  function when(draft) {
    return new Date(draft.typed).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  }

  // What changes nothing that one could read, such as the order of blocks, has no row.
  function table(form, draft, changed, isSaved) {
    const current = formState.read(form);
    const values = changed.map((field) => [
      draft.labels[field] ?? formState.label(form, field),
      draft.words[field] ?? formState.text(form, draft.data, field),
      formState.text(form, current, field),
    ]);
    const headings = [config.texts.field, config.texts.kept, isSaved ? config.texts.onServer : config.texts.inForm];
    const cell = (text, column) => {
      const made = element("td", {}, shortened(text) || element("em", {}, config.texts.empty));
      made.dataset.heading = headings[column];
      return made;
    };
    const rows = values
      .filter(([, kept, here]) => kept || here)
      .map(([label, kept, here]) => element("tr", {}, element("th", { scope: "row" }, label), cell(kept, 1), cell(here, 2)));
    if (!rows.length) return "";
    const head = element("tr", {}, ...headings.map((text) => element("th", { scope: "col" }, text)));
    return element("table", { className: "listing kept-draft__fields" }, element("thead", {}, head), element("tbody", {}, ...rows));
  }

  // The server shows the form with the kept values, as after a failed validation: only it can draw streams and choosers.
  function restore(draft) {
    const form = element("form", { method: "post", action: location.pathname + location.search, hidden: true });
    const fields = [
      ...draft.data,
      [config.idField, draft.id],
      [config.restoreField, "1"],
      ["csrfmiddlewaretoken", config.session.csrf],
    ];
    // A textarea keeps line breaks, which an input drops.
    form.append(...fields.map(([name, value]) => element("textarea", { name, value })));
    document.body.append(form);
    HTMLFormElement.prototype.submit.call(form);
  }

  function button(text, kind, act) {
    const made = element("button", { type: "button", className: `button ${kind}` }, text);
    made.addEventListener("click", act);
    return made;
  }

  function choice(draft, discarded) {
    return element(
      "p",
      {},
      button(config.texts.restore, "", () => restore(draft)),
      " ",
      button(config.texts.discard, "button-secondary", async () => {
        if (!confirm(config.texts.askDiscard.replace("%s", when(draft)))) return;
        await store.remove(draft.id);
        discarded();
      }),
    );
  }

  // What differs from the form: of equal ones the newest, the others are of no use.
  async function offered(form, drafts) {
    const current = formState.read(form);
    const found = [];
    for (const draft of drafts) {
      const changed = formState.changedInWords(draft.data, current);
      const known = found.some((other) => !formState.changedInWords(draft.data, other.draft.data).length);
      if (changed.length && !known) found.push({ draft, changed });
      else await store.remove(draft.id);
    }
    return found;
  }

  // One box for a form, newest text first, earlier ones folded. `isSaved`: whether the form shows what the server has, and not
  // a text that has not been saved either.
  async function offer(form, drafts, isSaved) {
    const found = await offered(form, drafts);
    if (!found.length) return;
    const panel = element("section", { className: "kept-draft" }, element("h2", {}, config.texts.title));
    panel.setAttribute("aria-label", config.texts.title);
    found.forEach(({ draft, changed }, number) => {
      const said = config.texts.typed.replace("%s", when(draft));
      const part = number ? element("details", {}, element("summary", {}, said)) : element("div", {}, element("p", {}, said));
      part.append(
        table(form, draft, changed, isSaved),
        choice(draft, () => {
          part.remove();
          if (!panel.querySelector("button")) panel.remove();
        }),
      );
      panel.append(part);
    });
    form.prepend(panel);
  }

  // The notice above a restored form, once an autosave has made it untrue.
  function tellSaved() {
    const notice = document.querySelector(`.messages .${config.restoredTag}`);
    if (!notice) return;
    const icon = notice.querySelector("svg");
    icon?.querySelector("use").setAttribute("href", "#icon-success");
    notice.className = "success";
    notice.replaceChildren(...(icon ? [icon] : []), config.texts.restoredSaved);
    // Loaded anew, the page comes from the server as it is saved, and not once more from what was restored.
    history.replaceState(history.state, "", location.href);
  }

  // On the admin's first page: the forms in which something is waiting.
  function remind(drafts) {
    const links = drafts.map((draft) =>
      element("li", {}, element("a", { href: draft.url }, draft.title), ` ${config.texts.typed.replace("%s", when(draft))}`),
    );
    const panel = element("section", { className: "kept-draft" }, element("h2", {}, config.texts.title), element("ul", {}, ...links));
    document.querySelector("main .messages")?.after(panel);
  }

  return { offer, remind, tellSaved };
})();

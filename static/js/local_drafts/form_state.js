// What a form holds: read, compared and put into words.
window.localDrafts.formState = (() => {
  const NOT_KEPT = ["csrfmiddlewaretoken", window.localDrafts.config.idField];
  // What the server writes anew with each page, and no person.
  const NOT_COMPARED = /^(based_on|next|loaded_revision_.*|overwrite_newer|recovered.*|(.+-)?(id|uuid)|comments-.*FORMS)$/;
  const NOT_SHOWN = /-(count|type|order|deleted|(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS|DELETE|ORDER)$/;

  // Files cannot be kept as text, passwords must not be.
  function read(form) {
    const secret = [...form.querySelectorAll("input[type=password]")].map((input) => input.name);
    return [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && !NOT_KEPT.includes(name) && !secret.includes(name),
    );
  }

  function richText(value) {
    if (!value.startsWith("{")) return null;
    try {
      return JSON.parse(value).blocks ? JSON.parse(value) : null;
    } catch {
      return null;
    }
  }

  // What an editor of rich text writes when it is empty; the server sends an empty paragraph instead.
  const EMPTY_RICH_TEXT = "null";

  // The server numbers the paragraphs of a rich text anew each time.
  function canonical(value, tidy) {
    const rich = richText(value);
    if (!rich) return tidy(value.replaceAll("\r\n", "\n"));
    if (rich.blocks.every(({ type, text }) => type === "unstyled" && !text)) return EMPTY_RICH_TEXT;
    return JSON.stringify([rich.blocks.map(({ key, data, text, ...block }) => ({ ...block, text: tidy(text) })), rich.entityMap]);
  }

  const exactly = (text) => text;
  const withoutSpaces = (text) => text.replace(/\s+/g, " ").trim();

  // Field -> its values: the parts of a stream or of inline forms belong to the one field.
  function fields(data, tidy) {
    const found = new Map();
    for (const [name, value] of data) {
      if (NOT_COMPARED.test(name)) continue;
      const field = name.split("-")[0];
      if (!found.has(field)) found.set(field, []);
      found.get(field).push([name, canonical(value, tidy)]);
    }
    return found;
  }

  function changed(data, other, tidy = exactly) {
    const [here, there] = [fields(data, tidy), fields(other, tidy)];
    return [...new Set([...here.keys(), ...there.keys()])].filter(
      (field) => JSON.stringify(here.get(field) ?? []) !== JSON.stringify(there.get(field) ?? []),
    );
  }

  // Those in which a reader would see a difference.
  const changedInWords = (data, other) => changed(data, other, withoutSpaces);

  function controls(form, field) {
    return [...form.elements].filter((element) => element.name === field || element.name?.startsWith(`${field}-`));
  }

  // The label with a control or an error: around it or, in a group of fields, before it. None where a panel has but one field.
  function labelBeside(element) {
    const around = element.closest(".w-field__wrapper") ?? element.closest(".w-field");
    return around?.querySelector(".w-field__label") ?? around?.closest(".w-panel__wrapper")?.querySelector(":scope > .w-field__label");
  }

  function label(form, field) {
    const [control] = controls(form, field);
    const panel = control?.closest("section.w-panel");
    const heading =
      (control?.name === field && labelBeside(control)) ||
      panel?.querySelector("[data-panel-heading-text]") ||
      control?.labels?.[0];
    return heading?.textContent.replace("*", "").trim() || field;
  }

  // The value as a person reads it: the words of an option, not its number.
  function words(form, name, value) {
    const rich = richText(value);
    if (rich) return rich.blocks.map((block) => block.text).join("\n");
    const control = [...form.elements].find(
      (element) => element.name === name && (!["checkbox", "radio"].includes(element.type) || element.value === value),
    );
    if (control?.tagName === "SELECT") return [...control.options].find((option) => option.value === value)?.text ?? value;
    if (["checkbox", "radio"].includes(control?.type)) return control.labels?.[0]?.textContent.trim() ?? value;
    return control?.type === "hidden" ? chosenTitle(control, value) : value;
  }

  // What a chooser shows beside the number that it sends.
  function chosenTitle(control, value) {
    const title = control.value === value && document.getElementById(`${control.id}-chooser`)?.querySelector("[data-chooser-title]");
    return title ? title.textContent.trim() : "";
  }

  function text(form, data, field) {
    const deleted = data.filter(([name, value]) => name.endsWith("-deleted") && value).map(([name]) => name.replace(/deleted$/, ""));
    return data
      .filter(([name]) => name.split("-")[0] === field && !NOT_COMPARED.test(name) && !NOT_SHOWN.test(name))
      .filter(([name]) => !deleted.some((block) => name.startsWith(block)))
      .map(([name, value]) => words(form, name, value))
      .filter((value) => value.trim())
      .join("; ");
  }

  // Whether something was typed before any script had run.
  function differsFromItsSource(form) {
    return [...form.elements].some((element) => {
      if (element.type === "hidden" || element.type === "password") return false;
      if (element.tagName === "SELECT") {
        const given = [...element.options].filter((option) => option.defaultSelected);
        const chosen = [...element.selectedOptions];
        return given.length ? given.some((option) => !option.selected) : chosen.some((option) => option.index > 0);
      }
      if (["checkbox", "radio"].includes(element.type)) return element.checked !== element.defaultChecked;
      return "defaultValue" in element && element.value !== element.defaultValue;
    });
  }

  return { read, changed, changedInWords, label, labelBeside, text, differsFromItsSource };
})();

// Limited fields: nothing typed or pasted is cut, a counter says how much is too much. The server refuses what is too long.
(() => {
  const { count: countText, over: overText } = document.currentScript.dataset;

  // As the server counts: characters and not UTF-16 units, a line break as the two that a form sends, ends trimmed.
  function lengthOf(value) {
    return [...value.trim().replace(/\r?\n/g, "\r\n")].length;
  }

  function counterOf(field) {
    field.lengthCounter ??= Object.assign(document.createElement("div"), { className: "field-length" });
    if (!field.lengthCounter.isConnected) field.after(field.lengthCounter);
    return field.lengthCounter;
  }

  function show(field) {
    const limit = Number(field.dataset.maxLength);
    const length = lengthOf(field.value);
    const excess = length - limit;
    if (excess <= 0 && !field.lengthCounter && document.activeElement !== field) return;
    const counter = counterOf(field);
    const text = excess > 0 ? overText : countText;
    counter.textContent = text.replace("{length}", length).replace("{limit}", limit).replace("{excess}", excess);
    counter.classList.toggle("field-length--over", excess > 0);
    if (excess > 0) counter.setAttribute("role", "status");
    else counter.removeAttribute("role");
  }

  function lift(field) {
    if (field.dataset.maxLength === undefined) {
      if (!(field.maxLength > 0) || field.type === "hidden" || field.type === "password") return;
      field.dataset.maxLength = field.maxLength;
      field.removeAttribute("maxlength");
    }
    show(field);
  }

  const limited = "main form[method=post i] :is(input, textarea)";
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(limited).forEach(lift));
  // Blocks that come later have their fields lifted before anything can be typed into them.
  document.addEventListener("focusin", ({ target }) => target.matches(limited) && lift(target));
  document.addEventListener("input", ({ target }) => target.dataset?.maxLength !== undefined && show(target));
})();

// A picture that has a description and a credit fills the fields beside it where nobody has typed anything: `image_alt` beside
// a page's `image`, `…-alt` beside a block's `…-image`. The chooser tells of a choice by a change of its hidden field.
// Whom the picture is credited to, which its file may have said, is told beside the field.
(() => {
  const { address, filled, other } = document.currentScript.dataset;

  function fill(field, text) {
    field.value = field.maxLength > 0 ? text.slice(0, field.maxLength) : text;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  // What was told of another picture goes.
  function tell(field, text) {
    const place = field.closest("[data-field-input]") ?? field.parentElement;
    place.querySelector(".picture-credit")?.remove();
    if (!text) return;
    const note = Object.assign(document.createElement("p"), { className: "help picture-credit", textContent: text });
    note.setAttribute("role", "status");
    place.append(note);
  }

  document.addEventListener("change", async ({ target: chosen }) => {
    if (document.readyState !== "complete") return; // the choosers of an opened page tell what they hold already
    if (chosen.type !== "hidden" || !/(^|-)image$/.test(chosen.name) || !chosen.value) return;
    const key = chosen.value;
    const response = await fetch(address.replace("/0/", `/${encodeURIComponent(key)}/`)).catch(() => null);
    if (!response?.ok || response.redirected || chosen.value !== key) return;
    for (const [name, text] of Object.entries(await response.json())) {
      const beside = [`${chosen.name}_${name}`, chosen.name.replace(/image$/, name)];
      const field = beside.flatMap((one) => [...document.getElementsByName(one)])[0];
      if (!field) continue;
      const isEmpty = !field.value.trim();
      if (text && isEmpty) fill(field, text);
      if (name !== "credit") continue;
      const differs = text && field.value.trim() !== text;
      tell(field, differs ? other.replace("{credit}", text) : text && isEmpty ? filled : "");
    }
  });
})();

// A picture that has a description and a credit fills the fields beside it where nobody has typed anything: `image_alt` beside
// a page's `image`, `…-alt` beside a block's `…-image`. The chooser tells of a choice by a change of its hidden field.
const { address } = document.currentScript.dataset;

document.addEventListener("change", async ({ target: chosen }) => {
  if (document.readyState !== "complete") return; // the choosers of an opened page tell what they hold already
  if (chosen.type !== "hidden" || !/(^|-)image$/.test(chosen.name) || !chosen.value) return;
  const key = chosen.value;
  const response = await fetch(address.replace("/0/", `/${encodeURIComponent(key)}/`)).catch(() => null);
  if (!response?.ok || response.redirected || chosen.value !== key) return;
  for (const [name, text] of Object.entries(await response.json())) {
    const beside = [`${chosen.name}_${name}`, chosen.name.replace(/image$/, name)];
    const field = beside.flatMap((one) => [...document.getElementsByName(one)])[0];
    if (!text || !field || field.value.trim()) continue;
    field.value = field.maxLength > 0 ? text.slice(0, field.maxLength) : text;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }
});

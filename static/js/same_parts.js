// The notice of the parts that still have the original's text comes anew with each autosave: a box that was ticked while its
// answer was under way stays as it was left.
(() => {
  const left = new Map();
  document.addEventListener("change", ({ target }) => target.name === "same_parts" && left.set(target.value, target.checked));
  document.addEventListener("w-autosave:success", () => {
    for (const box of document.querySelectorAll("input[type=checkbox][name=same_parts]")) {
      if (left.has(box.value)) box.checked = left.get(box.value);
    }
  });
})();

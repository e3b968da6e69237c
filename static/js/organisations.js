// Names of organisations that readers can see already are suggested while one types. One that is chosen brings its ROR identifier
// and its website along, into fields that are empty.
(() => {
  const { address } = document.currentScript.dataset;
  const NAME = /^organisations-\d+-value-name$/;
  const PAUSE = 250; // milliseconds after the last key
  const suggestions = Object.assign(document.createElement("datalist"), { id: "known-organisations" });
  let known = new Map();
  let timer;

  function complete(field) {
    const organisation = known.get(field.value);
    for (const part of organisation ? ["ror", "url"] : []) {
      const [beside] = document.getElementsByName(field.name.replace(/name$/, part));
      if (!beside || beside.value || !organisation[part]) continue;
      beside.value = organisation[part];
      for (const kind of ["input", "change"]) beside.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  }

  async function suggest(field) {
    const typed = field.value;
    const response = await fetch(`${address}?q=${encodeURIComponent(typed)}`).catch(() => null);
    if (!response?.ok || response.redirected || field.value !== typed) return;
    const { organisations } = await response.json();
    known = new Map(organisations.map((organisation) => [organisation.name, organisation]));
    suggestions.replaceChildren(...[...known.keys()].map((name) => new Option(name, name)));
    document.body.append(suggestions);
    field.setAttribute("list", suggestions.id);
    complete(field);
  }

  document.addEventListener("input", ({ target: field }) => {
    if (!NAME.test(field.name ?? "")) return;
    clearTimeout(timer);
    if (known.has(field.value)) complete(field);
    else timer = setTimeout(suggest, PAUSE, field);
  });
})();

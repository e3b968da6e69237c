// htmx weighs as much as half of the page. It comes when a reader turns to the filters, and what was chosen before it has
// come is asked then. Who only reads never needs it, and without it the button and the links do the same.
const { htmx: source } = document.currentScript.dataset;
const search = document.getElementById("search");
const signs = ["pointerover", "focusin", "change"];

// What is ticked to be compared belongs to a form of its own.
const isChoice = ({ type, target }) => type === "change" && target.form === search;

// What nobody has filled in or chosen is no part of the query.
search.addEventListener("formdata", ({ formData }) => {
  const empty = [...formData].filter(([, value]) => value === "").map(([name]) => name);
  empty.forEach((name) => formData.delete(name));
  // Another text than the one that was to be searched for as typed is corrected as any other.
  const { defaultValue, value } = search.elements.q;
  if (value !== defaultValue) formData.delete("correct");
});

// From the start: on a slow line a reader chooses before all has loaded.
let chosen = false;
const note = (event) => (chosen ||= isChoice(event));
search.addEventListener("change", note);

function fetchHtmx() {
  for (const sign of signs) search.removeEventListener(sign, fetchHtmx);
  const script = Object.assign(document.createElement("script"), { src: source });
  script.addEventListener("load", () => {
    search.removeEventListener("change", note);
    if (chosen) htmx.trigger(search, "change");
  });
  document.head.append(script);
}

// Not before all has loaded: an htmx that comes between would wait for an event that is over.
const listen = () => {
  if (chosen) fetchHtmx();
  else signs.forEach((sign) => search.addEventListener(sign, fetchHtmx));
};
if (document.readyState === "complete") listen();
else window.addEventListener("load", listen);

// Back and forward lead to questions that htmx asked; where it has not come again yet, the page is asked for anew.
window.addEventListener("popstate", ({ state }) => {
  if (state?.htmx && !window.htmx) location.reload();
});

// The answer comes by htmx as one chooses; the button in the sheet then only has to close it.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.requestConfig.triggeringEvent?.type === "submit") document.getElementById("filters").hidePopover?.();
});

// A list that is renewed stays unfolded, and a year that is being typed stays as it is.
document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  if (detail.target.id === "years" && detail.target.contains(document.activeElement)) detail.shouldSwap = false;
  if (!detail.target.querySelector(".facet__more[open]")) return;
  detail.fragment.querySelector(".facet__more")?.setAttribute("open", "");
});

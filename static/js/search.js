// The answer comes by htmx as one chooses; the button in the sheet then only has to close it.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.requestConfig.triggeringEvent?.type === "submit") document.getElementById("filters").hidePopover?.();
});

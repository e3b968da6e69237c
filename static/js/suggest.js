// Offers words while one types, as a native list; the box works without it.
for (const input of document.querySelectorAll("[data-suggest]")) {
  const list = document.getElementById(input.getAttribute("list"));
  let timer, asking;
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    const q = input.value.trim();
    // Choosing an entry is an input too: it has no inputType, or one that replaces the text.
    if (q.length < 2 || !event.inputType || event.inputType === "insertReplacementText") return;
    timer = setTimeout(async () => {
      asking?.abort();
      asking = new AbortController();
      try {
        const url = `${input.dataset.suggest}&q=${encodeURIComponent(q)}`;
        const answer = await fetch(url, { signal: asking.signal });
        if (!answer.ok) return;
        const { suggestions } = await answer.json();
        list.replaceChildren(...suggestions.map((entry) => new Option("", entry.text ?? entry)));
      } catch {
        // Aborted by the next letter, or no connection: no suggestions, nothing else.
      }
    }, 180);
  });
}

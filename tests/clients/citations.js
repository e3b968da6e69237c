// What citation-js makes of files: {format: text} in, {format: [{title, authors, year, url, publisher, accessed}]} out.
const { Cite } = require("@citation-js/core");
for (const plugin of ["bibtex", "csl", "ris"]) require(`@citation-js/plugin-${plugin}`);

// Said, and not guessed: a title may look like another format.
const TYPES = { bibtex: "@biblatex/text", ris: "@ris/file", csl: "@csl/list+object" };
const files = JSON.parse(require("fs").readFileSync(0, "utf8"));
const read = (item) => ({
  title: item.title,
  authors: (item.author ?? []).map((name) => name.literal ?? [name.given, name.family].filter(Boolean).join(" ")),
  year: item.issued["date-parts"][0][0],
  url: item.URL,
  publisher: item.publisher ?? item["container-title"] ?? item["collection-title"],
  accessed: item.accessed?.["date-parts"][0],
});
const found = Object.entries(files).map(([format, text]) => [format, new Cite(format === "csl" ? JSON.parse(text) : text, { forceType: TYPES[format] }).data.map(read)]);
console.log(JSON.stringify(Object.fromEntries(found)));

"""Practices that importers are tried with: those of the demo in both languages, and 200 of signs that formats trip over."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from uuid import UUID

from exports.entries import Entry
from home.demo.files import read, russian_texts
from home.demo.practices import leads
from tests.factories.entries import an_entry, led_by

PIECES = [
    "Ministry", "of", "Roads", "and", "Министерство", "связи", "и", "дорог", "Ёлка", "«Түндүк»", "O‘zbekiston", "Gülşat", "AT&T",
    "{braced}", "{", "}", "{{", "A & B", "R&D;", "“Quoted”", '"Quoted"', "'s", "l’eau", "``x''", "C:\\new", "100 %", "$5^2", "#1",
    "a_b", "~x", "--", "—", "№ 7", "(GIZ)", "et al.", "@misc{x,", "von", "Jr.", "AND", "others", "<b>", "ER -", "TY - X", "?",
]  # fmt: skip
JOINTS = [" ", " ", " ", ", ", "; ", ",", " – "]


def generated(number: int) -> Entry:
    """A practice with a title and one to four organisations of such pieces."""
    random = Random(number)

    def text() -> str:
        words = [random.choice(PIECES) for _ in range(random.randint(1, 6))]
        # Begins with a letter, as names do.
        return "Z" + "".join(word + random.choice(JOINTS) for word in words).strip(" ,;–")

    names = [text() for _ in range(random.randint(1, 4))]
    language = random.choice(["en", "ru"])
    return an_entry(title=text(), summary=text(), language=language, **led_by(*names, partners=(text(),)))


def of_the_demo() -> Iterator[Entry]:
    russian = russian_texts()
    for row in read("practices")["practices"]:
        texts = {"en": (row["title_en"], row["organisation"])}
        if row["slug"] in russian:
            translated = russian[row["slug"]]
            texts["ru"] = (translated["title_ru"], translated["organisation_ru"])
        for language, (title, line) in texts.items():
            names = [fields["name"] for _role, fields in leads(line)]
            yield an_entry(title=title, language=language, **led_by(*names))


def entries_to_import() -> list[Entry]:
    """All of them, each with a key of its own; most are led by several organisations."""
    found = [*of_the_demo(), *map(generated, range(200))]
    assert len([entry for entry in found if len(entry.leads) > 1]) > 100
    keys = [UUID(int=number) for number in range(len(found))]
    return [
        replace(entry, key=key, permanent=f"http://127.0.0.1:8000/p/{key}")
        for entry, key in zip(found, keys, strict=True)
    ]

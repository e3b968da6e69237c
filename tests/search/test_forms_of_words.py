"""Words in any form and spelling: whichever is typed finds what every other one finds, on both engines."""

from pathlib import Path
from uuid import UUID

import pytest

from search.query import Query
from tests.factories.entries import records
from tests.support.serving import ENGINES, asking

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("name", ENGINES), pytest.mark.slow]

LISTS = Path(__file__).parent.parent / "indexing"


def tables(file: str) -> list[list[str]]:
    lines = (LISTS / file).read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("file", "number", "at_least"),
    [("declensions_russian.txt", 60, 58), ("inflections_english.txt", 30, 30)],
)
def test_every_form_finds_every_other_form(name, file, number, at_least):
    """A record for each form: of a table that is whole, every form finds the records of all."""
    words = tables(file)
    assert len(words) == number
    with asking(name) as asked:
        stored = keep([form for table in words for form in table])
        asked.make_findable()
        broken = {}
        for table in words:
            own = {stored[form] for form in table}
            for form in table:
                if missed := own - found(asked, form):
                    broken.setdefault(table[0], {})[form] = [f for f in table if stored[f] in missed]
    assert number - len(broken) >= at_least, broken


# Each line: what is written, then what people type for it.
ALIKE = [
    ["İqtisadiyyat", "iqtisadiyyat", "İQTİSADİYYAT", "Iqtisadiyyat"],
    ["Oʻzbekiston", "O'zbekiston", "O’zbekiston", "O‘zbekiston", "O`zbekiston", "Oʼzbekiston", "Ozbekiston"],
    ["Türkmentelekom", "Turkmentelekom"],
    ["Aşgabat", "Asgabat"],
    ["xidmət", "xidmet", "XİDMƏT"],
    ["Түндүк", "түндүк", "Тундук", "тундук"],
    ["Ақтау", "Актау"],
    ["Хуҷанд", "Худжанд", "Хужанд"],
    ["до́ступ", "доступ"],
    ["информация", "инфор\u00adмация", "инфор\u200bмация", "\ufeffинформация"],
    ["CO₂", "CO2"],
    ["m²", "m2"],
    ["ｆｉｂｒｅ", "fibre"],
    ["ﬁnance", "finance"],
    ["ИТ-парк", "итпарк", "ит парк", "ИТ‑парка", "IT-park"],
    ["X-Road", "xroad", "X Road", "XRoad"],
    ["eGov", "egov", "e gov", "e-gov", "EGOV"],
    ["4G", "4 G", "4g"],
    ["АзерТелеком", "азертелеком", "азер телеком", "AzerTelecom"],
    ["Tunduk", "тундук", "түндүк", "Tündük"],
    ["ASAN", "асан", "Асан"],
    ["хидмет", "xidmet"],
    ["Суусамыр", "Susamyr", "Suusamyr"],
    ["Хорог", "Khorog", "Horog"],
    ["Ашгабат", "Ashgabat", "Aşgabat"],
    ["Худжанд", "Khujand"],
]


def test_a_word_is_found_however_its_letters_are_written(name):
    with asking(name) as asked:
        stored = {}
        records(
            [{"title": f"About {line[0].capitalize() if line[0].islower() else line[0]}"} for line in ALIKE]
        )
        stored = {line[0]: UUID(int=number) for number, line in enumerate(ALIKE, start=1)}
        asked.make_findable()
        missed = {
            (line[0], typed) for line in ALIKE for typed in line if stored[line[0]] not in found(asked, typed)
        }
    assert missed == set()


def test_an_acronym_is_no_conjunction_and_one_letter_finds_nothing(name):
    texts = ["Навыки ИИ для всех", "Школы и сёла", "The AIDS centre", "Aid for schools", "АИС и ИИ"]
    with asking(name) as asked:
        records([{"title": text} for text in texts])
        asked.make_findable()
        places = {
            typed: sorted(key.int - 1 for key in found(asked, typed))
            for typed in ("ИИ", "ии", "и", "aid", '"и"')
        }
    assert places == {"ИИ": [0, 4], "ии": [0, 4], "и": [], "aid": [2, 3], '"и"': []}


def test_a_hyphenated_word_is_not_all_of_its_second_half(name):
    with asking(name) as asked:
        records(
            [{"title": title} for title in ("E-resilience", "Resilience", "Eresilience", "E, and resilience")]
        )
        asked.make_findable()
        assert {key.int for key in found(asked, "e-resilience")} == {1, 3}
        assert {key.int for key in found(asked, "-e-resilience")} == {2, 4}


def test_a_prefix_finds_the_words_that_begin_with_it(name):
    with asking(name) as asked:
        records(
            [
                {"title": title}
                for title in ("Telemedicine", "Telemetry", "Telephone", "Education", "Телемедицина")
            ]
        )
        asked.make_findable()
        assert {key.int for key in found(asked, "telem*")} == {1, 2}
        assert {key.int for key in found(asked, "educati*")} == {4}
        assert {key.int for key in found(asked, "телемед*")} == {5}
        assert {key.int for key in found(asked, "-telem*")} == {3, 4, 5}
        assert found(asked, "zzz*") == set()


def test_a_word_in_its_own_alphabet_comes_first(name):
    with asking(name) as asked:
        records([{"title": "Tunduk"}, {"title": "Тундук"}])
        asked.make_findable()
        assert [key.int for key in asked.engine.search(Query(q="Tunduk")).keys] == [1, 2]
        assert [key.int for key in asked.engine.search(Query(q="Тундук")).keys] == [2, 1]


def keep(forms: list[str]) -> dict[str, UUID]:
    """A record for each form, in the middle of a sentence; form -> key."""
    distinct = list(dict.fromkeys(forms))
    records([{"title": "A", "summary": f"of {form} x"} for form in distinct])
    return {form: UUID(int=number) for number, form in enumerate(distinct, start=1)}


def found(asked, typed: str) -> set[UUID]:
    return set(asked.engine.iter_keys(Query(q=typed)))

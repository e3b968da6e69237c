"""Cards and the map are drawn in Python: whatever an editor writes stays text there."""

from html.parser import HTMLParser
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core.labels import Label
from core.templatetags.card_tags import emblem, practice_card
from core.templatetags.map_tags import map_places

pytestmark = [pytest.mark.hypothesis, pytest.mark.sqlite_suffices]
KEY = UUID(int=7)
# As written by people, and as written by those who try what a page does with it.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40) | st.sampled_from(
    [
        '<script>alert("1")</script>',
        "'\"><img src=x>",
        "&amp;lt;",
        "</a></article>",
        "{{ item }}",
        "5 < 6 & 7",
    ]
)
labels = st.builds(Label, st.sampled_from(["KZ", "TJ", "e-resilience", "digital-skills", "rural"]), texts)


class Read(HTMLParser):
    """What a browser makes of it: elements by name, each with its attributes and the text in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[int] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), []))
        if tag not in ("input", "img"):
            self.open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), []))

    def handle_endtag(self, tag):
        assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data):
        for place in self.open:
            self.elements[place][2].append(data)

    def said(self, tag: str, **attributes: str) -> list[str]:
        return [
            "".join(text)
            for name, found, text in self.elements
            if name == tag and attributes.items() <= found.items()
        ]


@given(
    title=texts,
    summary=texts,
    note=texts | st.just(""),
    countries=st.lists(labels, max_size=4),
    themes=st.lists(labels, max_size=3),
    status=labels | st.none(),
    evidence=labels | st.none(),
    year=st.integers(1900, 2100) | st.none(),
    language=st.sampled_from(["en", "ru"]),
    pick=st.sampled_from(["", "compare"]),
)
def test_a_card_shows_every_text_as_it_was_written(
    title, summary, note, countries, themes, status, evidence, year, language, pick
):
    item = SimpleNamespace(
        key=KEY, title=title, marked_title=title, snippet=summary, url="/en/p/?a=1&b=2", title_language=language,
        snippet_language=language, countries=countries, themes=themes, status=status, evidence=evidence, year=year,
    )  # fmt: skip
    with override("en"):
        card = Read(practice_card(item, note=note, level="h2", pick=pick))

    assert not card.open
    assert sum("emblem" in (attributes.get("class") or "") for _, attributes, _ in card.elements) == 1
    assert card.said("a", href="/en/p/?a=1&b=2") == [title]
    assert card.said("p", **{"class": "card__text"}) == [summary]
    assert card.said("p", **{"class": "card__note"}) == ([note] if note else [])
    assert card.said("b") == [", ".join(country.label for country in countries)]
    assert card.said("h2", lang="ru") == ([title] if language == "ru" else [])
    assert card.said("span", **{"class": "language"}) == (["In Russian"] if language == "ru" else [])
    assert [text for text in card.said("label") if text] == ([f"Compare: {title}"] if pick else [])
    assert {name for name, _, _ in card.elements} <= {
        "article", "span", "svg", "path", "rect", "div", "b", "h2", "a", "p", "label", "input",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("codes", "marks"), [([], 0), (["KZ"], 1), (["KZ", "TJ"], 2), (["KZ", "TJ", "EE"], 1)]
)
def test_an_emblem_marks_one_country_or_two_or_the_region(codes, marks):
    item = SimpleNamespace(countries=[Label(code, code) for code in codes], themes=[])

    assert str(emblem(item)).count('class="glyph') == marks


@given(
    name=texts, count=st.integers(0, 10_000), selected=st.booleans(), language=st.sampled_from(["en", "ru"])
)
def test_a_place_on_the_map_says_its_name_and_count(name, count, selected, language):
    country = {"code": "AZ", "label": name, "count": count, "url": "/?a=1&b=2", "selected": selected}
    with override(language):
        places = Read(map_places([country, {**country, "code": "EE"}]))

    ((_, attributes, _),) = [element for element in places.elements if element[0] == "a"]
    said, number = places.said("text")
    assert said == name
    assert number.replace("\xa0", "").replace(",", "") == str(count)
    assert attributes["aria-label"].startswith(f"{name}: {number} ")
    assert attributes["href"] == "/?a=1&b=2"
    assert ("aria-current" in attributes) is selected

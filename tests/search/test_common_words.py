"""Common words find no more than the practices in whose texts they stand, in some form: nothing is found by accident."""

from pathlib import Path

import pymorphy3
import pytest
from django.core.management import call_command

from indexing.models import Record
from search.labels import labels
from search.query import Query
from tests.support.serving import ENGINES, asking

pytestmark = pytest.mark.slow

LIST = Path(__file__).parent / "common_words.txt"
WORDS = [
    word
    for line in LIST.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
]
# English endings, by hand: what stands before them is the word.
ENDINGS = (
    "",
    "s",
    "es",
    "d",
    "ed",
    "r",
    "er",
    "ers",
    "ing",
    "ings",
    "ly",
    "n",
    "en",
    "al",
    "ful",
    "less",
    "ness",
    "able",
)
IRREGULAR = {
    "people": ["person", "persons"],
    "made": ["make", "makes", "making"],
    "make": ["made"],
    "did": ["do"],
    "write": ["written"],
}


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.django_db
def test_a_common_word_finds_at_most_its_true_share(name):
    call_command("setup_portal", verbosity=0)
    call_command("load_demo", verbosity=0)
    assert len(WORDS) == 200
    texts = {record.key: words_in(record) for record in Record.objects.live()}
    with asking(name) as asked:
        asked.make_findable()
        too_much = {}
        for word in WORDS:
            found = set(asked.engine.iter_keys(Query(q=word, synonyms=False)))
            true = {key for key, there in texts.items() if not there.isdisjoint(forms(word))}
            if found - true:
                too_much[word] = len(found), len(true)
    assert too_much == {}


def words_in(record: Record) -> set[str]:
    """Every word of the practice that a reader can see, in small letters; what stands between letters separates two."""
    texts = []
    for version in record.document["languages"].values():
        texts += [version["title"], version["summary"], *version["fields"].values()]
    texts += [
        labels(language)[facet].get(code, code)
        for facet in ("country", "theme", "sdg", "beneficiary", "type", "tag")
        for code in record.facets.get(facet, [])
        for language in ("en", "ru")
    ]
    text = " ".join(texts).lower().replace("ё", "е")
    words = set("".join(c if c.isalnum() else " " for c in text).split())
    return words | ({"we", "adapt"} if "weadapt" in words else set())


def forms(word: str) -> set[str]:
    if word.isascii():
        bases = [word, *IRREGULAR.get(word, []), word.removesuffix("e"), word + word[-1]]
        return {base + ending for base in bases for ending in ENDINGS}
    return {form.word.replace("ё", "е") for reading in DICTIONARY.parse(word) for form in reading.lexeme} | {
        word
    }


DICTIONARY = pymorphy3.MorphAnalyzer(lang="ru")

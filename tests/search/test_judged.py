"""The first result of either engine, on the judged list, among demo and generated practices."""

import pytest
from django.core.management import call_command

from practices.models import PracticePage
from search.query import Query
from tests.factories import contents as made
from tests.search.judged import read_judged
from tests.support.serving import asking
from tools.bench.corpus import Corpus

pytestmark = pytest.mark.slow

JUDGED = read_judged("judged_questions.txt")
GENERATED = 1_000


@pytest.mark.django_db
def test_both_engines_put_the_judged_practice_first(capsys):
    call_command("setup_portal")
    call_command("load_demo")
    made.keep(list(Corpus(GENERATED)))
    assert len(JUDGED) == 40
    originals = PracticePage.objects.originals()
    keys = {page.slug: page.translation_key for page in originals}
    queries = [Query(q=asked, lang="en" if n < 20 else "ru") for n, (asked, _) in enumerate(JUDGED)]
    wrong = {}
    for name in ("database", "elasticsearch"):
        with asking(name) as asked:
            asked.make_findable()
            first = [asked.engine.search(query).keys[:1] for query in queries]
        wrong[name] = [
            (words, slug) for (words, slug), key in zip(JUDGED, first, strict=True) if key != [keys[slug]]
        ]
    assert wrong == {"database": [], "elasticsearch": []}

"""Queries as people type them, on a judged list and the demo content: by page and API, on both engines."""

import pytest
from django.core.management import call_command

from practices.models import PracticePage
from tests.search.judged import read_judged
from tests.support.serving import ENGINES, asking

pytestmark = pytest.mark.slow

JUDGED = read_judged("judged_typed.txt")
AT_LEAST, AMONG = 74, 3


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.django_db
def test_what_people_type_finds_the_right_practice(client, name):
    call_command("setup_portal", verbosity=0)
    call_command("load_demo", verbosity=0)
    assert len(JUDGED) == 80
    keys = {str(p.translation_key): p.slug for p in PracticePage.objects.originals()}
    with asking(name) as asked:
        asked.make_findable()
        missed = {"page": [], "api": []}
        for typed, slug in JUDGED:
            page = client.get("/en/search/", {"q": typed})
            if slug not in [keys[str(item.key)] for item in page.context["answer"].items[:AMONG]]:
                missed["page"].append((typed, slug))
            answer = client.get("/api/v1/search", {"q": typed}).json()
            # The API never corrects; a client asks for what it suggests.
            if not answer["items"] and answer["suggestion"]:
                answer = client.get("/api/v1/search", {"q": answer["suggestion"]}).json()
            items = answer["items"]
            if slug not in [keys[item["key"]] for item in items[:AMONG]]:
                missed["api"].append((typed, slug))
    assert all(len(JUDGED) - len(missed[way]) >= AT_LEAST for way in missed), missed

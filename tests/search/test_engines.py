"""What both engines do alike besides answering queries, and what the search server is asked for a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexing.models import Record
from indexing.rebuild import rebuild
from indexing.shipping import ship
from search.engines.elastic import ElasticEngine
from search.query import Query
from tests.factories import a_practice, publish
from tests.factories import contents as made
from tests.support.serving import ENGINES, asking, few_corpora, search_server
from tests.support.transactions import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@few_corpora
@given(
    corpus=made.corpora(),
    prefix_lists=st.lists(
        st.lists(st.sampled_from(["s", "sch", "dig", "ш", "циф"]), max_size=2), min_size=3, max_size=3
    ),
)
def test_both_suggest_and_relate_alike(corpus, prefix_lists):
    with rolled_back():
        made.keep(corpus)
        told = []
        for name in ENGINES:
            with asking(name) as asked:
                asked.make_findable()
                keys = [practice[0].key for practice in corpus]
                related = {key: asked.engine.related(key, 5) for key in keys}
                suggested = [sorted(asked.engine.suggest(prefixes, 100)) for prefixes in prefix_lists]
                told.append((suggested, related))
        assert told[0] == told[1]


@few_corpora
@given(corpus=made.corpora(), words=st.lists(st.sampled_from(made.ENGLISH), min_size=3, max_size=3))
def test_what_only_excludes_is_put_in_the_same_order_by_both(corpus, words):
    with rolled_back():
        made.keep(corpus)
        orders = []
        for name in ENGINES:
            with asking(name) as asked:
                asked.make_findable()
                orders.append([asked.engine.search(Query(q=f"-{word}")).keys for word in words])
        assert orders[0] == orders[1]


@pytest.fixture
def requests(monkeypatch):
    """What the server was asked."""
    made_requests = []
    ask = ElasticEngine._send

    def counted(self, search):
        made_requests.append(search.to_dict())
        return ask(self, search)

    monkeypatch.setattr(ElasticEngine, "_send", counted)
    return made_requests


def test_a_search_page_costs_one_request_and_none_when_asked_again(tree, client, requests):
    page = a_practice(tree.section("kazakhstan"), title="Lighthouse", themes=["digital-skills"])
    a_practice(tree.section("tajikistan"), title="Beacon")
    address = "/en/search/?q=lighthouse&country=KZ"
    with search_server():
        rebuild(lambda _: None)
        first = client.get(address)
        assert b"Lighthouse" in first.content
        assert len(requests) == 1
        again = client.get(address)
        unchanged = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert again.content == first.content
        assert unchanged.status_code == 304
        assert len(requests) == 1
        publish(page, title="Lighthouse restored")
        ship()
        fresh = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert fresh.status_code == 200
        assert b"restored" in fresh.content
        assert len(requests) == 2


def test_what_is_gone_is_never_shown_though_the_server_still_finds_it(tree, client):
    """Between an unpublishing and its shipping."""
    page = a_practice(tree.section("kazakhstan"), title="Lighthouse")
    with search_server():
        rebuild(lambda _: None)
        page.unpublish()
        assert Record.objects.get(key=page.translation_key).removed
        assert ElasticEngine().search(Query(q="lighthouse")).total == 1
        assert b"Lighthouse" not in client.get("/en/search/?q=lighthouse").content


@few_corpora
@given(corpus=made.corpora(kinds=["practice", "event"]))
def test_what_is_related_is_of_the_same_kind(corpus):
    with rolled_back():
        made.keep(corpus)
        kinds = {practice[0].key: practice[0].kind for practice in corpus}
        for name in ENGINES:
            with asking(name) as asked:
                asked.make_findable()
                for key, kind in kinds.items():
                    assert {kinds[other] for other, _shared in asked.engine.related(key, 5)} <= {kind}

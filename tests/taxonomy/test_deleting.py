"""Deleting a term in the admin: who asks is told what uses it, and nothing is lost."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from curation.models import CollectionPage
from indexing.models import Record
from practices.models import PracticePage
from taxonomy.loading import load_vocabularies
from taxonomy.models import Beneficiary, Country, PracticeType, Theme
from tests.factories import a_focal_point, a_practice, a_practice_type, a_user
from tests.factories.collections import a_collection

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def address(name, term):
    return reverse(f"wagtailsnippets_taxonomy_{term._meta.model_name}:{name}", args=[term.pk])


def bulk_address(*terms):
    model = terms[0]._meta.model_name
    ids = "&".join(f"id={term.pk}" for term in terms)
    return f"{reverse('wagtail_bulk_action', args=['taxonomy', model, 'delete'])}?{ids}"


def help_with_services(tree):
    term = Theme.objects.get(name_en="Help with using digital services")
    for title in ("Schools online", "Mesh networks"):
        a_practice(tree.section(), title=title, themes=[term])
    return term, ["Schools online", "Mesh networks"]


def women_and_girls(tree):
    term = Beneficiary.objects.get(name_en="Women and girls")
    titles = [f"Course {number}" for number in range(4)]
    for title in titles:
        a_practice(tree.section(), title=title, beneficiaries=[term])
    collection = a_collection(tree, "Featured", [], featured=True, question=f"beneficiary={term.code}")
    return term, [*titles, collection.title]


def mongolia(tree):
    term = Country.objects.get(code="MN")
    a_practice(tree.section(), title="Adopted there", adopted_by=[term])
    return term, ["Adopted there"]


@pytest.mark.parametrize(
    "make", [help_with_services, women_and_girls, mongolia], ids=lambda make: make.__name__
)
def test_a_used_term_is_not_deleted(admin_client, tree, make):
    load_vocabularies()
    term, titles = make(tree)
    before = [record.facets | record.document["facts"] for record in Record.objects.order_by("pk")]
    asked = admin_client.get(address("delete", term)).content.decode()
    assert f"Used {len(titles)} time" in asked
    assert all(title in asked for title in titles)
    assert "Yes, delete" not in asked
    for url in (address("delete", term), bulk_address(term)):
        answer = admin_client.post(url, follow=True)
        assert answer.status_code == 200
        assert all(title in answer.content.decode() for title in titles), url
        assert "because it is in use" in answer.content.decode()
        assert type(term).objects.filter(pk=term.pk).exists()
    usage = admin_client.get(address("usage", term)).content.decode()
    assert all(title in usage for title in titles)
    assert f"Used {len(titles)} time" in usage
    assert f"Used {len(titles)} time" in admin_client.get(address("edit", term)).content.decode()
    after = [record.facets | record.document["facts"] for record in Record.objects.order_by("pk")]
    assert after == before
    assert PracticePage.objects.count() + CollectionPage.objects.count() == len(titles)


def test_several_are_deleted_together_or_not_at_all(admin_client, tree):
    used, free, other = (a_practice_type(code) for code in ("used", "free", "other"))
    a_practice(tree.section(), practice_type=used, title="In the way")
    answer = admin_client.post(bulk_address(used, free), follow=True)
    assert "In the way" in answer.content.decode()
    assert PracticeType.objects.count() == 3
    admin_client.post(bulk_address(free, other), follow=True)
    assert list(PracticeType.objects.all()) == [used]
    PracticePage.objects.get().delete()
    admin_client.post(address("delete", used))
    assert not PracticeType.objects.exists()


def test_a_draft_is_told_by_title_only_to_those_who_may_see_it(client, tree):
    term = a_practice_type()
    a_practice(tree.section("tajikistan"), live=False, title="Secret plan", practice_type=term)
    keeper = a_focal_point(tree.section("kazakhstan"))
    keeper.user_permissions.add(*Permission.objects.filter(codename__endswith="_practicetype"))
    client.force_login(keeper, backend="accounts.backends.PortalBackend")
    for answer in (
        client.get(address("usage", term)),
        client.get(address("delete", term)),
        client.post(address("delete", term)),
        client.get(bulk_address(term)),
        client.post(bulk_address(term), follow=True),
    ):
        text = answer.content.decode()
        assert "Secret plan" not in text
        assert "practices: 1" in text
    assert PracticeType.objects.exists()


def test_many_uses_are_counted_and_listed_page_by_page(admin_client, django_assert_max_num_queries):
    country = Country.objects.create(code="MN", name_en="Mongolia", name_ru="Монголия")
    for _number in range(45):
        a_user(country=country)
    asked = admin_client.get(address("delete", country)).content.decode()
    assert "Used 45 times" in asked
    assert "25 more" in asked
    with django_assert_max_num_queries(120):
        last = admin_client.get(address("usage", country), {"p": 3}).content.decode()
    assert last.count("@example.org") + last.count("user") >= 5
    assert "Page 3 of 3" in last


def test_a_code_in_use_is_named_in_the_form(admin_client, tree):
    term = a_practice_type("policy")
    a_practice(tree.section(), live=False, practice_type=term)
    fields = {"code": "policies", "name_en": "Policies", "name_ru": "Политика", "position": "0"}
    answer = admin_client.post(address("edit", term), fields)
    assert "This code is in use, so it stays “policy”" in answer.content.decode()
    assert admin_client.post(address("edit", term), fields | {"code": "policy"}).status_code == 302
    term.refresh_from_db()
    assert (term.code, term.name_en) == ("policy", "Policies")

"""A page cannot take an address that a route of the portal answers: it would be published and never seen."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import include, path, reverse
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile

from core import routes
from core.slugs import free_slug
from home.models import PlainPage
from portal.urls import urlpatterns
from tests.factories.editing import edit_url, posted

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_suffices]
OWNED = ["search", "record", "practice", "alerts", "review", "accounts", "Search"]


@pytest.fixture
def home(tree):
    return tree.homes["en"]


def a_plain_page(home, **fields):
    return home.add_child(instance=PlainPage(title="About", slug="about", locale=home.locale, **fields))


def with_slug(page, slug):
    """As a page that was made before slugs were checked."""
    Page.objects.filter(pk=page.pk).update(slug=slug, url_path=f"/home/{slug}/")
    return PlainPage.objects.get(pk=page.pk)


def form(**fields):
    return posted(title="Search it", body={"count": 0}, **fields) | {"body-count": 0}


@pytest.mark.parametrize("slug", OWNED)
@pytest.mark.parametrize(
    ("language", "message"),
    [("en", "belongs to another part of the portal"), ("ru", "занят другим разделом портала")],
)
def test_the_editor_says_so_and_keeps_what_was_typed(admin_client, superuser, home, slug, language, message):
    UserProfile.objects.update_or_create(user=superuser, defaults={"preferred_language": language})
    answer = admin_client.post(
        reverse("wagtailadmin_pages:add", args=("home", "plainpage", home.pk)), form(slug=slug)
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert message in text
    assert f"{slug}-2" in text
    assert 'value="Search it"' in text
    assert not PlainPage.objects.filter(slug=slug).exists()


def test_nor_by_a_changed_slug_a_copy_or_in_code(admin_client, home):
    page = a_plain_page(home)
    refused = admin_client.post(edit_url(page), form(slug="search"))
    assert "belongs to another part" in refused.content.decode()
    data = {"new_title": "Search", "new_slug": "search", "new_parent_page": home.pk}
    copied = admin_client.post(reverse("wagtailadmin_pages:copy", args=(page.pk,)), data)
    assert "belongs to another part" in copied.content.decode()
    with pytest.raises(ValidationError, match="belongs to another part"):
        home.add_child(instance=PlainPage(title="Search", slug="search", locale=home.locale))
    assert not PlainPage.objects.filter(slug="search").exists()
    assert free_slug("search", home) == "search-2"


def test_one_that_has_it_already_is_edited_and_translated_as_before(admin_client, home, tree):
    page = with_slug(a_plain_page(home), "alerts")
    assert admin_client.post(edit_url(page), form(slug="alerts")).status_code == 302
    translation = page.copy_for_translation(Locale.objects.get(language_code="ru"))
    assert translation.slug == "alerts"
    page.refresh_from_db()
    page.save_revision().publish()


def test_a_slug_further_down_is_free(tree):
    assert free_slug("search", tree.section()) == "search"


def test_a_new_route_owns_its_name_without_being_listed(settings):
    class Urls:
        added = include(([path("events/<int:year>/", lambda request: None)], "events"))
        urlpatterns = [*urlpatterns[:-1], type(urlpatterns[-1])(urlpatterns[-1].pattern, [path("", added)])]

    routes.owned_slugs.cache_clear()
    settings.ROOT_URLCONF = Urls
    assert routes.owned_slugs() == {"events"}
    routes.owned_slugs.cache_clear()

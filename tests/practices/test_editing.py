"""Page types in the editor, and two editors at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision
from wagtail.users.models import UserProfile

from home.models import HomePage
from practices.blocks import ApproachBlock, ContactsBlock, IndicatorsBlock, OrganisationsBlock, SourcesBlock
from practices.edit_conflicts import OVERWRITE, stamp
from practices.models import PracticePage, PracticesIndexPage, SectionPage
from practices.slugs import latin_slug
from tests.factories import a_practice, a_superuser, publish
from tests.factories.editing import add_url, edit_url, form_of, loaded_from, posted, snapshot_data

pytestmark = pytest.mark.django_db
JSON = {"headers": {"accept": "application/json"}}


def test_the_tree_of_page_types():
    assert PracticesIndexPage.allowed_subpage_models() == [SectionPage]
    assert SectionPage.allowed_subpage_models() == [PracticePage]
    assert PracticePage.allowed_subpage_models() == []
    assert PracticePage.allowed_parent_page_models() == [SectionPage]
    assert PracticesIndexPage.allowed_parent_page_models() == [HomePage]


def test_every_page_type_is_read_previewed_edited_and_published(admin_client, client, tree):
    practice = a_practice(tree.section())
    for page in (tree.indexes["en"], tree.section(), practice):
        assert client.get(page.get_url()).status_code == 200
        assert admin_client.get(edit_url(page)).status_code == 200
        preview = reverse("wagtailadmin_pages:preview_on_edit", args=(page.pk,))
        assert admin_client.post(preview, form_of(page)).json() == {"is_valid": True, "is_available": True}
        assert admin_client.get(preview).status_code == 200
        answer = admin_client.post(edit_url(page), form_of(page) | {"action-publish": "1"})
        assert answer.status_code == 302, answer.context["form"].errors


def test_a_new_practice_is_previewed_with_its_title_alone(admin_client, tree):
    preview = reverse(
        "wagtailadmin_pages:preview_on_add", args=("practices", "practicepage", tree.section().pk)
    )
    assert admin_client.post(preview, posted(title="New")).json() == {"is_valid": True, "is_available": True}
    assert admin_client.get(preview).status_code == 200


def test_a_practice_is_made_and_published_in_one_go(admin_client, tree):
    assert admin_client.get(add_url(tree.section())).status_code == 200
    admin_client.post(add_url(tree.section()), posted(**snapshot_data()) | {"action-publish": "1"})
    assert PracticePage.objects.get().live


@pytest.mark.parametrize(
    "stream", [ApproachBlock, ContactsBlock, IndicatorsBlock, OrganisationsBlock, SourcesBlock]
)
def test_every_block_shows_what_it_will_look_like(admin_client, stream):
    for block in stream().child_blocks.values():
        assert block.is_previewable
        answer = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert answer.status_code == 200
        assert "css/components/cards.css" in answer.content.decode()


def test_versions_are_compared(admin_client, tree):
    page = a_practice(tree.section())
    publish(page, title="Another title", themes=["e-resilience"])
    address = reverse("wagtailadmin_pages:revisions_compare", args=(page.pk, "earliest", "latest"))
    assert "Another" in admin_client.get(address).content.decode()


@pytest.fixture
def draft(tree):
    return a_practice(tree.section(), live=False, title="As loaded")


def latest_title() -> str:
    return PracticePage.objects.get().get_latest_revision_as_object().title


def another_saves(title: str = "Theirs", user=None, minutes: int = 0) -> None:
    theirs = PracticePage.objects.get().get_latest_revision_as_object()
    theirs.title = title
    revision = theirs.save_revision(user=user or a_superuser(first_name="Aigerim", last_name="S."))
    Revision.objects.filter(pk=revision.pk).update(created_at=timezone.now() - timedelta(minutes=minutes))


def mine(**extra):
    return posted(**snapshot_data() | {"title": "Mine"}) | extra


@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}, {"action-submit": "1"}])
def test_a_stale_editor_is_told_who_was_faster_and_loses_nothing(admin_client, draft, action):
    form = mine() | loaded_from(draft)
    another_saves()

    response = admin_client.post(edit_url(draft), form | action)

    assert response.status_code == 200
    html = response.content.decode()
    assert "Aigerim S. saved this page on" in html
    assert (
        reverse("wagtailadmin_pages:revisions_compare", args=(draft.pk, draft.latest_revision_id, "latest"))
        in html
    )
    assert "Mine" in html
    assert "One by one." in html
    assert latest_title() == "Theirs"
    # Saved again as it stands, it is refused again: the form still says what it was loaded from.
    again = response.context["form"]["based_on"].value()
    assert again == form["based_on"]


def test_overwriting_knowingly(admin_client, draft):
    form = mine() | loaded_from(draft)
    another_saves()
    seen = {OVERWRITE: stamp(PracticePage.objects.get().latest_revision)}
    another_saves("Later still")

    assert admin_client.post(edit_url(draft), form | seen).status_code == 200
    assert latest_title() == "Later still"
    seen = {OVERWRITE: stamp(PracticePage.objects.get().latest_revision)}
    assert admin_client.post(edit_url(draft), form | seen).status_code == 302
    assert latest_title() == "Mine"


def test_another_error_does_not_make_the_form_newer_than_it_is(admin_client, draft):
    form = mine(currency="x") | loaded_from(draft)
    first = admin_client.post(edit_url(draft), form)
    another_saves()
    based_on = first.context["form"]["based_on"].value()
    assert admin_client.post(edit_url(draft), mine() | {"based_on": based_on}).status_code == 200
    assert latest_title() == "Theirs"


def test_autosave_is_not_somebody_else(admin_client, superuser, draft):
    form = mine() | loaded_from(draft)
    answer = admin_client.post(edit_url(draft), form, **JSON).json()
    assert answer["success"]

    form |= answer["field_updates"] | {"overwrite_revision_id": answer["revision_id"]}
    answer = admin_client.post(edit_url(draft), form | {"title": "Mine, second"}, **JSON).json()
    assert answer["success"]
    assert PracticePage.objects.get().revisions.count() == 2

    del form["overwrite_revision_id"]  # the browser sends it with autosaves only
    assert admin_client.post(edit_url(draft), form | answer["field_updates"]).status_code == 302


def test_autosave_under_way_when_save_is_pressed(admin_client, superuser, draft):
    form = mine() | loaded_from(draft)
    another_saves("Autosaved", user=superuser)
    assert admin_client.post(edit_url(draft), form).status_code == 302


def test_ones_own_other_window_is_somebody_else(admin_client, superuser, draft):
    form = mine() | loaded_from(draft)
    another_saves(user=superuser, minutes=5)
    assert admin_client.post(edit_url(draft), form).status_code == 200


def test_a_stale_window_does_not_autosave(admin_client, draft):
    form = mine() | loaded_from(draft)
    another_saves()
    assert admin_client.post(edit_url(draft), form, **JSON).status_code == 400
    assert latest_title() == "Theirs"


def test_the_preview_of_a_stale_form_still_works(admin_client, draft):
    form = mine() | loaded_from(draft)
    another_saves()
    address = reverse("wagtailadmin_pages:preview_on_edit", args=(draft.pk,))
    assert admin_client.post(address, form).json() == {"is_valid": True, "is_available": True}


def test_a_new_page_autosaves_into_a_page_that_is_not_stale(admin_client, tree):
    form = posted(title="New")
    address = reverse("wagtailadmin_pages:add", args=("practices", "practicepage", tree.section().pk))
    answer = admin_client.post(address, form, **JSON).json()
    form |= answer["field_updates"] | {"slug": "new"}
    assert admin_client.post(answer["url"], form).status_code == 302


@pytest.mark.parametrize("title", ["Школы на связи", "Schools online"])
def test_the_same_title_twice_gets_an_address_of_its_own(admin_client, tree, title):
    """Where no script has written the address: the second would otherwise be refused after the form was taken."""
    for _ in range(2):
        answer = admin_client.post(
            add_url(tree.section()), posted(**snapshot_data() | {"title": title, "slug": ""})
        )
        assert answer.status_code == 302
    first, second = PracticePage.objects.order_by("pk").values_list("slug", flat=True)
    assert second == f"{first}-2"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Хозяйства Ахангарана", "khozyaystva-akhangarana"),
        ("Schools online", "schools-online"),
        ("A title that goes on until it is longer than sixty characters", "a-title-that-goes-on-until-it-is-longer-than-sixty"),
        ("x" * 61, "x" * 60),
        ("x" * 60 + " y", "x" * 60),
        ("!", "practice"),
    ],
)  # fmt: skip
def test_an_address_is_short_and_spelled_as_in_passports(title, slug):
    assert latin_slug(title) == slug


def test_an_address_follows_the_title_until_somebody_chose_it_or_read_it(admin_client, tree):
    admin_client.post(add_url(tree.section()), posted(title="Scho"))
    page = PracticePage.objects.get()

    def saved_as(title, slug, **action):
        form = posted(**snapshot_data() | {"title": title, "slug": slug}) | loaded_from(page) | action
        assert admin_client.post(edit_url(page), form).status_code == 302
        return PracticePage.objects.get().get_latest_revision_as_object().slug

    assert page.slug == "scho"
    assert saved_as("Schools online", "scho") == "schools-online"
    assert saved_as("Schools online", "by-hand") == "by-hand"
    assert saved_as("Schools on line", "by-hand") == "by-hand"
    assert saved_as("Schools on line", "schools-on-line", **{"action-publish": "1"}) == "schools-on-line"
    assert saved_as("Another title", "schools-on-line") == "schools-on-line"


def test_no_kind_of_page_is_overwritten_unasked(admin_client, superuser, tree):
    """So that what the dialog about a newer version says is true of every page."""
    for page in (tree.homes["en"], tree.indexes["en"], tree.section()):
        page.save_revision()
        form = form_of(page) | loaded_from(page)
        page.title = "By somebody who was faster"
        page.save_revision(user=a_superuser(username=f"faster-{page.pk}"))
        answer = admin_client.post(edit_url(page), form | {"title": "By me"})
        assert answer.status_code == 200
        assert "after you had opened it" in answer.content.decode()
        assert page.get_latest_revision_as_object().title == "By somebody who was faster"
        overwrite = {OVERWRITE: stamp(page.get_latest_revision())}
        assert admin_client.post(edit_url(page), form | {"title": "By me"} | overwrite).status_code == 302
        page.refresh_from_db()
        assert page.get_latest_revision_as_object().title == "By me"


def test_the_dialog_about_a_newer_version_in_russian(admin_client, superuser, tree):
    profile = UserProfile.get_for_user(superuser)
    profile.preferred_language = "ru"
    profile.save()
    content = admin_client.get(edit_url(a_practice(tree.section()))).content.decode()
    assert "Сохранена более новая версия" in content
    assert "прежде чем что-либо в ней заменить, вас спросят" in content
    assert "overwrite" not in content.replace("overwrite_newer", "").replace("overwrite_revision", "")

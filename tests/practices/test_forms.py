"""Drafts may be incomplete; what goes to review may not; nothing typed is lost."""

import pytest
from wagtail.models import Collection, Workflow, WorkflowPage
from wagtail.test.utils.form_data import rich_text, streamfield
from wagtail_factories import ImageFactory

from practices.field_layout import SNAPSHOT
from practices.models import PracticePage
from tests.factories import a_country, a_focal_point, a_practice
from tests.factories.editing import add_url, checked, edit_url, posted, snapshot_data

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_suffices]
SUBMIT = {"action-submit": "1"}
PUBLISH = {"action-publish": "1"}


def errors_of(response) -> dict:
    assert response.status_code == 200
    return response.context["form"].errors


@pytest.fixture
def section(tree):
    workflow = Workflow.objects.first()
    WorkflowPage.objects.update_or_create(page=tree.homes["en"], defaults={"workflow": workflow})
    return tree.section()


@pytest.fixture
def author_client(client, section):
    client.force_login(a_focal_point(section), backend="accounts.backends.PortalBackend")
    return client


def test_a_draft_needs_only_a_title(author_client, section):
    response = author_client.post(add_url(section), posted(title="Schools online"))

    page = PracticePage.objects.get()
    assert response.status_code == 302
    assert not page.live
    assert page.slug == "schools-online"
    assert [country.code for country in page.countries.all()] == ["KZ"]
    assert errors_of(author_client.post(add_url(section), posted(title=""))).keys() == {"title"}


def test_asking_for_review_says_what_is_missing_and_where(author_client, section):
    response = author_client.post(add_url(section), posted(title="Schools online", scope="national") | SUBMIT)

    missing = [name for name in SNAPSHOT if name not in ("title", "countries")]
    assert errors_of(response).keys() == set(missing)
    assert response.content.decode().count("Needed before review and publication.") >= len(missing)
    assert not PracticePage.objects.exists()
    assert 'value="national" selected' in response.content.decode()


def test_a_whole_snapshot_goes_to_review(author_client, section):
    response = author_client.post(add_url(section), posted(**snapshot_data()) | SUBMIT)

    page = PracticePage.objects.get()
    assert response.status_code == 302, errors_of(response)
    assert page.workflow_in_progress
    assert not page.live


@pytest.mark.parametrize("action", [SUBMIT, PUBLISH, PUBLISH | {"go_live_at": "2030-01-01 10:00"}])
def test_to_submit_publish_or_schedule_it_is_needed(admin_client, section, action):
    page = a_practice(section, live=False, snapshot=False, title="Schools online")
    data = snapshot_data() | {"status": ""}

    response = admin_client.post(edit_url(page), posted(**data) | action)

    assert errors_of(response).keys() == {"status"}
    assert not PracticePage.objects.get().live
    assert not PracticePage.objects.get().workflow_in_progress


@pytest.mark.parametrize("name", [name for name in SNAPSHOT if name not in ("title", "countries")])
def test_each_part_of_the_snapshot_is_needed(section, name):
    data = snapshot_data()
    del data[name]
    assert checked(section, draft=False, **data).keys() == {name}
    assert not checked(section, draft=True, **data)


def test_markup_alone_is_no_text(section):
    data = snapshot_data() | {"challenge": rich_text("<p> </p>"), "summary": "  "}
    assert checked(section, draft=False, **data).keys() == {"challenge", "summary"}


def test_international_practices_need_a_country(tree):
    assert "countries" in checked(tree.section("international"), draft=False, **snapshot_data())


def test_everything_typed_is_still_there_after_an_error(admin_client, section):
    page = a_practice(section, live=False, title="Schools online")
    data = posted(
        **snapshot_data()
        | {
            "title": "Typed title",
            "summary": "",
            "place": "Typed place",
            "challenge": rich_text("<p>Typed challenge</p>"),
            "sources": streamfield(
                [("source", {"title": "Typed source", "publisher": "", "url": "", "year": ""})]
            ),
            "countries": [a_country("UZ").pk],
        }
    )
    response = admin_client.post(edit_url(page), data | PUBLISH)

    assert "summary" in errors_of(response)
    html = response.content.decode()
    assert all(text in html for text in ("Typed title", "Typed place", "Typed challenge", "Typed source"))
    assert response.context["form"]["countries"].value() == [str(a_country("UZ").pk)]


def test_a_practice_is_not_adopted_from_itself(tree):
    page = a_practice(tree.section(), live=False)
    assert checked(tree.section(), page=page, title="X", adopted_from=page.pk).keys() == {"adopted_from"}
    other = a_practice(tree.section(), live=False)
    assert not checked(tree.section(), page=page, title="X", adopted_from=other.pk)


def test_an_image_needs_a_description_before_review(tree):
    image = ImageFactory(collection=Collection.get_first_root_node())
    data = snapshot_data() | {"image": image.pk}
    assert not checked(tree.section(), **data)
    assert checked(tree.section(), draft=False, **data).keys() == {"image_alt"}
    assert not checked(tree.section(), draft=False, **data, image_alt="A mast")


def test_the_country_of_the_section_stays(admin_client, section):
    page = a_practice(section, live=False, countries=["KZ", "UZ"])
    data = posted(title="X", countries=[a_country("TJ").pk])
    assert admin_client.post(edit_url(page), data).status_code == 302
    draft = PracticePage.objects.get().get_latest_revision_as_object()
    assert sorted(country.code for country in draft.countries.all()) == ["KZ", "TJ"]


def test_the_form_of_a_new_practice_has_the_country_marked(admin_client, section):
    form = admin_client.get(add_url(section)).context["form"]
    assert form["countries"].value() == [section.country.pk]


def test_the_country_of_the_section_is_added_whoever_saves(tree):
    page = a_practice(tree.section(), countries=["UZ"])
    assert sorted(country.code for country in page.countries.all()) == ["KZ", "UZ"]

    page.move(tree.section("tajikistan"), pos="last-child")
    page = PracticePage.objects.get()
    assert sorted(country.code for country in page.countries.all()) == ["KZ", "TJ", "UZ"]


def test_in_review_a_practice_stays_whole_until_it_is_sent_back(admin_client, section):
    page = a_practice(section, live=False)
    page.get_workflow().start(page, page.owner)
    response = admin_client.post(edit_url(page), posted(title="X"))
    assert "summary" in errors_of(response)

    sent_back = {
        "action-workflow-action": "1",
        "workflow-action-name": "reject",
        "workflow-action-extra-data": "{}",
    }
    assert admin_client.post(edit_url(page), posted(title="X") | sent_back).status_code == 302
    assert not PracticePage.objects.get().workflow_in_progress


def test_bulk_publishing_leaves_incomplete_drafts_alone(admin_client, section):
    page = a_practice(section, live=False, snapshot=False)
    whole = a_practice(section, live=False)
    address = f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={page.pk}"

    admin_client.post(address)
    assert not PracticePage.objects.get(pk=page.pk).live
    admin_client.post(
        f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={section.pk}", {"include_descendants": "on"}
    )
    assert not PracticePage.objects.get(pk=page.pk).live
    admin_client.post(f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={whole.pk}")
    assert PracticePage.objects.get(pk=whole.pk).live

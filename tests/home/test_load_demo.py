"""The demo content, loaded once for all tests of this file by the real command, which sets the portal up first."""

import io

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, WorkflowState
from wagtail.rich_text import get_text_for_indexing
from wagtail.users.models import UserProfile

from accounts.models import User
from core.versions import current_version
from curation.models import CollectionPage
from home.demo import people
from home.demo.files import read, russian_texts
from home.models import HomePage, PlainPage
from indexing.models import Record
from practices.completeness import completeness
from practices.models import PracticePage
from practices.translations import outdated_field_labels
from practices.untranslated import untranslated_parts
from search.stored_queries import naming_kind

pytestmark = pytest.mark.slow

BOTH = {"en", "ru"}


def load() -> str:
    output = io.StringIO()
    call_command("load_demo", stdout=output)
    return output.getvalue()


def state() -> dict:
    """How many rows each table has, and what of them a second load could have touched."""
    rows = {model._meta.label: model._base_manager.count() for model in apps.get_models()}
    latest = dict(Page.objects.values_list("pk", "latest_revision_id"))
    records = dict(Record.objects.values_list("key", "version"))
    passwords = dict(User.objects.values_list("username", "password"))
    return {
        "rows": rows,
        "latest": latest,
        "records": records,
        "passwords": passwords,
        "version": current_version(),
    }


def practice(slug: str, language: str = "en") -> PracticePage:
    return PracticePage.objects.get(slug=slug, locale__language_code=language)


class LoadDemoTest(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.printed = load()

    def test_every_practice_is_published_in_its_section(self) -> None:
        rows = read("practices")["practices"]
        published = {
            page.slug: page for page in PracticePage.objects.readable().filter(locale__language_code="en")
        }
        assert set(published) == {row["slug"] for row in rows}
        for row in rows:
            page = published[row["slug"]]
            assert page.get_parent().slug == row["section"]
            assert {theme.code for theme in page.themes.all()} == {*row["themes"], *row["subthemes"]}
            assert len(page.sources) == len(row["sources"])
            assert [contact.value["email"] for contact in page.contacts] == ["secretariat@speca.example"]
            assert completeness(page).missing_for_review == ()
            assert set(page.tags.names()) == set(row["tags"])
        assert Record.objects.filter(removed=False).count() == len(rows)

    def test_what_sources_do_not_say_stays_empty(self) -> None:
        assert practice("online-azerbaijan-fibre").adaptation_advice == ""
        assert practice("fao-digital-villages-uz-tj").difficulties == ""
        assert not practice("fao-digital-villages-uz-tj").indicators
        for page in PracticePage.objects.all():
            assert page.last_verified is None
            if not page.live:
                assert (page.practice_type, page.evidence_level) == (None, "")

    def test_every_practice_says_of_what_type_and_how_sure_it_is(self) -> None:
        for row in read("practices")["practices"]:
            for language in BOTH:
                page = practice(row["slug"], language)
                assert (page.practice_type.code, page.evidence_level) == (
                    row["practice_type"],
                    row["evidence_level"],
                )

    def test_difficulties_stand_apart_from_lessons(self) -> None:
        for row in read("practices")["practices"]:
            texts = {
                "en": row.get("difficulties_en"),
                "ru": russian_texts()[row["slug"]].get("difficulties_ru"),
            }
            assert bool(texts["en"]) == bool(texts["ru"]), row["slug"]
            for language, text in texts.items():
                assert get_text_for_indexing(practice(row["slug"], language).difficulties) == (text or "")

    def test_every_indicator_names_its_source(self) -> None:
        for row in read("practices")["practices"]:
            for language in BOTH:
                page = practice(row["slug"], language)
                found = [(block.value["source"], block.value["year"]) for block in page.indicators]
                assert found == [
                    (f"[{n}] {page.sources[n - 1].value['publisher']}", indicator.get("year"))
                    for indicator in row.get("indicators", [])
                    for n in [indicator["source"]]
                ]
        giga = practice("giga-school-connectivity-central-asia", "ru").indicators[0].value
        assert (giga["baseline"], giga["value"], giga["unit"]) == ("50", "28,5", "долл. США")

    def test_every_practice_is_wholly_in_russian(self) -> None:
        translated = russian_texts()
        pages = PracticePage.objects.readable().filter(locale__language_code="ru")
        assert {page.slug for page in pages} == {row["slug"] for row in read("practices")["practices"]}
        for page in pages:
            assert untranslated_parts(page) == [], page.slug
        english = practice("suusamyr-community-network")
        russian = practice("suusamyr-community-network", "ru")
        texts = translated["suusamyr-community-network"]
        assert russian.translation_key == english.translation_key
        assert russian.get_parent().locale.language_code == "ru"
        assert (russian.original_language, russian.is_original) == ("en", False)
        assert (russian.title, russian.place) == (texts["title_ru"], texts["place_ru"])
        assert russian.lessons == f"<p>{texts['lessons_ru']}</p>"
        assert russian.approach[0].value.source == f"<p>{texts['approach_ru']}</p>"
        assert russian.contacts[0].value["role"] == "Секретариат портала СПЕКА"
        assert [source.value["title"] for source in russian.sources] == [
            s.value["title"] for s in english.sources
        ]
        assert outdated_field_labels(russian) == []
        for name in ("countries", "themes", "sdgs", "beneficiaries"):
            assert list(getattr(russian, name).all()) == list(getattr(english, name).all())
        assert set(russian.tags.names()) == set(english.tags.names())
        assert (russian.latitude, russian.start_year) == (english.latitude, english.start_year)

    def test_the_drafts_wait_for_the_secretariat(self) -> None:
        drafts = PracticePage.objects.filter(live=False)
        assert {page.slug: page.owner.username for page in drafts} == {
            row["slug"]: row["owner"] for row in read("drafts")["drafts"]
        }
        for page in drafts:
            assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
            assert page.current_workflow_task.groups.get().name == "Secretariat"
            assert completeness(page.get_latest_revision_as_object()).missing_for_review == ()
            assert not Record.objects.filter(key=page.translation_key).exists()
        assert mail.outbox == []

    def test_collections_are_featured_in_both_languages(self) -> None:
        for row in read("collections")["collections"]:
            pages = CollectionPage.objects.readable().featured().filter(slug=row["slug"])
            assert {page.locale.language_code for page in pages} == BOTH
            assert len({page.translation_key for page in pages}) == 1
            for page in pages:
                language = page.locale.language_code
                items = list(page.items.all())
                assert page.title == row[f"title_{language}"]
                assert page.question == (naming_kind(row["query"], "practice") if row["query"] else "")
                assert [item.note for item in items] == [item[f"note_{language}"] for item in row["items"]]
                assert [item.practice.slug for item in items] == [item["slug"] for item in row["items"]]
                assert not page.items_not_public()

    def test_pages_have_their_words(self) -> None:
        for home in HomePage.objects.all():
            assert home.headline == read("pages")["home"][f"title_{home.locale.language_code}"]
        pages = PlainPage.objects.live()
        assert pages.count() == 2 * len(read("pages")["pages"])
        for page in pages:
            html = page.body[0].value.source
            assert html.startswith("<h2>")
            assert html.count("<p>") > 2
            assert page.search_description

    def test_one_account_for_each_role(self) -> None:
        for row in read("users")["users"]:
            user = User.objects.get(username=row["username"])
            assert user.is_demo
            assert not user.is_superuser
            assert user.check_password(people.PASSWORD)
            assert [group.name for group in user.groups.all()] == row["groups"]
            assert UserProfile.get_for_user(user).preferred_language == row["language"]
            assert user.username in self.printed
            assert row["groups"][0] in self.printed
        assert people.PASSWORD in self.printed

    def test_loading_again_changes_nothing(self) -> None:
        before = state()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert load() == self.printed
        assert len(queries) < 60
        assert state() == before

    def test_loading_again_keeps_what_people_have_done(self) -> None:
        editor = User.objects.get(username="secretariat")
        editor.set_password("another one")
        editor.save()
        renamed = practice("tunduk-kyrgyzstan")
        renamed.title, renamed.slug = "Another title", "another-address"
        renamed.save_revision(user=editor).publish(user=editor)
        practice("astana-hub").delete(user=editor)
        practice("digital-casa-kyrgyzstan", "ru").delete(user=editor)
        PracticePage.objects.filter(live=False).first().delete(user=editor)
        CollectionPage.objects.filter(locale__language_code="en").first().delete(user=editor)
        home = HomePage.objects.get(locale__language_code="en")
        home.headline = home.intro = ""
        home.save_revision(user=editor, log_action=True).publish(user=editor)
        before = state()
        load()
        assert state() == before

    def test_an_account_that_is_missing_is_made_again(self) -> None:
        User.objects.get(username="reviewer").delete()
        assert load() == self.printed

    def test_refused_where_demo_accounts_are(self) -> None:
        with self.settings(DEMO_ACCOUNTS=False), self.assertRaisesMessage(CommandError, "refuse"):
            call_command("load_demo")

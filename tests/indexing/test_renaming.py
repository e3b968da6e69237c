"""A renamed term: the request does the same for few records as for many, the worker does the rest, killed or not."""

import os
import signal
import time
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import settings
from wagtail.models import Locale, Page

from core.jobs.models import Job
from core.jobs.worker import run_all
from home.models import HomePage
from indexing.models import Record
from indexing.record_drift import find_record_drift
from indexing.records import rebuild
from practices.models import PracticePage, PracticesIndexPage, SectionPage
from practices.models.terms import TermOfPractice
from search.engines import engine
from search.engines.database import DatabaseEngine
from search.labels import labels
from search.query import Query
from taxonomy.loading import MODELS
from taxonomy.models import Country
from tests.factories import a_country, a_practice, publish
from tests.support.killing import end, start
from tests.support.waiting import until

pytestmark = pytest.mark.slow

SOAK = settings.get_current_profile_name() == "soak"
FEW, MANY = (10, 10_000) if SOAK else (3, 60)
KILLS = 5
# What a writer may wait for the worker on a busy machine; a form gives up after 20 s.
MAX_WAIT = 10.0


def practices(tree, number: int) -> None:
    """So many published practices of Kazakhstan with their records."""
    template = PracticePage.objects.first() or a_practice(tree.section(), title="Number 0")
    add_copies(template, number - PracticePage.objects.count())
    for key in PracticePage.objects.values_list("translation_key", flat=True):
        if not Record.objects.filter(key=key).exists():
            rebuild(key)


def add_copies(template: PracticePage, number: int) -> None:
    """Rows for `number` siblings of a page, by hand: Wagtail takes an hour to copy a page ten thousand times."""
    parent = template.get_parent()
    last = parent.numchild
    pages = []
    for place in range(last + 1, last + 1 + number):
        page = Page(**_values(template, Page, but={"id"}))
        page.path = Page._get_path(parent.path, template.depth, place)
        page.slug, page.title, page.url_path = (
            f"copy-{place}",
            f"Number {place}",
            f"{parent.url_path}copy-{place}/",
        )
        page.translation_key = uuid4()
        pages.append(page)
    Page.objects.bulk_create(pages)
    Page.objects.filter(pk=parent.pk).update(numchild=last + number)
    for page in pages:
        own = {field.attname for field in Page._meta.concrete_fields}
        PracticePage(
            page_ptr_id=page.pk, **_values(template, PracticePage, but={*own, "page_ptr_id"})
        ).save_base(raw=True)
    for model in TermOfPractice.__subclasses__():
        rows = model.objects.filter(practicepage=template)
        model.objects.bulk_create(
            model(practicepage_id=page.pk, **_values(row, model, but={"id", "practicepage_id"}))
            for row in rows
            for page in pages
        )


def _values(row, model, but: set[str]) -> dict:
    return {
        field.attname: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if field.attname not in but
    }


def rename(client, name: str) -> CaptureQueriesContext:
    """Through the admin's form, as the secretariat does it."""
    country = Country.objects.get(code="KZ")
    address = reverse(country.snippet_viewset.get_url_name("edit"), args=[country.pk])
    fields = {
        "code": "KZ",
        "name_en": name,
        "name_ru": country.name_ru,
        "position": country.position,
        "slug": country.slug,
    }
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.post(address, fields | {"is_speca": "on"}).status_code == 302
    return queries


def writes(queries: CaptureQueriesContext) -> list[str]:
    return [
        query["sql"].split()[0]
        for query in queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]


@pytest.mark.django_db
def test_the_request_does_the_same_for_few_records_as_for_many(admin_client, tree):
    practices(tree, FEW)
    rename(admin_client, "Warm")
    run_all()
    few = rename(admin_client, "Qazaqstan")
    assert labels("en")["country"]["KZ"] == "Qazaqstan", "the label shows at once"
    assert engine().size(Query(q="Qazaqstan")) == 0
    run_all()
    assert engine().size(Query(q="Qazaqstan")) == FEW
    assert not find_record_drift()

    practices(tree, MANY)
    run_all()
    many = rename(admin_client, "Republic")
    assert (len(many), writes(many)) == (len(few), writes(few))
    run_all()
    assert engine().size(Query(q="Republic")) == MANY
    assert engine().size(Query(q="Qazaqstan")) == 0
    assert Job.objects.latest("pk").done == MANY


@pytest.mark.drill
def test_killed_five_times_on_the_way_it_ends_with_all_changed(drill_section):
    """Real worker processes and SIGKILL; meanwhile an editor publishes and a reader asks."""
    number = 1_000 if SOAK else 40
    for place in range(1, number):
        a_practice(drill_section, title=f"Number {place}")
    edited = a_practice(drill_section, title="Edited all the time")
    run_all()
    country = Country.objects.get(code="KZ")
    country.name_en = "Qazaqstan"
    country.save()

    editor = start(lambda: edit_until_all_is_done(edited))
    for kill in range(1, KILLS + 1):
        worker = start(run_all)
        until(lambda at=kill * number // (KILLS + 2): rename_job().done >= at, pause=0.005)
        os.kill(worker, signal.SIGKILL)
        assert end(worker) == -signal.SIGKILL
        assert not rename_job().finished
    last = start(run_all)
    assert end(last) == 0
    assert rename_job().outcome == str(number)
    assert end(editor) == 0
    assert DatabaseEngine().size(Query(q="Qazaqstan")) == number
    assert not find_record_drift()


def rename_job() -> Job:
    return Job.objects.get(name="indexing.rebuild_term")


def edit_until_all_is_done(page: PracticePage) -> None:
    """Raises AssertionError where a change or a query takes too long."""
    waits, finished = [], False
    while not finished:
        finished = Job.objects.filter(name="indexing.rebuild_term").exclude(finished=None).exists()
        begun = time.monotonic()
        publish(page, summary=f"Changed {len(waits)} times.")
        assert DatabaseEngine().size(Query(q="edited")) == 1
        waits.append(time.monotonic() - begun)
        time.sleep(0.1)  # as people write, not as machines do
    assert len(waits) > 2, waits
    assert max(waits) < MAX_WAIT, waits


@pytest.fixture
def drill_section(committed):
    """A section that other processes see; all of it is taken away afterwards."""
    terms = {model: set(model.objects.values_list("pk", flat=True)) for model in MODELS.values()}
    locale, home = Locale.get_default(), None
    try:
        home = Page.get_first_root_node().add_child(
            instance=HomePage(title="Drill", slug="drill", locale=locale)
        )
        index = home.add_child(
            instance=PracticesIndexPage(title="Practices", slug="practices", locale=locale)
        )
        section = SectionPage(title="Kazakhstan", slug="kazakhstan", country=a_country("KZ"), locale=locale)
        yield index.add_child(instance=section)
    finally:
        if home:
            Page.objects.get(pk=home.pk).delete()
        for model, kept in terms.items():
            for term in model.objects.exclude(pk__in=kept).order_by("-pk"):
                term.delete()

"""The gap matrix: each figure is the size of the search it leads to, each gap says who nearby has something."""

import csv
import io
from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup

from core.versions import next_version
from insights.gaps import Matrix, matrix
from search.engines import engine
from search.labels import known_codes
from search.query import Query, parse
from taxonomy.models import Country
from taxonomy.neighbours import NEIGHBOURS
from tests.factories import a_country, a_practice, a_theme
from tests.factories.taxonomy import COUNTRIES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def content(tree):
    for code in COUNTRIES:
        a_country(code)
    a_theme("e-resilience")
    a_theme("last-mile", "digital-connectivity")
    a_practice(tree.section("kazakhstan"), title="Fibre", status="scaled", themes=["last-mile"])
    a_practice(tree.section("kazakhstan"), title="Masts", status="pilot", themes=["digital-connectivity"])
    a_practice(
        tree.section("tajikistan"),
        title="Radio",
        status="pilot",
        themes=["digital-connectivity", "digital-skills"],
    )
    a_practice(tree.section("international"), title="Sirens", countries=["EE"], themes=["e-resilience"])
    next_version()


def cells(made: Matrix) -> dict:
    return {(row.code, cell.country): cell for row in made.rows for cell in row.cells}


def size_of(url: str) -> int:
    query, notices = parse(parse_qsl(urlsplit(url).query), known_codes())
    assert notices == []
    return engine().size(query)


def test_each_figure_is_the_size_of_the_search_behind_it(content):
    made = matrix(Query(), "status")
    found = cells(made)
    assert {code for code, _ in found} == {"digital-connectivity", "digital-skills", "e-resilience"}, (
        "top themes only"
    )
    assert {country.code for country in made.countries} == set(NEIGHBOURS)
    for cell in found.values():
        assert cell.count == size_of(cell.url)
        assert [part.count for part in cell.parts] == [size_of(part.url) for part in cell.parts]
        assert sum(part.count for part in cell.parts) == cell.count
        assert [part.count for part in cell.nearby] == [size_of(part.url) for part in cell.nearby]
    here = found["digital-connectivity", "KZ"]
    assert here.count == 2
    assert [(part.code, part.count) for part in here.parts] == [
        ("pilot", 1),
        ("scaled", 1),
    ]


def test_a_gap_names_the_neighbours_who_have_something_the_most_first(content):
    found = cells(matrix(Query()))
    assert [(part.code, part.count) for part in found["digital-connectivity", "UZ"].nearby] == [
        ("KZ", 2),
        ("TJ", 1),
    ]
    assert found["digital-skills", "TM"].nearby == []
    assert found["digital-skills", "TM"].elsewhere.count == 1
    assert found["e-resilience", "KZ"].elsewhere.count == 1
    assert found["digital-connectivity", "KZ"].nearby == []


def test_nearness_goes_both_ways():
    assert all(code in NEIGHBOURS[other] for code, others in NEIGHBOURS.items() for other in others)


def test_a_filter_narrows_all_of_it_and_stays_in_its_searches(client, content):
    made = matrix(Query().with_values("status", ["pilot"]).with_values("country", ["AZ"]))
    found = cells(made)
    assert found["digital-connectivity", "KZ"].count == 1
    assert "status=pilot" in found["digital-connectivity", "KZ"].url
    page = BeautifulSoup(
        client.get("/en/search/gaps/?status=pilot&by=status&nonsense=1").content, "html.parser"
    )
    assert page.select_one("select[name=status] [selected]")["value"] == "pilot"
    assert page.select_one("select[name=by] [selected]")["value"] == "status"
    assert "nonsense" in page.select_one(".notice--warning").get_text()


def test_the_matrix_downloads_as_csv_with_codes(client, content):
    Country.objects.filter(code="UZ").update(name_ru="=Казань")
    next_version()
    response = client.get("/ru/search/gaps.csv?status=pilot")
    head, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    assert "Казахстан (KZ)" in head
    assert "'=Казань (UZ)" in head, "no cell is a formula, whatever a term is called"
    by_theme = {row[0]: row for row in rows}
    assert (
        by_theme["Digital connectivity по-русски (digital-connectivity)"][head.index("Казахстан (KZ)")] == "1"
    )

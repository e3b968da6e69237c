"""The whole answer to a query as a file: in each form, in the reader's language, without what is not public."""

import csv
import gzip
import io
import json

import bibtexparser
import pytest
import rispy
from openpyxl import load_workbook
from wagtail.models import PageViewRestriction

from tests.factories import a_practice, a_translation
from tests.factories.entries import records

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FORMS = ["csv", "xlsx", "json", "bib", "ris"]
BOTH = pytest.mark.parametrize("extension", ["csv", "xlsx"])


@pytest.fixture
def content(tree):
    origin = a_practice(tree.section("tajikistan"), title="Teachers online", themes=["digital-skills"])
    online = a_practice(
        tree.section("kazakhstan"), title="Schools online", themes=["digital-skills"], tags=["fibre"], sdgs=["4", "9"],
        cost_range="under-10k", start_year=2020, end_year=2024, latitude="51.16", longitude="-71.43", adopted_from=origin,
        adopted_by=["TJ"], last_verified="2026-01-31",
        organisations=[
            ("lead", {"name": "Ministry of Connection"}),
            ("partner", {"name": "University", "contribution": "Trains"}),
            ("partner", {"name": "Telecom"}),
        ],
        indicators=[("indicator", {"name": "Schools", "baseline": "41", "value": "97", "unit": "%", "year": 2025})],
    )  # fmt: skip
    a_translation(online, title="Школы в сети", summary="У каждой школы есть линия; вот так.")
    return online


def body(client, extension, query="", language="en", **headers):
    """What the address gives, to the end."""
    response = client.get(f"/{language}/search/export.{extension}?{query}", headers=headers)
    assert response.status_code == 200
    return response.getvalue()


def rows(client, extension, *args):
    """The rows of a table by their headings."""
    file = body(client, extension, *args)
    if extension == "xlsx":
        lines = [[cell or "" for cell in row] for row in load_workbook(io.BytesIO(file)).active.values]
    else:
        lines = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def titles(client, extension, *args):
    file = body(client, extension, *args) if extension != "csv" else b""
    match extension:
        case "json":
            return [practice["title"] for practice in json.loads(file)]
        case "bib":
            return [entry["title"].strip("{}") for entry in bibtexparser.parse_string(file.decode()).entries]
        case "ris":
            return [record["title"] for record in rispy.loads(file.decode())]
        case _:
            return [row["Title"] for row in rows(client, extension, *args)]


@pytest.mark.parametrize("extension", FORMS)
def test_it_is_the_pages_query_in_its_order_to_the_end(client, tree, extension):
    records([{"title": f"School {number:02}"} for number in range(25)])
    a_practice(tree.section("tajikistan"), title="School of another country")
    asked = "q=school&country=KZ&sort=title&page=2&nonsense=1&theme=unknown"
    assert titles(client, extension, asked) == [f"School {number:02}" for number in range(25)]
    assert titles(client, extension, "q=nothing+has+this") == []
    assert titles(client, extension, "q=%3F&country=KZ")[0] == "School 24"  # the newest


@pytest.mark.parametrize("extension", FORMS)
def test_drafts_restricted_practices_and_contacts_stand_in_none(client, tree, content, extension):
    hidden = a_practice(tree.section("tajikistan"), title="Only for some")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    a_practice(tree.section("tajikistan"), title="Not yet", live=False)
    assert sorted(titles(client, extension)) == ["Schools online", "Teachers online"]
    for language in ("en", "ru"):
        assert b"office@" not in body(client, extension, "", language)


@BOTH
def test_a_table_has_all_in_the_readers_language_with_the_codes(client, content, extension):
    (row,) = rows(client, extension, "country=KZ", "ru")
    told = {name: str(value) for name, value in row.items() if value}
    given = {
        "Заголовок": "Школы в сети", "Краткое описание": "У каждой школы есть линия; вот так.", "Страна": "Казахстан",
        "Год начала": "2020", "Год окончания": "2024", "Диапазон стоимости": "До 10\u00a0000", "Широта": "51.16",
        "Долгота": "-71.43", "Страны, перенявшие практику": "Таджикистан", "Практика-образец": "Teachers online",
        "Ведущая организация": "Ministry of Connection", "Проблема": "Few were connected.", "Лицензия текста": "CC BY 4.0",
        "Партнёры": "University, Trains; Telecom", "Показатели": "Schools, 41 → 97 %, 2025",
        "Источники": "Annual report, Ministry, 2025",
    }  # fmt: skip
    assert told.items() >= given.items()
    assert {"KZ", "TJ", "4; 9", "under-10k", "cc-by-4.0", "digital-skills", "en; ru", "ongoing"} <= set(
        told.values()
    )
    assert told["Дата последней проверки"].startswith("2026-01-31")
    permanent = f"http://127.0.0.1:8000/p/{content.translation_key}"
    assert {permanent, "http://127.0.0.1:8000/ru/practices/kazakhstan/schools-online/"} <= set(told.values())


def test_json_has_codes_with_labels_under_names_that_stay(client, content):
    practice = next(p for p in json.loads(body(client, "json", "", "ru")) if p["languages"] == ["en", "ru"])
    assert list(practice) == [
        "key", "kind", "language", "languages", "original", "title", "summary", "address", "permanent", "codes",
        "facts", "texts", "parts", "year", "first_published", "changed", "adopted_by", "origin", "licence_address",
    ]  # fmt: skip
    assert practice["codes"]["country"] == [{"code": "KZ", "label": "Казахстан"}]
    assert practice["facts"]["cost_range"] == {"code": "under-10k", "label": "До 10\u00a0000"}
    assert practice["facts"]["end_year"] == 2024
    assert practice["year"] == 2020
    assert practice["parts"]["partners"][0] == {"name": "University", "contribution": "Trains"}
    assert practice["origin"]["title"] == "Teachers online"


@BOTH
def test_no_cell_is_a_formula(client, extension):
    formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "#N/A"]
    records([{"summary": formula} for formula in [*formulas, "\x01=1+1"]])
    told = {row["Summary"] for row in rows(client, extension)}
    if extension == "csv":
        assert told == {f"'{formula}" for formula in formulas[:-1]} | {"#N/A"}
        return
    sheet = load_workbook(io.BytesIO(body(client, "xlsx"))).active
    cells = [row[4] for row in sheet.iter_rows(min_row=2)]
    assert told == set(formulas)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)


@BOTH
def test_characters_that_a_table_cannot_hold_are_left_out(client, extension):
    records([{"summary": 'a\x01b\x0bc\uffffd\x1f\ne, "f"'}])
    (row,) = rows(client, extension)
    assert row["Summary"] == 'abcd\ne, "f"'


def test_excel_reads_the_csv_as_utf_8(client, content):
    file = body(client, "csv", "", "ru")
    assert file.startswith(b"\xef\xbb\xbfKey") or file.startswith("\ufeffКлюч".encode())
    assert file.count(b"\r\n") == 3


def test_a_file_says_what_it_is(client, content):
    for extension, kind in zip(
        FORMS,
        ["text/csv; charset=utf-8",
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
         "application/json", "application/x-bibtex; charset=utf-8",
         "application/x-research-info-systems; charset=utf-8"], strict=True,
    ):  # fmt: skip
        response = client.get(f"/ru/search/export.{extension}")
        assert response["Content-Type"] == kind
        assert response["Content-Disposition"].startswith('attachment; filename="speca-practices-20')
        assert response["Content-Disposition"].endswith(f'.{extension}"')
        assert response["Cache-Control"] == "no-cache"
        response.getvalue()  # to the end, which closes it


@pytest.mark.parametrize("extension", ["pdf", "CSV", "csv.exe", "%D1%86"])
def test_another_form_is_not_found(client, tree, extension):
    assert client.get(f"/en/search/export.{extension}").status_code == 404


@pytest.mark.parametrize("extension", FORMS)
def test_asking_only_for_the_head_leaves_nothing_empty_behind(client, content, extension):
    head = client.head(f"/en/search/export.{extension}")
    assert head.status_code == 200
    assert head.getvalue() == b""
    assert len(titles(client, extension)) == 2


def test_it_is_compressed_piece_by_piece(client, content):
    packed = body(client, "csv", **{"accept-encoding": "gzip"})
    assert gzip.decompress(packed) == body(client, "csv")


def test_the_page_offers_the_whole_answer_and_keeps_the_query(client, content):
    html = client.get("/ru/search/?q=school&country=KZ&sort=title").content.decode()
    for extension in FORMS:
        assert (
            f'href="/ru/search/export.{extension}?q=school&amp;country=KZ&amp;sort=title" rel="nofollow"'
            in html
        )

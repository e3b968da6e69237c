"""The API's contract."""

import pytest
from django.conf import settings

from tests.factories import a_practice, a_translation

pytestmark = pytest.mark.django_db

ANSWER = {
    "total",
    "page",
    "pages",
    "engine",
    "degraded",
    "items",
    "facets",
    "suggestion",
    "synonyms",
    "notices",
}
ITEM = {
    "key",
    "kind",
    "title",
    "summary",
    "url",
    "language",
    "countries",
    "themes",
    "sdgs",
    "status",
    "year",
    "highlights",
}
FACETS = [
    "kind",
    "country",
    "theme",
    "sdg",
    "status",
    "evidence",
    "beneficiary",
    "scope",
    "type",
    "language",
    "year",
    "tag",
]


def ask(client, **parameters):
    return client.get("/api/v1/search", parameters).json()


@pytest.fixture
def broadband(tree):
    return a_practice(
        tree.section("kazakhstan"),
        title="Rural <b>broadband</b>",
        themes=["digital-connectivity"],
        start_year=2020,
        tags=["fibre"],
    )


def test_more_than_sixty_values_are_refused(client, broadband):
    response = client.get("/api/v1/search", {"tag": [f"t{number}" for number in range(61)]})
    assert response.status_code == 422
    (told,) = response.json()["detail"]
    assert (told["field"], told["value"]) == ("tag", "t60")
    assert "60" in told["reason"]


def test_the_shape_of_an_answer(client, broadband):
    answer = ask(client, q="broadband")
    assert set(answer) == ANSWER
    assert list(answer["facets"]) == FACETS
    (item,) = answer["items"]
    assert set(item) == ITEM
    assert (item["key"], item["countries"], item["status"], item["year"]) == (
        str(broadband.translation_key),
        ["KZ"],
        "ongoing",
        2020,
    )
    assert item["url"].startswith(f"{settings.SITE_ADDRESS}/en/practices/kazakhstan/")
    assert item["highlights"]["title"] == "Rural &lt;b&gt;<mark>broadband</mark>&lt;/b&gt;"
    assert answer["facets"]["country"] == [
        {"value": "KZ", "label": "Kazakhstan", "count": 1, "selected": False}
    ]


def test_the_language_of_the_answer(client, tree, broadband):
    a_translation(broadband, title="Сельская связь", summary="Кратко")
    only_english = a_practice(tree.section("tajikistan"), title="Only English")
    items = {item["key"]: item for item in ask(client, lang="ru")["items"]}
    assert items[str(broadband.translation_key)]["title"] == "Сельская связь"
    other = items[str(only_english.translation_key)]
    url = f"{settings.SITE_ADDRESS}/ru/practices/tajikistan/only-english/"
    assert (other["language"], other["url"]) == ("en", url)
    labels = {v["value"]: v["label"] for v in ask(client, lang="ru")["facets"]["country"]}
    assert labels["KZ"] == "Казахстан"


def test_a_chosen_value_is_listed_at_zero(client, broadband):
    values = ask(client, q="nowhere", country="KZ")["facets"]["country"]
    assert values == [{"value": "KZ", "label": "Kazakhstan", "count": 0, "selected": True}]


def test_suggestions_in_both_alphabets(client, tree, broadband):
    a_translation(broadband, title="Сельская связь", summary="Кратко", tags=["fibre"])

    def texts(q, lang="en"):
        return [
            s["text"] for s in client.get("/api/v1/suggest", {"q": q, "lang": lang}).json()["suggestions"]
        ]

    assert "Kazakhstan" in texts("kaz")
    assert "Kazakhstan" in texts("каз")
    assert "Казахстан" in texts("каз", "ru")
    assert "fibre" in texts("fib")
    assert "Rural <b>broadband</b>" in texts("broad ru")
    assert "Сельская связь" in texts("сель", "ru")
    assert texts("k") == texts("zzz") == []


def test_the_description_is_where_it_should_be(client):
    description = client.get("/api/v1/openapi.json").json()
    assert {"/api/v1/search", "/api/v1/suggest"} <= set(description["paths"])
    names = [p["name"] for p in description["paths"]["/api/v1/search"]["get"]["parameters"]]
    assert names == ["q", *FACETS, "all", "year_from", "year_to", "synonyms", "sort", "page", "size", "lang"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_page_for_people_names_every_parameter_at_the_portals_own_address(client, settings, language):
    settings.SITE_ADDRESS = "https://portal.example/"
    page = client.get(f"/api/v1/docs?lang={language}").content.decode()
    assert f'<html lang="{language}"' in page
    assert all(f'<th scope="row"><code>{name}</code></th>' in page for name in [*FACETS, "q", "all", "size"])
    assert "curl &#x27;https://portal.example/api/v1/search?" in page
    assert client.get("/api/v1/docs?lang=zz").status_code == 200


def test_a_draft_is_nowhere(client, tree, broadband):
    a_practice(tree.section("kazakhstan"), title="Secret plan", live=False, tags=["unheard"])
    for address in (
        "/api/v1/search",
        "/api/v1/search?q=secret",
        "/api/v1/suggest?q=secr",
        "/en/search/?q=secret",
        "/sitemap.xml",
    ):
        body = client.get(address).content.decode()
        assert "Secret plan" not in body
        assert "unheard" not in body

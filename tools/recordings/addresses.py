"""Where a recording begins: each kind of public answer, in both languages, with plain, odd and broken queries."""

from collections.abc import Iterator

from wagtail.models import Page

LANGUAGES = ("en", "ru")
QUERIES = [
    "",
    "q=rural+broadband",
    "q=сельский",
    "q=%22digital+skills%22",
    "q=internet+-school",
    "q=brodband",
    "q=nothing-has-this-wörd",
    "q=%22",
    "country=KZ",
    "country=KZ&country=TJ",
    "theme=e-resilience&sort=title",
    "theme=e-resilience&status=ongoing",
    "beneficiary=women&beneficiary=youth&all=beneficiary",
    "sdg=9&sort=year",
    "evidence=2",
    "scope=national&language=ru",
    "type=platform&year=2020",
    "year_from=2018&year_to=2021",
    "year_from=2022&year_to=2019",
    "tag=cost-low",
    "kind=practice&q=school&sort=newest",
    "q=school&page=2",
    "page=999",
    "country=XX&sort=sideways&size=7&utm_source=mail",
]
FORMATS = ("csv", "xlsx", "json", "bib", "ris")
FORMS = ("contact", "report", "adopted", "contact/sent", "report/sent", "adopted/sent")
FILES = ("citation.bib", "citation.ris", "citation.json", "brief.pdf")
OAI = [
    "verb=Identify",
    "verb=ListMetadataFormats",
    "verb=ListSets",
    "verb=ListIdentifiers&metadataPrefix=oai_dc",
    "verb=ListRecords&metadataPrefix=oai_dc",
    "verb=ListRecords&metadataPrefix=oai_datacite",
    "verb=ListRecords&metadataPrefix=oai_dc&set=country:KZ",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:none",
    "verb=Nonsense",
    "verb=ListRecords&resumptionToken=broken",
    "",
]
API = ("openapi.json", "docs", "vocabularies", "practices", "nothing")


def record_keys() -> list[str]:
    """The key of each public practice, in order."""
    pages = Page.objects.live().specific().filter(content_type__model="practicepage").order_by("pk")
    return sorted({str(page.translation_key) for page in pages})


def public_seeds() -> Iterator[str]:
    """URLs that a visitor may ask for."""
    keys = record_keys()
    yield from (
        "/",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap-1.xml",
        "/-/live",
        "/-/ready",
        "/en/no-such-page/",
        "/no-language/",
    )
    yield from (f"/oai?{query}" for query in OAI)
    yield from (f"/api/v1/{name}" for name in API)
    yield from (f"/api/v1/search?{query}" for query in QUERIES)
    yield from (f"/api/v1/search?{query}&lang=ru&size=3" for query in QUERIES)
    yield from (f"/api/v1/suggest?q={typed}" for typed in ("ru", "ka", "ка", "", "e"))
    for key in [*keys, "00000000-0000-4000-8000-000000000000"]:
        yield from (f"/p/{key}", f"/api/v1/records/{key}", f"/api/v1/records/{key}?lang=ru")
    for language in LANGUAGES:
        yield f"/{language}/"
        for query in QUERIES:
            yield f"/{language}/search/?{query}"
            yield f"/{language}/search/feed/?{query}"
            yield from (f"/{language}/search/export.{name}?{query}" for name in FORMATS)
        yield f"/{language}/search/export.doc"
        yield from (
            f"/{language}/search/gaps/{query}"
            for query in ("", "?by=status", "?by=evidence&theme=e-resilience")
        )
        yield from (f"/{language}/search/{name}" for name in ("gaps.csv", "finder/", "compare/"))
        yield f"/{language}/search/compare/?" + "&".join(f"key={key}" for key in keys[:3])
        yield f"/{language}/alerts/new/?q=rural&country=KZ"
        for key in keys:
            yield from (f"/{language}/record/{key}/{name}/" for name in FORMS)
            yield from (f"/{language}/record/{key}/{name}" for name in FILES)


def admin_seeds() -> Iterator[str]:
    """URLs that each account asks for; what it may not see is recorded as refused."""
    yield from (
        "/admin/",
        "/admin/pages/",
        "/admin/reports/search/",
        "/admin/guide/",
        "/admin/account/",
        "/admin/login/",
    )
    yield from (
        f"/admin/pages/{pk}/edit/" for pk in Page.objects.order_by("pk").values_list("pk", flat=True)[:400:6]
    )

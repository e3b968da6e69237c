"""The documentation page of the API, at one URL in both languages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from api.parameters import QUERY_PARAMETERS
from core.alternates import absolute
from core.language_codes import LANGUAGE_CODES
from indexing.facets import FACETS
from taxonomy.choices import LICENCE_URLS, ContentLicence

ADDRESS = "/api/v1/docs"
# A practice of `make run`, in the examples.
EXAMPLE_KEY = "d19bf5ee-6d9f-556d-a6a9-6dd90dc42e80"


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Render the page in the language of `?lang=`, else in English."""
    requested = request.GET.get("lang", "")
    language = requested if requested in LANGUAGE_CODES else LANGUAGE_CODES[0]
    with override(language):
        return render(request, "pages/api_docs.html", _context(language))


def _context(language: str) -> dict[str, object]:
    return {
        "alternates": [
            {"language": code, "url": f"{ADDRESS}?lang={code}", "exists": True} for code in LANGUAGE_CODES
        ],
        "canonical_url": f"{ADDRESS}?lang={language}",
        "site": absolute("/").rstrip("/"),
        "key": EXAMPLE_KEY,
        "parameters": _parameters(),
        "errors": _errors(),
        "limit": settings.API_REQUESTS_A_MINUTE,
        "licence_url": LICENCE_URLS[ContentLicence.CC_BY],
    }


def _parameters() -> list[dict[str, str]]:
    descriptions = {
        "q": gettext(
            "Words, “a phrase”, prefix*, -excluded; in English or in Russian. At most 200 characters are read."
        ),
        "all": gettext("A facet of which a practice must have every chosen value, not just any of them."),
        "year_from": gettext("The first start year, itself included."),
        "year_to": gettext("The last start year, itself included."),
        "synonyms": gettext("0 searches for the words as they are, without their synonyms."),
        "sort": gettext(
            "relevance, newest, title or year. Without it: by relevance where there is a text, else newest first."
        ),
        "page": gettext("The page of the results, up to the 10,000th result."),
        "size": gettext("How many practices a page has, 1 to 100; 20 without it."),
        "lang": gettext("The language of the answer, en or ru; en without it."),
    } | {name: str(facet.label) for name, facet in FACETS.items()}
    return [
        {
            "name": parameter["name"],
            "words": descriptions[parameter["name"]],
            "example": _example(parameter["name"], parameter["example"]),
        }
        for parameter in QUERY_PARAMETERS
    ]


def _example(name: str, example: object) -> str:
    values = example if isinstance(example, list) else [example]
    return "&".join(f"{name}={value}" for value in values)


def _errors() -> list[tuple[str, str]]:
    return [
        ("400", gettext("The address is longer than 4 kB, or has more than 1,000 parameters.")),
        ("404", gettext("Nothing has this name, or it is not public.")),
        ("405", gettext("Read-only: only GET and HEAD are supported.")),
        ("410", gettext("This practice was withdrawn; the answer says why and what replaces it.")),
        ("422", gettext("A parameter was not understood; the answer says which, and why.")),
        ("429", gettext("Too many requests; ask again after as many seconds as Retry-After says.")),
    ]

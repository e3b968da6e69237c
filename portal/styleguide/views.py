"""A page of all components, for developers of templates and stylesheets; only under `make dev`."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.language_codes import LANGUAGE_CODES
from portal.styleguide.examples import EXAMPLES, Example


@dataclass(frozen=True)
class Rendering:
    """A component rendered in one language; one piece per variant."""

    language: str
    pieces: list[SafeString]


@never_cache
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component in each language, grouped by stylesheet."""
    groups = [
        (
            stylesheet,
            [
                (example, [_rendering(example, language) for language in LANGUAGE_CODES])
                for example in examples
            ],
        )
        for stylesheet, examples in groupby(EXAMPLES, key=lambda example: example.stylesheet)
    ]
    with override("en"):  # the text between the components is for developers
        return render(request, "styleguide/styleguide.html", {"groups": groups})


def _rendering(example: Example, language: str) -> Rendering:
    with override(language):
        context = example.context(language)
        variants = context if isinstance(context, list) else [context]
        pieces = [render_to_string(f"components/{example.template}", variant) for variant in variants]
        return Rendering(language, pieces)

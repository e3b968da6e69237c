"""What the front page repeats of searches, in the report on use: the secretariat keeps a text off it, and lets it back."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from core.versions import next_version
from insights.searched_texts import popular_searches
from usage.facts import LONGEST_TEXT
from usage.models import HiddenText


@dataclass(frozen=True)
class FrontPageTexts:
    """The searches that a language's front page may show, and those kept off it."""

    language: str
    label: str
    shown: list[str]
    hidden: list[str]


class HiddenTextForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)
    text = forms.CharField(max_length=LONGEST_TEXT)
    is_hidden = forms.BooleanField(required=False)


def front_page_texts() -> list[FrontPageTexts]:
    """Return the texts of each language that has any."""
    texts = [
        FrontPageTexts(
            code,
            str(name),
            [query.q for query in popular_searches(code)],
            list(HiddenText.objects.filter(language=code).values_list("text", flat=True)),
        )
        for code, name in settings.LANGUAGES
    ]
    return [one for one in texts if one.shown or one.hidden]


@require_POST
@transaction.atomic
def set_hidden(request: HttpRequest) -> HttpResponse:
    """Keep a text off the front page, or let it back."""
    form = HiddenTextForm(request.POST)
    if form.is_valid():
        language, text = form.cleaned_data["language"], form.cleaned_data["text"]
        if form.cleaned_data["is_hidden"]:
            HiddenText.objects.get_or_create(language=language, text=text)
            message = _("“%(text)s” is no longer shown on the front page.")
        else:
            HiddenText.objects.filter(language=language, text=text).delete()
            message = _("“%(text)s” may be shown on the front page again.")
        next_version()  # the list and cached pages depend on the content version
        messages.success(request, message % {"text": text})
    return redirect("usage_admin:report")

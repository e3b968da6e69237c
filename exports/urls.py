"""URLs of exports, below the language."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from exports.views.feed import search_feed
from exports.views.files import export
from exports.views.record import FORMATS, brief, citation, record_brief

FILES = {"record-brief": "brief.pdf"} | {
    f"citation-{extension}": f"citation.{extension}" for extension in FORMATS
}

app_name = "exports"
urlpatterns = [
    path("search/export.<str:extension>", export, name="export"),
    path("search/feed/", search_feed, name="feed"),
    # As it was until the brief stood beside the page.
    path("record/<uuid:key>/brief.pdf", record_brief, name="record-brief"),
    *(
        path(f"record/<uuid:key>/citation.{name}", citation, {"extension": name}, name=f"citation-{name}")
        for name in FORMATS
    ),
    # URLs from when every record was a practice: papers and reference managers contain them.
    *(
        path(
            f"practice/<uuid:key>/{file}",
            RedirectView.as_view(pattern_name=f"exports:{name}", permanent=True, query_string=True),
            name=f"former-{name}",
        )
        for name, file in FILES.items()
    ),
    # Below the page of any record.
    re_path(r"^(?P<page>(?:[\w-]+/)+)brief\.pdf$", brief, name="brief"),
]

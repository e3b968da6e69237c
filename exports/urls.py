"""URLs of exports, below the language."""

from django.urls import path

from exports.views.feed import search_feed
from exports.views.files import export
from exports.views.record import FORMATS, citation, practice_brief

app_name = "exports"
urlpatterns = [
    path("search/export.<str:extension>", export, name="export"),
    path("search/feed/", search_feed, name="feed"),
    path("practice/<uuid:key>/brief.pdf", practice_brief, name="brief"),
    *(
        path(f"practice/<uuid:key>/citation.{name}", citation, {"extension": name}, name=f"citation-{name}")
        for name in FORMATS
    ),
]

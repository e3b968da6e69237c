"""Addresses of the search room, below the language."""

from django.urls import path

from search.views.compare import compare_page
from search.views.exports import export
from search.views.feed import search_feed
from search.views.finder import finder_page
from search.views.gaps import gaps_csv, gaps_page
from search.views.page import search_page
from search.views.practice import FORMATS, citation, practice_brief

app_name = "search"
urlpatterns = [
    path("search/", search_page, name="page"),
    path("search/export.<str:extension>", export, name="export"),
    path("search/feed/", search_feed, name="feed"),
    path("search/compare/", compare_page, name="compare"),
    path("practice/<uuid:key>/brief.pdf", practice_brief, name="brief"),
    *(
        path(f"practice/<uuid:key>/citation.{name}", citation, {"extension": name}, name=f"citation-{name}")
        for name in FORMATS
    ),
    path("search/finder/", finder_page, name="finder"),
    path("search/gaps/", gaps_page, name="gaps"),
    path("search/gaps.csv", gaps_csv, name="gaps-csv"),
]

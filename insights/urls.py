"""URLs of insights, below the language."""

from django.urls import path

from insights.views.comparison import compare_page
from insights.views.finder import finder_page
from insights.views.gaps import gaps_csv, gaps_page

app_name = "insights"
urlpatterns = [
    path("search/compare/", compare_page, name="compare"),
    path("search/finder/", finder_page, name="finder"),
    path("search/gaps/", gaps_page, name="gaps"),
    path("search/gaps.csv", gaps_csv, name="gaps-csv"),
]

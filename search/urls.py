"""URLs of search, below the language."""

from django.urls import path

from search.views.page import search_page

app_name = "search"
urlpatterns = [path("search/", search_page, name="page")]

"""URLs of practices beside its pages, below the language."""

from django.urls import path

from practices.review_links import review

app_name = "practices"
urlpatterns = [path("review/<str:token>/", review, name="review")]

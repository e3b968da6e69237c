"""URLs of alerts, below the language. That of the one click has none (portal.urls)."""

from django.urls import path

from alerts.views import asking, managing

app_name = "alerts"
urlpatterns = [
    path("alerts/new/", asking.new, name="new"),
    path("alerts/asked/", asking.asked, name="asked"),
    path("alerts/<str:token>/", managing.manage, name="manage"),
]

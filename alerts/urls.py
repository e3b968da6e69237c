"""URLs of alerts, below the language. That of the one click has none (portal.urls)."""

from django.urls import path

from alerts.views import managing, subscribing

app_name = "alerts"
urlpatterns = [
    path("alerts/new/", subscribing.new, name="new"),
    path("alerts/asked/", subscribing.link_sent, name="asked"),
    path("alerts/<str:token>/", managing.manage, name="manage"),
]

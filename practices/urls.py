"""URLs of practices beside its pages, below the language."""

from django.urls import path

from practices.models.message import Kind
from practices.review_links import review
from practices.views import messages

app_name = "practices"
urlpatterns = [
    path("practice/<uuid:key>/contact/", messages.write, {"kind": Kind.CONTACT}, name="contact"),
    path("practice/<uuid:key>/report/", messages.write, {"kind": Kind.REPORT}, name="report"),
    path("practice/<uuid:key>/adopted/", messages.write, {"kind": Kind.ADOPTION}, name="adopted"),
    path("practice/<uuid:key>/contact/sent/", messages.sent, {"kind": Kind.CONTACT}, name="contact-sent"),
    path("practice/<uuid:key>/report/sent/", messages.sent, {"kind": Kind.REPORT}, name="report-sent"),
    path("practice/<uuid:key>/adopted/sent/", messages.sent, {"kind": Kind.ADOPTION}, name="adopted-sent"),
    path("review/<str:token>/", review, name="review"),
]

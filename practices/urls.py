"""URLs of practices beside its pages, below the language."""

from django.urls import path
from django.views.generic import RedirectView

from practices.models.message import Kind
from practices.review_links import review
from practices.views import messages

FORMS = {"contact": Kind.CONTACT, "report": Kind.REPORT, "adopted": Kind.ADOPTION}

app_name = "practices"
urlpatterns = [
    *(
        path(f"record/<uuid:key>/{name}/", messages.write, {"kind": kind}, name=name)
        for name, kind in FORMS.items()
    ),
    *(
        path(f"record/<uuid:key>/{name}/sent/", messages.sent, {"kind": kind}, name=f"{name}-sent")
        for name, kind in FORMS.items()
    ),
    path("review/<str:token>/", review, name="review"),
    # As they were while every record was a practice: they stand in e-mails, bookmarks and open windows.
    *(
        path(
            f"practice/<uuid:key>/{name}/",
            messages.write_at_former_url,
            {"kind": kind},
            name=f"former-{name}",
        )
        for name, kind in FORMS.items()
    ),
    *(
        path(
            f"practice/<uuid:key>/{name}/sent/",
            RedirectView.as_view(pattern_name=f"practices:{name}-sent", permanent=True, query_string=True),
            name=f"former-sent-{name}",
        )
        for name in FORMS
    ),
]

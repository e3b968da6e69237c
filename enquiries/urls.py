"""URLs of the forms by which readers write about a record, below the language."""

from django.urls import path
from django.views.generic import RedirectView

from enquiries import views
from enquiries.models import MessageKind

FORMS = {"contact": MessageKind.CONTACT, "report": MessageKind.REPORT, "adopted": MessageKind.ADOPTION}

app_name = "enquiries"
urlpatterns = [
    *(
        path(f"record/<uuid:key>/{name}/", views.write, {"kind": kind}, name=name)
        for name, kind in FORMS.items()
    ),
    *(
        path(f"record/<uuid:key>/{name}/sent/", views.sent, {"kind": kind}, name=f"{name}-sent")
        for name, kind in FORMS.items()
    ),
    # As they were while every record was a practice: they stand in e-mails, bookmarks and open windows.
    *(
        path(
            f"practice/<uuid:key>/{name}/",
            views.write_at_former_url,
            {"kind": kind},
            name=f"former-{name}",
        )
        for name, kind in FORMS.items()
    ),
    *(
        path(
            f"practice/<uuid:key>/{name}/sent/",
            RedirectView.as_view(pattern_name=f"enquiries:{name}-sent", permanent=True, query_string=True),
            name=f"former-sent-{name}",
        )
        for name in FORMS
    ),
]

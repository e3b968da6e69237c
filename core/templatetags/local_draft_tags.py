"""The scripts that keep what is typed in the admin."""

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from core.local_drafts import ID_FIELD, RESTORE_FIELD, RESTORED_TAG, SAVED_COOKIE, draft_id, session_of

register = template.Library()


@register.inclusion_tag("core/admin/local_drafts.html", takes_context=True)
def local_drafts(context: Context) -> dict[str, object]:
    """Return nothing for a page that one sees without being signed in."""
    request = context.get("request")
    if not request or not request.user.has_perm("wagtailadmin.access_admin"):
        return {"config": None}
    config = {
        "session": session_of(request),
        "returned": draft_id(request),
        "idField": ID_FIELD,
        "restoreField": RESTORE_FIELD,
        "restoredTag": RESTORED_TAG,
        "savedCookie": SAVED_COOKIE,
        "sessionUrl": reverse("local_drafts_session"),
        "signInUrl": reverse("account_login"),
        "signOutUrl": reverse("wagtailadmin_logout"),
        "homeUrl": reverse("wagtailadmin_home"),
        "texts": _texts(),
    }
    return {"config": config}


def _texts() -> dict[str, str]:
    return {
        "offline": _("You are offline. Your text is kept in this browser."),
        "offlineNoStorage": _(
            "You are offline, and this browser cannot keep your text. Leave this page open until you are online again."
        ),
        "noStorage": _("This browser cannot keep what you type. Save often."),
        "signedOut": _("You are signed out. Sign in in another tab; your text stays here."),
        "otherUser": _(
            "Somebody else has signed in in this browser. To save, sign in as yourself in another tab; your text stays here."
        ),
        "newerVersion": _("A newer version has been saved. Your text stays here; it is not saved yet."),
        "seeAbove": _("See the message at the top of the page."),
        "signIn": _("Sign in"),
        "title": _("Text that has not been saved"),
        "typed": _("Typed on %s and kept in this browser."),
        "field": _("Field"),
        "kept": _("Kept in this browser"),
        "onServer": _("Saved on the server"),
        "inForm": _("In the form now, not saved"),
        "empty": _("Empty"),
        "restore": _("Restore"),
        "restoredSaved": _("The text kept in this browser is in the form again, and is saved."),
        "discard": _("Discard"),
        "askDiscard": _("Discard the text typed on %s? It cannot be brought back."),
        "signOut": _(
            "Some text has not been saved and is only in this browser:\n%s\nIf you sign out, it is deleted. Sign out?"
        ),
    }

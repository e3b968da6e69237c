"""Run by `manage.py shell` on a database as it was before practices had organisations: what two records may have held.

Tunduk: a translation that still has the original's line of two organisations, and its partner on purpose. Suusamyr: a
translation of a line that the original has changed since. Printed: what the tables say, as JSON.
"""

import json

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from practices.fingerprints import digest, words_digest

state = MigrationExecutor(connection).loader.project_state(("practices", "0013_messages_to_enquiries"))
Page = state.apps.get_model("practices", "PracticePage")
Revision = state.apps.get_model("wagtailcore", "Revision")
Comment = state.apps.get_model("wagtailcore", "Comment")
LINE, OLD_LINE = "Ministry of Digital Development; e-Governance Academy", "Village of Suusamyr"
PARTNERS = [
    {"type": "partner", "id": "p1", "value": {"name": "Regional university", "contribution": "Trains"}}
]
PARTNERS_PRINT = digest(json.dumps([["partner", PARTNERS[0]["value"]]]))
NO_PARTNERS_PRINT = digest("[]")
PARTNER_WORDS = words_digest("Regional university\nTrains")
SLUGS = ("tunduk-kyrgyzstan", "suusamyr-community-network")


def pages(slug):
    return [Page.objects.get(slug=slug, locale__language_code=language) for language in ("en", "ru")]


def draft(page, **fields):
    """A revision with these fields, newer than all others."""
    newest = Revision.objects.filter(object_id=str(page.pk)).order_by("-created_at", "-pk").first()
    newest.pk, newest.content = None, newest.content | fields
    newest.save()
    Page.objects.filter(pk=page.pk).update(latest_revision=newest, has_unpublished_changes=True)


def write():
    original, translation = pages(SLUGS[0])
    Page.objects.filter(pk=original.pk).update(lead_organisation=LINE, partners=PARTNERS)
    memory = {
        "source_fingerprints": {
            "title": ["t", "t", []],
            "lead_organisation": [digest(LINE), digest(LINE), [words_digest(LINE)]],
            "partners": [PARTNERS_PRINT, PARTNERS_PRINT, [PARTNER_WORDS]],
            "ticked": {
                "since": translation.live_revision_id,
                "parts": {"lead_organisation": digest(LINE), "partners": PARTNERS_PRINT},
            },
        },
        "same_on_purpose": {"partners": [PARTNER_WORDS]},
    }
    copied = {"lead_organisation": LINE, "partners": PARTNERS}
    Page.objects.filter(pk=translation.pk).update(**copied, **memory)
    draft(translation, lead_organisation=f"{LINE}; Третья", partners=json.dumps(PARTNERS), **memory)
    Comment.objects.create(page_id=original.pk, user_id=1, text="?", contentpath="lead_organisation")
    Comment.objects.create(page_id=original.pk, user_id=1, text="?", contentpath="partners.p1.contribution")

    original, translation = pages(SLUGS[1])
    draft(original, lead_organisation=OLD_LINE, partners="[]")
    own = digest(translation.lead_organisation)
    fingerprints = {
        "lead_organisation": [digest(OLD_LINE), own, []],
        "partners": [NO_PARTNERS_PRINT, NO_PARTNERS_PRINT, []],
        "behind": {"lead_organisation": digest(original.lead_organisation)},
    }
    Page.objects.filter(pk=translation.pk).update(source_fingerprints=fingerprints)


if not Comment.objects.exists():
    write()
rows = [
    [page.lead_organisation, list(page.partners.raw_data), page.source_fingerprints, page.same_on_purpose]
    for slug in SLUGS
    for page in pages(slug)
]
contents = [
    Revision.objects.get(pk=page.latest_revision_id).content for slug in SLUGS for page in pages(slug)
]
names = ("lead_organisation", "same_on_purpose", "organisations")
# The rest of a draft's fingerprints is the row's (practices.translations).
drafts = [
    [content["source_fingerprints"].get("ticked"), json.loads(content["partners"]), *map(content.get, names)]
    for content in contents
]
paths = sorted(Comment.objects.values_list("contentpath", flat=True))
print(json.dumps([rows, drafts, paths], sort_keys=True))

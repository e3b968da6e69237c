"""Drafts in review, each by its author, so that the secretariat has work."""

from typing import Any

from django.db import transaction

from accounts.models import User
from home.demo.existing import not_made_yet
from home.demo.files import read
from home.demo.practices import common_fields, section, texts
from practices.models import PracticePage


def authors() -> set[str]:
    return {row["owner"] for row in read("drafts")["drafts"]}


def load() -> None:
    """Write the drafts that were never made here and ask for their review."""
    rows = not_made_yet(read("drafts")["drafts"], "practice", "title")
    contact = read("practices")["contact"] if rows else {}
    for row in rows:
        _ask_for_review(row, contact)


@transaction.atomic
def _ask_for_review(row: dict[str, Any], contact: dict[str, str]) -> None:
    language = row["original_language"]
    author = User.objects.get(username=row["owner"])
    page = PracticePage(
        **common_fields(row, contact, language),
        **texts(row),
        lead_organisation=row["organisation"],
        place=row["place"] or "",
        owner=author,
        live=False,
    )
    page.tags.add(*row["tags"])
    section(row["section"], language).add_child(instance=page)
    page.save_revision(user=author, log_action=True)
    page.get_workflow().start(page, author)

"""Demo drafts in review, each by its author."""

from typing import Any

from django.db import transaction

from accounts.models import User
from home.demo.existing import rows_to_load
from home.demo.files import read
from home.demo.practices import common_fields, leads, section, texts
from practices.models import PracticePage


def authors() -> set[str]:
    return {row["owner"] for row in read("drafts")["drafts"]}


def load() -> None:
    """Create the drafts that have never been loaded and submit them for review."""
    rows = rows_to_load(read("drafts")["drafts"], "practice", "title")
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
        organisations=leads(row["organisation"]),
        place=row["place"] or "",
        owner=author,
        live=False,
    )
    page.tags.add(*row["tags"])
    section(row["section"], language).add_child(instance=page)
    page.save_revision(user=author, log_action=True)
    page.get_workflow().start(page, author)

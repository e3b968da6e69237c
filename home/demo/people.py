"""Demo accounts, one for each role, with a common password. They can sign in only if DEMO_ACCOUNTS is on."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.users.models import UserProfile

from accounts.models import User
from home.demo.files import read
from taxonomy.models import Country

PASSWORD = "demo-portal-2026"


def load(usernames: Iterable[str] | None = None) -> None:
    """Create the missing accounts, or only those in `usernames`."""
    rows = {row["username"]: row for row in read("users")["users"]}
    requested = set(rows if usernames is None else usernames)
    missing = requested - set(User.objects.filter(username__in=requested).values_list("username", flat=True))
    if not missing:
        return
    password = make_password(PASSWORD)  # once for all accounts, since it is slow by design
    for username in (name for name in rows if name in missing):
        _make(rows[username], password)


def table() -> list[tuple[str, str, str]]:
    """Return (username, password, roles) of each demo account, in the order of the file."""
    users = User.objects.filter(is_demo=True).prefetch_related("groups").in_bulk(field_name="username")
    accounts = [users[row["username"]] for row in read("users")["users"] if row["username"] in users]
    return [
        (user.username, PASSWORD, ", ".join(group.name for group in user.groups.all())) for user in accounts
    ]


@transaction.atomic
def _make(row: dict[str, Any], password: str) -> None:
    country = Country.objects.get(code=row["country"]) if row["country"] else None
    names = {name: row[name] for name in ("username", "email", "first_name", "last_name")}
    user = User.objects.create(**names, password=password, country=country, is_demo=True)
    user.groups.set([Group.objects.get(name=name) for name in row["groups"]])
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = row["language"]
    profile.save()

"""The permanent URL of a record, of whatever kind, and the one spelling of URLs with a key."""

import re
from uuid import UUID

from django.urls import Resolver404, ResolverMatch, resolve, reverse

# A UUID as RFC 9562 and other systems write it: with hyphens or without, in braces, as a URN; in capitals or small letters.
KEY = re.compile(
    r"(?<=/)(?:urn:uuid:)?\{?([0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12})\}?(?=/|$)",
    re.ASCII | re.IGNORECASE,
)


def permanent_path(key: UUID) -> str:
    """Return the short path that does not depend on the record's title, place in the tree or language."""
    return reverse("permanent", args=[key])


def canonical_path(path: str) -> str:
    """Return the path with its key in the one spelling, with or without a final slash as its view has it.

    "" if no view with a key answers there.
    """
    spelled = KEY.sub(lambda match: str(UUID(match[1])), path)
    stem = spelled.rstrip("/")
    return next((one for one in (spelled, stem, f"{stem}/") if key_of_path(one)), "")


def key_of_path(path: str) -> str:
    """Return the key in a path that a view with a key answers, else ""."""
    try:
        return key_of_match(resolve(path))
    except Resolver404:
        return ""


def key_of_match(match: ResolverMatch | None) -> str:
    """Return the key that a view takes as its argument, else "". Sign-in has arguments of this name that are no UUIDs."""
    key = f"/{match.kwargs.get('key', '')}" if match else ""
    return key[1:] if KEY.fullmatch(key, 1) else ""

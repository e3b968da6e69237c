"""Storage of renditions: unguessable names, and URLs that the portal serves itself."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import PurePosixPath

from django.core import signing
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

# 128 random bits between the readable part of the name and the extension.
SECRET_NAME = re.compile(r"\.[0-9a-f]{32}\.\w+$")
LONGEST_STEM = 50
SALT = "core.pictures.storage"
# Time in which the reader of a draft must load its pictures, including lazy ones.
SECONDS_SIGNED = 3600
_signed: ContextVar[bool] = ContextVar("signed", default=False)


class SecretNames:
    """A storage mixin that adds a random part to the name of each new file."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        path = PurePosixPath(name)
        unguessable = f"{path.stem[:LONGEST_STEM]}.{secrets.token_hex(16)}{path.suffix}"
        return super().get_available_name(str(path.with_name(unguessable)), max_length)  # type: ignore[misc]

    def url(self, name: str | None) -> str:
        url: str = super().url(name)  # type: ignore[misc]
        return f"{url}?signed={signature_of(name)}" if name and _signed.get() else url


@deconstructible(path="core.pictures.storage.RenditionStorage")
class RenditionStorage(SecretNames, FileSystemStorage):
    pass


def is_secret_name(name: str) -> bool:
    """Return whether the name contains a random part."""
    return bool(SECRET_NAME.search(name))


@contextmanager
def signed_urls() -> Iterator[None]:
    """Sign the URLs of pictures while a draft is rendered for a reader without an account; they are valid for an hour."""
    token = _signed.set(True)
    try:
        yield
    finally:
        _signed.reset(token)


def signature_of(name: str) -> str:
    return signing.TimestampSigner(salt=SALT).sign(name).removeprefix(f"{name}:")


def is_signed(name: str, signature: object) -> bool:
    """Return whether `signature` is valid for `name` and less than an hour old."""
    try:
        signing.TimestampSigner(salt=SALT).unsign(f"{name}:{signature}", max_age=SECONDS_SIGNED)
    except signing.BadSignature:
        return False
    return True

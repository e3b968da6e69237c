"""As `make run`, with static files of its own; the admin's, which no test weighs, are not compressed."""

from collections.abc import Iterable, Iterator

from whitenoise.storage import CompressedManifestStaticFilesStorage

from portal.settings.demo import *  # noqa: F403
from portal.settings.demo import STORAGES, env

ADMIN = ("admin/", "wagtail")


class ReadersFilesCompressed(CompressedManifestStaticFilesStorage):
    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        return super().compress_files([path for path in paths if not path.startswith(ADMIN)])


STATIC_ROOT = env("STATIC_ROOT")
STORAGES = STORAGES | {"staticfiles": {"BACKEND": f"{__name__}.{ReadersFilesCompressed.__name__}"}}
# All journeys come from one address.
API_REQUESTS_A_MINUTE = 600

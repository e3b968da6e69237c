"""A cache in the memory of each process that is limited by bytes: entries differ by a factor of a thousand."""

# django-stubs knows only the public half of LocMemCache; tests/core/test_caches.py tells when the other half changes.
# mypy: disable-error-code="attr-defined,misc"

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

_sizes: dict[str, dict[str, int]] = {}
_totals: dict[str, int] = {}


class BytesLimitedCache(LocMemCache):
    """Django's LocMemCache that forgets what was not asked for longest while values and keys are above MAX_BYTES.

    OPTIONS: MAX_BYTES, and MAX_ENTRIES as in Django. A value above a tenth of MAX_BYTES is not kept. Objects of one name
    share their entries, one object for each thread, so sizes are kept by name too.
    """

    # Django's own, which django-stubs do not know.
    _cache: Any
    _lock: object

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, params)
        self._name = name
        self._max_bytes = int(params["OPTIONS"]["MAX_BYTES"])
        self._sizes = _sizes.setdefault(name, {})
        _totals.setdefault(name, 0)

    @property
    def total_bytes(self) -> int:
        return _totals[self._name]

    def _set(self, key: str, value: bytes, timeout: object = DEFAULT_TIMEOUT) -> None:
        self._delete(key)
        size = len(key) + len(value)
        if size > self._max_bytes // 10:
            return
        super()._set(key, value, timeout)
        self._sizes[key] = size
        _totals[self._name] += size
        while self.total_bytes > self._max_bytes:
            self._delete(next(reversed(self._cache)))

    def _delete(self, key: str) -> bool:
        _totals[self._name] -= self._sizes.pop(key, 0)
        deleted: bool = super()._delete(key)
        return deleted

    def _cull(self) -> None:
        for _ in range(max(len(self._cache) // self._cull_frequency, 1)):
            self._delete(next(reversed(self._cache)))

    def clear(self) -> None:
        with self._lock:
            for key in list(self._cache):
                self._delete(key)

"""Rate limits per client or mailbox, counted in the database, so that all processes share them, or in the memory of each
process for frequent requests."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.models import ThrottleEvent

# An IPv6 client gets at least a /64 network, so a single address does not identify it (RFC 6177).
IPV6_PREFIX = 64


@dataclass(frozen=True)
class Throttle:
    """At most `limit` events per key within `window`. `scope` is unique and must never change, as it is stored."""

    scope: str
    limit: int
    window: timedelta

    def hit(self, key: str) -> bool:
        """Count an event for `key` and return whether it is within the limit.

        A refused event is deleted, so that refused attempts do not prolong the refusal. The event is saved before it is
        counted: two concurrent events see each other, so never more than `limit` pass.
        """
        now = timezone.now()
        events = ThrottleEvent.objects.filter(scope=self.scope)
        events.filter(created__lt=now - self.window).delete()
        key_hash = _key_hash(self.scope, key)
        event = ThrottleEvent.objects.create(scope=self.scope, key_hash=key_hash, created=now)
        if events.filter(key_hash=key_hash).count() <= self.limit:
            return True
        event.delete()
        return False

    def count(self, key: str) -> int:
        """Return the number of events of `key` within the window."""
        since = timezone.now() - self.window
        key_hash = _key_hash(self.scope, key)
        return ThrottleEvent.objects.filter(scope=self.scope, key_hash=key_hash, created__gte=since).count()

    @transaction.atomic
    def reserve(self, key: str) -> datetime:
        """Reserve the first moment at which an event for `key` is within the limit, and return it.

        A concurrent call waits for this one if `key` has events already.
        """
        now = timezone.now()
        events = ThrottleEvent.objects.filter(scope=self.scope)
        events.filter(created__lt=now - self.window).delete()
        key_hash = _key_hash(self.scope, key)
        key_events = events.filter(key_hash=key_hash).order_by("-created")
        list(key_events.select_for_update().values_list("pk", flat=True))
        last = key_events.values_list("created", flat=True)[self.limit - 1 : self.limit].first()
        moment = max(now, last + self.window) if last else now
        ThrottleEvent.objects.create(scope=self.scope, key_hash=key_hash, created=moment)
        return moment

    def reset(self, key: str) -> None:
        """Delete the events of `key`, after its owner has confirmed that they were legitimate."""
        ThrottleEvent.objects.filter(scope=self.scope, key_hash=_key_hash(self.scope, key)).delete()


@dataclass(frozen=True)
class MemoryThrottle:
    """Events per key in each `window` of the clock, counted by this process alone. `scope` is unique per throttle."""

    scope: str
    window: timedelta

    def hit(self, key: str) -> tuple[int, int]:
        """Count an event for `key`; return (count, seconds until the next window, at least 1).

        The count is too low if the cache has dropped the entry.
        """
        window = int(self.window.total_seconds())
        number, elapsed = divmod(int(time.time()), window)
        counts, name = caches["limits"], f"{self.scope}-{number}-{key}"
        counts.add(name, 0, window)
        try:
            return counts.incr(name), window - elapsed
        except ValueError:  # dropped from the cache since `add`
            return 1, window - elapsed


def client_key(ip: str) -> str:
    """Return the key by which a client is counted: an IPv4 address, or the /64 network of an IPv6 address."""
    try:
        parsed = ip_address(ip)
    except ValueError:
        return ip
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ip_network((parsed, IPV6_PREFIX), strict=False))
    return ip


def _key_hash(scope: str, key: str) -> str:
    """Return a salted hash of `key`, so that stored events do not identify anybody."""
    return salted_hmac(f"throttle.{scope}", key).hexdigest()

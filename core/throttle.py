"""Limits on what one client or one mailbox may cause: counted in the database, so that all processes share them, or in the
memory of each process, for what is asked too often to be written down."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.models import ThrottleEvent

# An IPv6 client is given a whole /64 network, so one address of it says nothing (RFC 6177).
IPV6_PREFIX = 64


@dataclass(frozen=True)
class Throttle:
    """At most `limit` events per key within `window`. `scope` is a lasting name, unique per throttle."""

    scope: str
    limit: int
    window: timedelta

    def hit(self, key: str) -> bool:
        """Count an event for `key` and return whether it is within the limit.

        A refused event is not kept, so that refused attempts do not prolong the refusal. The event is saved before it is
        counted: of two at once each sees the other, so that more than `limit` never pass.
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
        """Return how many events of `key` the window holds."""
        since = timezone.now() - self.window
        key_hash = _key_hash(self.scope, key)
        return ThrottleEvent.objects.filter(scope=self.scope, key_hash=key_hash, created__gte=since).count()

    @transaction.atomic
    def reserve(self, key: str) -> datetime:
        """Count an event for `key` at the first moment at which it is within the limit, and return that moment.

        Of two at once the second waits for the first, where there are events that it must count.
        """
        now = timezone.now()
        events = ThrottleEvent.objects.filter(scope=self.scope)
        events.filter(created__lt=now - self.window).delete()
        key_hash = _key_hash(self.scope, key)
        own = events.filter(key_hash=key_hash).order_by("-created")
        list(own.select_for_update().values_list("pk", flat=True))
        last = own.values_list("created", flat=True)[self.limit - 1 : self.limit].first()
        moment = max(now, last + self.window) if last else now
        ThrottleEvent.objects.create(scope=self.scope, key_hash=key_hash, created=moment)
        return moment

    def reset(self, key: str) -> None:
        """Forget the events of `key`, whose owner has shown that they were wanted."""
        ThrottleEvent.objects.filter(scope=self.scope, key_hash=_key_hash(self.scope, key)).delete()


@dataclass(frozen=True)
class MemoryThrottle:
    """Events per key in each `window` of the clock, counted by this process alone. `scope` is unique per throttle."""

    scope: str
    window: timedelta

    def hit(self, key: str) -> tuple[int, int]:
        """Count an event for `key`; return how many there were in this window, fewer where the memory was full, and after
        how many seconds, at least one, the next begins."""
        window = int(self.window.total_seconds())
        number, gone = divmod(int(time.time()), window)
        counts, name = caches["limits"], f"{self.scope}-{number}-{key}"
        counts.add(name, 0, window)
        try:
            return counts.incr(name), window - gone
        except ValueError:  # discarded that very moment
            return 1, window - gone


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
    """Only a salted hash is kept: enough to count, not to tell who it was."""
    return salted_hmac(f"throttle.{scope}", key).hexdigest()

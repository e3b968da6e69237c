"""Which records a harvest sees, page by page, in the order of their changes.

A record that changes meanwhile moves to the end and is seen again there, and numbers of changes become visible in the
order in which they were given (core.versions). So a harvest misses nothing, and the portal need not remember any.
"""

from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing

from api.oai.arguments import Asked, Fault
from indexing.models import Record
from search.labels import labels

PAGE = 100
SETS = ("country", "theme", "kind")
SALT = "api.oai"
LIFETIME = timedelta(days=7)
MICROSECONDS = 1_000_000
NO_END = 2**63 - 1


@dataclass(frozen=True)
class Harvest:
    """What is left of one: the records of a set, or of all, that come after (change, key) and changed before `end`.
    `seen` is how many were sent already."""

    verb: str
    prefix: str
    spec: str
    end: int
    change: int
    key: str = str(UUID(int=0))
    seen: int = 0

    def page(self) -> tuple[list[Record], "Harvest | None"]:
        """The next records, and what is left after them, if anything. Raises Fault: noRecordsMatch."""
        records = Record.objects.with_code(*self.spec.split(":")) if self.spec else Record.objects.all()
        found = records.next_by_change(self.change, UUID(self.key), self.end, PAGE + 1)
        if not found:
            raise Fault("noRecordsMatch", "No record of this set has changed in this time.")
        page = found[:PAGE]
        last = page[-1]
        left = replace(self, change=last.change, key=str(last.key), seen=self.seen + len(page))
        return page, left if len(found) > PAGE else None

    def token(self) -> str:
        """This harvest as a word that `resumed` understands, here and in every other process."""
        return signing.dumps(astuple(self), salt=SALT)


def begun(asked: Asked) -> Harvest:
    """The harvest that a request without a token asks for. Raises Fault: noRecordsMatch."""
    spec = asked.arguments.get("set", "")
    if spec and spec not in sets():
        raise Fault("noRecordsMatch", f"There is no set {spec} here.")
    return Harvest(
        verb=asked.verb,
        prefix=asked.arguments["metadataPrefix"],
        spec=spec,
        # Datestamps are seconds, changes microseconds: the last second counts to its end.
        end=_change_at(asked.last) + MICROSECONDS if asked.last else NO_END,
        change=_change_at(asked.first) if asked.first else 0,
    )


def resumed(token: str, verb: str) -> Harvest:
    """The harvest that goes on with a token. Raises Fault: badResumptionToken."""
    try:
        harvest = Harvest(*signing.loads(token, salt=SALT, max_age=LIFETIME))
    except signing.SignatureExpired:
        raise Fault("badResumptionToken", "The token has expired: begin the harvest anew.") from None
    except signing.BadSignature:
        raise Fault("badResumptionToken", "This is no token of ours.") from None
    if harvest.verb != verb:
        raise Fault("badResumptionToken", f"The token belongs to a request {harvest.verb}.")
    return harvest


def sets() -> dict[str, str]:
    """setSpec -> name, of every single country, theme and kind."""
    words = labels("en")
    return {f"{facet}:{code}": name for facet in SETS for code, name in words[facet].items()}


def specs(record: Record) -> list[str]:
    """The sets that a record belongs to, or belonged to while it was public."""
    return [f"{facet}:{code}" for facet in SETS for code in record.codes_of(facet)]


def _change_at(moment: datetime) -> int:
    return int(moment.timestamp()) * MICROSECONDS

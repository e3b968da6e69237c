"""The records of a harvest, page by page, in the order of their changes.

A record that changes during a harvest moves to the end and is sent again there, and changes become visible in the order of
their numbers (core.versions). So a harvest misses nothing, and the server stores no state of it.
"""

from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing

from api.oai.arguments import OAIError, OAIRequest
from core.versions import per_version
from indexing.models import Record, RecordQuerySet
from search.labels import labels

PAGE = 100
# Parent set -> its name. Its subsets are the codes of the facet.
SETS = {"country": "By country", "theme": "By theme", "kind": "By kind of record"}
SALT = "api.oai"
LIFETIME = timedelta(days=7)
MICROSECONDS = 1_000_000
NO_END = 2**63 - 1


@dataclass(frozen=True)
class Harvest:
    """The state of a harvest: records of the set `spec` (or all) after (`change`, `key`) and before the change `end`.

    `sent` is the number of records already sent.
    """

    verb: str
    prefix: str
    spec: str
    end: int
    change: int
    key: str = str(UUID(int=0))
    sent: int = 0

    def page(self) -> tuple[list[Record], "Harvest | None"]:
        """Return the next records, and the remaining harvest or None. Raises OAIError: noRecordsMatch."""
        records_and_next = _records_of(self.spec).next_by_change(
            self.change, UUID(self.key), self.end, PAGE + 1
        )
        if not records_and_next:
            raise OAIError("noRecordsMatch", "No record of this set has changed in this time.")
        page = records_and_next[:PAGE]
        last = page[-1]
        remaining = replace(self, change=last.change, key=str(last.key), sent=self.sent + len(page))
        return page, remaining if len(records_and_next) > PAGE else None

    def token(self) -> str:
        """Return the harvest as a signed token for `resume_harvest`, valid in every process."""
        return signing.dumps(astuple(self), salt=SALT)


def start_harvest(oai_request: OAIRequest) -> Harvest:
    """Return the harvest of a request without a token. Raises OAIError: noRecordsMatch."""
    spec = oai_request.arguments.get("set", "")
    if spec and spec not in sets():
        raise OAIError("noRecordsMatch", f"There is no set {spec} here.")
    return Harvest(
        verb=oai_request.verb,
        prefix=oai_request.arguments["metadataPrefix"],
        spec=spec,
        # Datestamps are seconds, changes microseconds: the last second counts to its end.
        end=_change_at(oai_request.last) + MICROSECONDS if oai_request.last else NO_END,
        change=_change_at(oai_request.first) if oai_request.first else 0,
    )


def resume_harvest(token: str, verb: str) -> Harvest:
    """Return the harvest of a token. Raises OAIError: badResumptionToken."""
    try:
        harvest = Harvest(*signing.loads(token, salt=SALT, max_age=LIFETIME))
    except signing.SignatureExpired:
        raise OAIError("badResumptionToken", "The token has expired: begin the harvest anew.") from None
    except signing.BadSignature:
        raise OAIError("badResumptionToken", "This is no token of ours.") from None
    if harvest.verb != verb:
        raise OAIError("badResumptionToken", f"The token belongs to a request {harvest.verb}.")
    return harvest


@per_version
def sets() -> dict[str, str]:
    """Return setSpec -> name of each set with a record, be it a deleted one; a parent comes before its subsets.

    So each set listed answers with a record, and each set in a header is listed.
    """
    names: dict[str, str] = {}
    for facet, codes in _codes().items():
        names |= {facet: SETS[facet]} | {f"{facet}:{code}": name for code, name in codes.items()}
    return {spec: name for spec, name in names.items() if _records_of(spec).exists()}


def specs(record: Record) -> list[str]:
    """Return the sets that a record belongs to, or belonged to when it was deleted; each implies its parent."""
    return [
        f"{facet}:{code}"
        for facet, codes in _codes().items()
        for code in record.codes_of(facet)
        if code in codes
    ]


def _codes() -> dict[str, dict[str, str]]:
    """Return parent set -> code -> name."""
    facet_labels = labels("en")
    return {facet: facet_labels[facet] for facet in SETS}


def _records_of(spec: str) -> RecordQuerySet:
    """Return the records and tombstones of a set, of a parent set those of all its subsets, of "" all."""
    facet, _, code = spec.partition(":")
    if not facet:
        return Record.objects.all()
    return Record.objects.with_code(facet, code) if code else Record.objects.with_any_code(facet)


def _change_at(moment: datetime) -> int:
    return int(moment.timestamp()) * MICROSECONDS

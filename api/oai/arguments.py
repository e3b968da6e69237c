"""Parse and check the arguments of an OAI-PMH request: one verb, each argument at most once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

NAME = r"[A-Za-z0-9\-_.!~*'()]+"
FORMS = {
    # A URI without escapes: ours need none, and the response may only repeat a valid URI.
    "identifier": re.compile(r"[A-Za-z][A-Za-z0-9.\-]*(:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]+)?"),
    "metadataPrefix": re.compile(NAME),
    "set": re.compile(rf"{NAME}(:{NAME})*"),
    "from": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?"),
    "until": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?"),
    "resumptionToken": re.compile(r".+", re.DOTALL),
}


class OAIError(Exception):
    """An error of the protocol; `code` is its name there."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Verb:
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    # An argument that may be given alone instead of all others.
    exclusive: str | None = None


LIST = Verb(("metadataPrefix",), ("from", "until", "set"), "resumptionToken")
VERBS = {
    "Identify": Verb(),
    "ListMetadataFormats": Verb(optional=("identifier",)),
    "ListSets": Verb(exclusive="resumptionToken"),
    "GetRecord": Verb(("identifier", "metadataPrefix")),
    "ListIdentifiers": LIST,
    "ListRecords": LIST,
}


@dataclass(frozen=True)
class OAIRequest:
    """A valid request for records changed between `first` and `last`, in seconds, both included."""

    verb: str
    arguments: dict[str, str] = field(default_factory=dict)
    first: datetime | None = None
    last: datetime | None = None


def parse_request(pairs: Iterable[tuple[str, str]]) -> OAIRequest:
    """Parse a request from (argument, value) pairs. Raises OAIError: badVerb or badArgument."""
    pairs = list(pairs)
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise OAIError("badVerb", f"There has to be one verb of these: {', '.join(VERBS)}.")
    arguments: dict[str, str] = {}
    for name, value in pairs:
        if name in arguments:
            raise OAIError("badArgument", f"The argument {name} is repeated.")
        if name != "verb":
            arguments[name] = value
    _check(verbs[0], arguments)
    first, last = (
        _moment(name, arguments[name]) if name in arguments else None for name in ("from", "until")
    )
    if first and last and first > last:
        raise OAIError("badArgument", "from is later than until.")
    return OAIRequest(verbs[0], arguments, first, last)


def _check(verb: str, arguments: dict[str, str]) -> None:
    rule = VERBS[verb]
    for name, value in arguments.items():
        if name not in (*rule.required, *rule.optional, rule.exclusive):
            raise OAIError("badArgument", f'{verb} takes no argument "{name}".')
        if not FORMS[name].fullmatch(value):
            raise OAIError("badArgument", f"The argument {name} is malformed.")
    if rule.exclusive in arguments:
        if len(arguments) > 1:
            raise OAIError("badArgument", f"{rule.exclusive} comes alone.")
    elif missing := [name for name in rule.required if name not in arguments]:
        raise OAIError("badArgument", f"{verb} needs {', '.join(missing)}.")
    if len({len(arguments[name]) for name in ("from", "until") if name in arguments}) > 1:
        raise OAIError("badArgument", "from and until have different granularities.")


def _moment(name: str, value: str) -> datetime:
    """Return the time of a date or datestamp; a date given as `until` includes its last second."""
    try:
        moment = datetime.fromisoformat(value).replace(tzinfo=UTC)
    except ValueError:
        raise OAIError("badArgument", f"The argument {name} is no date.") from None
    return moment.replace(hour=23, minute=59, second=59) if name == "until" and "T" not in value else moment

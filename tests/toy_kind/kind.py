"""A workshop as a kind of record."""

from datetime import date

from indexing.kinds import Fact, ForeignTypes, Kind, Text
from tests.toy_kind.models import Format, Workshop

WORKSHOP = Kind(
    code="workshop",
    label="Workshop",
    label_plural="Workshops",
    models=(Workshop,),
    facets=("country", "theme", "year"),
    texts=(Text("venue", "Venue"), Text("agenda", "Agenda")),
    facts=(
        Fact("seats", "Seats", type=int),
        Fact("format", "Format", choices=Format),
        Fact("day", "Day", type=date),
    ),
    lists={"agenda": {"title": str, "hour": int}},
    labels={"title": "Name of the workshop"},
    types=ForeignTypes("EducationEvent", "speech", "CONF", "inproceedings", "Event", "Workshop"),
)

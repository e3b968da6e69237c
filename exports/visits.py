"""What a visit to a file means for the counts of use: exports, and the documents of accounts, which knows no counts."""

from collections.abc import Iterator
from functools import partial

from indexing.former_paths import key_of_former_path
from indexing.visits import facts_of_record
from usage.facts import Event, Fact
from usage.visits import ViewVisit, register_visits

BRIEF = "brief.pdf"
# Written out, since the views would make every command load the library of citation styles.
CITATIONS = ("bib", "ris", "json")


def register() -> None:
    """Register all files of exports."""
    register_download("document", "document")  # what authors attach to their practices
    register_visits("exports:export", _list)
    register_visits("exports:brief", _brief)
    for extension in CITATIONS:
        register_visits(f"exports:citation-{extension}", partial(_citation, extension=extension))


def register_download(view_name: str, detail: str) -> None:
    """Register a view whose answer is a file that is not about one record."""
    register_visits(view_name, partial(_file, detail=detail))


def _file(visit: ViewVisit, *, detail: str) -> Iterator[Fact]:
    yield Fact(Event.DOWNLOAD, detail=detail)


def _list(visit: ViewVisit) -> Iterator[Fact]:
    yield Fact(Event.DOWNLOAD, detail=visit.arguments["extension"])


def _brief(visit: ViewVisit) -> Iterator[Fact]:
    return facts_of_record(Event.DOWNLOAD, key_of_former_path(visit.path.removesuffix(BRIEF)), detail="pdf")


def _citation(visit: ViewVisit, *, extension: str) -> Iterator[Fact]:
    return facts_of_record(Event.CITATION, visit.arguments["key"], extension)

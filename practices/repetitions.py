"""Find repeated blocks: a source or a contact entered twice."""

from collections.abc import Iterator

from wagtail.blocks import StreamValue

# Stream -> values of which one alone tells that two blocks are the same, whatever else they say: two sources with one URL,
# two organisations with one name. One website may be of several organisations.
REPEATABLE: dict[str, tuple[str, ...]] = {
    "sources": ("url",),
    "contacts": (),
    "organisations": ("name", "ror"),
    "indicators": (),
}


def repetitions(blocks: StreamValue, identifying: tuple[str, ...] = ()) -> Iterator[tuple[int, int, str]]:
    """Yield (number of the first block, number of its duplicate, label) for each duplicate, counted from 1."""
    first_numbers: dict[object, int] = {}
    for number, block in enumerate(blocks, start=1):
        values = {name: str(value or "").strip().casefold() for name, value in block.value.items()}
        marks: list[object] = [tuple(values.items())]
        marks += [(name, text) for name in identifying if (text := values.get(name, "").rstrip("/"))]
        first = next((first_numbers[mark] for mark in marks if mark in first_numbers), None)
        if first and any(values.values()):
            yield first, number, str(next(filter(None, block.value.values())))
        for mark in marks:
            first_numbers.setdefault(mark, number)

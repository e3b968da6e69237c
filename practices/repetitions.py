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
    """Yield (number of the first block, number of its duplicate, what both have) for each duplicate, counted from 1."""
    first_numbers: dict[object, int] = {}
    for number, block in enumerate(blocks, start=1):
        values = {name: str(value or "").strip() for name, value in block.value.items()}
        folded = {name: text.casefold().rstrip("/") for name, text in values.items()}
        # Identifying value, or all of them -> what it is called in the message.
        marks: dict[object, str] = {
            tuple(folded.items()): next(filter(None, values.values()), ""),
            **{(name, folded[name]): values[name] for name in identifying if folded.get(name)},
        }
        found = next((mark for mark in marks if mark in first_numbers), None)
        if found and any(values.values()):
            yield first_numbers[found], number, marks[found]
        for mark in marks:
            first_numbers.setdefault(mark, number)

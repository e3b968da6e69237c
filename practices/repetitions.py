"""Find repeated blocks: a source or a contact entered twice."""

from collections.abc import Iterator

from wagtail.blocks import StreamValue

REPEATABLE = ("sources", "contacts", "partners", "indicators")


def repetitions(blocks: StreamValue) -> Iterator[tuple[int, int, str]]:
    """Yield (number of the first block, number of its duplicate, label) for each duplicate, counted from 1.

    Two sources with one URL are the same whatever they are called.
    """
    first_numbers: dict[object, int] = {}
    for number, block in enumerate(blocks, start=1):
        values = {name: str(value or "").strip().casefold() for name, value in block.value.items()}
        marks: list[object] = [tuple(values.items())]
        if url := values.get("url", "").rstrip("/"):
            marks.append(("url", url))
        first = next((first_numbers[mark] for mark in marks if mark in first_numbers), None)
        if first and any(values.values()):
            yield first, number, str(next(filter(None, block.value.values())))
        for mark in marks:
            first_numbers.setdefault(mark, number)

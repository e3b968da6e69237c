"""Blocks that say the same thing twice: a source listed again, a contact entered two times."""

from collections.abc import Iterator

from wagtail.blocks import StreamValue

REPEATABLE = ("sources", "contacts", "partners", "indicators")


def repetitions(blocks: StreamValue) -> Iterator[tuple[int, int, str]]:
    """Yield (number of the first, number of the second, what it is called) for each block that was there before.

    Two sources with one URL are the same whatever they are called.
    """
    seen: dict[object, int] = {}
    for number, block in enumerate(blocks, start=1):
        values = {name: str(value or "").strip().casefold() for name, value in block.value.items()}
        marks: list[object] = [tuple(values.items())]
        if url := values.get("url", "").rstrip("/"):
            marks.append(("url", url))
        first = next((seen[mark] for mark in marks if mark in seen), None)
        if first and any(values.values()):
            yield first, number, str(next(filter(None, block.value.values())))
        for mark in marks:
            seen.setdefault(mark, number)

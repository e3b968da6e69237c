"""Read the judged lists: a line is "typed -> expected"."""

from pathlib import Path


def read_judged(name: str) -> list[tuple[str, str]]:
    """Return (typed, expected) of each line of a list in this folder, without its comments."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    pairs = [line.split("->") for line in lines if "->" in line and not line.startswith("#")]
    return [(typed.strip(), expected.strip()) for typed, expected in pairs]

"""A code with its words, as templates take it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    code: str
    label: str

    @property
    def value(self) -> str:
        """Return the code as what a link or a form field holds."""
        return self.code

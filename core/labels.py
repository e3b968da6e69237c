"""A code with its label, for templates."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    code: str
    label: str

    @property
    def value(self) -> str:
        """Return the code as the value of a link or form field."""
        return self.code

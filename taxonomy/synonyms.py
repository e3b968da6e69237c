"""Words that a search for one of them looks for as well: acronyms, names in other languages, everyday words for themes."""

from pathlib import Path

import yaml
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.versions import next_version
from taxonomy.synonym_validation import refuse_unreadable

SHIPPED = Path(__file__).parent / "synonyms.yaml"
# Each one is looked up in every query that has a word of the group.
MOST_WORDS = 20


class Synonym(models.Model):
    """A group of words that stand for each other, and what else a search for one of them looks for."""

    words = models.TextField(
        _("words that stand for each other"),
        help_text=_("One on each line. A search for one of them finds the others too."),
    )
    also = models.TextField(
        _("also search for"),
        blank=True,
        help_text=_(
            "One on each line. Looked for with each of the words above, but not the other way round."
        ),
    )

    panels = [FieldPanel("words"), FieldPanel("also")]

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self) -> str:
        return ", ".join(lines(self.words))

    def clean(self) -> None:
        super().clean()
        refuse_unreadable({"words": self.words, "also": self.also})
        self.words, self.also = "\n".join(lines(self.words)), "\n".join(lines(self.also))
        number = len(lines(self.words)) + len(lines(self.also))
        if lines(self.words) and number < 2:
            raise ValidationError({"words": _("Enter at least two words, each on its own line.")})
        if number > MOST_WORDS:
            raise ValidationError({"words": _("Enter at most %(most)d words in all.") % {"most": MOST_WORDS}})


def lines(text: str) -> list[str]:
    """Return the lines of a text that are not empty, each once."""
    return list(dict.fromkeys(line for raw in text.splitlines() if (line := " ".join(raw.split()))))


def load_synonyms() -> int:
    """Add the shipped synonyms to an empty list and return their number; a list that is edited stays as it is."""
    if Synonym.objects.exists():
        return 0
    shipped = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    rows = [
        Synonym(words="\n".join(map(str, row["words"])), also="\n".join(row.get("also", [])))
        for row in shipped
    ]
    Synonym.objects.bulk_create(rows)
    next_version()
    return len(rows)

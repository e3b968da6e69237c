"""Controlled vocabularies: a stable code for machines, a name in each language for people."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.i18n import active_language
from core.versions import next_version
from taxonomy.synonyms import Synonym
from taxonomy.uses import UsesOfKind, refuse_deletion, refuse_new_code, release

__all__ = [
    "SDG",
    "Beneficiary",
    "Country",
    "PracticeType",
    "Synonym",
    "Term",
    "Theme",
    "facet_and_code",
    "sub_themes",
]
CODE = RegexValidator(r"^[A-Za-z0-9]+(-[a-z0-9]+)*$", _("Letters, digits and single hyphens only."))


class TermQuerySet(models.QuerySet["Any"]):
    def in_order(self) -> "TermQuerySet":
        return self.order_by("position", "code")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the terms one by one in one transaction. Raises TermInUse for the first that is in use."""
        with transaction.atomic():
            deleted = Counter[str]()
            for term in self:
                deleted.update(term.delete()[1])
            return deleted.total(), dict(deleted)

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class Term(index.Indexed, models.Model):
    """A term of a vocabulary. URLs, records and exports contain its code, so the code cannot change while it is in use."""

    # The facet of the query that its codes belong to.
    facet: ClassVar[str]

    code = models.CharField(_("code"), max_length=60, unique=True, validators=[CODE])
    name_en = models.CharField(_("name in English"), max_length=150)
    name_ru = models.CharField(_("name in Russian"), max_length=150)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects: ClassVar = TermQuerySet.as_manager()

    panels = [FieldPanel("code"), FieldPanel("name_en"), FieldPanel("name_ru"), FieldPanel("position")]
    search_fields = [
        index.AutocompleteField("name_en"),
        index.AutocompleteField("name_ru"),
        index.SearchField("name_en"),
        index.SearchField("name_ru"),
    ]

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.label()

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            next_version()

    def clean(self) -> None:
        super().clean()
        if self.pk:
            refuse_new_code(self, "code")

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete the term. Raises TermInUse if something uses it."""
        with transaction.atomic():
            refuse_deletion(self)
            release(self)
            next_version()
            return super().delete(*args, **kwargs)

    def label(self, language: str | None = None) -> str:
        """Return the name in `language`, by default in the active one."""
        return self.name_ru if (language or active_language()).startswith("ru") else self.name_en

    def facet_label(self, language: str | None = None) -> str:
        """Return the name as a value of its facet."""
        return self.label(language)


class CountryQuerySet(TermQuerySet):
    def of_speca(self) -> "CountryQuerySet":
        return self.filter(is_speca=True).order_by("code")


class Country(Term):
    """A country, its code ISO 3166-1 alpha-2 in upper case, its names as the United Nations writes them."""

    facet = "country"

    slug = models.SlugField(
        _("section address"), blank=True, help_text=_("Only countries with a section have one.")
    )
    is_speca = models.BooleanField(_("SPECA country"), default=False)

    objects: ClassVar = CountryQuerySet.as_manager()
    panels = [*Term.panels, FieldPanel("slug"), FieldPanel("is_speca")]

    class Meta(Term.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")


class Theme(Term):
    """A theme or, below one, a sub-theme. A practice filed under a sub-theme is found under its theme too."""

    facet = "theme"

    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        limit_choices_to={"parent": None},
    )
    panels = [*Term.panels, FieldPanel("parent")]

    class Meta(Term.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return f"{self.parent.label()}: {self.label()}" if self.parent else self.label()

    def with_ancestors(self) -> "list[Theme]":
        return [self.parent, self] if self.parent else [self]

    @property
    def top(self) -> "Theme":
        return self.parent or self


class SDG(Term):
    """A Sustainable Development Goal, code "1" to "17"."""

    facet = "sdg"

    class Meta(Term.Meta):
        verbose_name = _("Sustainable Development Goal")
        verbose_name_plural = _("Sustainable Development Goals")

    def __str__(self) -> str:
        return self.facet_label()

    def facet_label(self, language: str | None = None) -> str:
        return f"{self.code}. {self.label(language)}"


class Beneficiary(Term):
    """A group of people that a practice serves."""

    facet = "beneficiary"

    class Meta(Term.Meta):
        verbose_name = _("beneficiary group")
        verbose_name_plural = _("beneficiary groups")


class PracticeType(Term):
    """The type of measure that a practice is."""

    facet = "type"

    class Meta(Term.Meta):
        verbose_name = _("practice type")
        verbose_name_plural = _("practice types")


def sub_themes(term: models.Model) -> Iterator[UsesOfKind]:
    """Return the uses of a term within this app."""
    if isinstance(term, Theme):
        yield UsesOfKind(_("Sub-themes"), term.children.in_order(), lambda user, rows: rows)


def facet_and_code(term: Term) -> tuple[str, str]:
    """Return (facet, code) of a term or tag in queries and records."""
    return ("tag", term.slug) if isinstance(term, Tag) else (term.facet, term.code)

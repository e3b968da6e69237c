"""A workshop: a page in one language, found by its country, theme and year."""

from django.db import models
from wagtail.models import PageManager

from core.models import BasePage
from core.searchable import SearchContent
from indexing.querysets import FindablePageQuerySet


class Format(models.TextChoices):
    ONLINE = "online", "Online"
    IN_PERSON = "in-person", "In person"


class Workshop(BasePage):
    summary = models.TextField()
    venue = models.TextField(blank=True)
    country = models.CharField(max_length=2)
    theme = models.CharField(max_length=40)
    start_year = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField()
    format = models.CharField(max_length=20, choices=Format)
    day = models.DateField()
    agenda = models.JSONField(default=list)

    objects = PageManager.from_queryset(FindablePageQuerySet)()
    search_kind = "workshop"

    def search_content(self) -> SearchContent:
        return SearchContent(
            key=self.translation_key,
            kind=self.search_kind,
            language=self.locale.language_code,
            title=self.title,
            summary=self.summary,
            url=self.get_url() or "",
            fields={"venue": self.venue, "agenda": "\n".join(item["title"] for item in self.agenda)},
            keywords=[],
            facets={
                "country": [self.country],
                "theme": [self.theme],
                "year": [str(self.start_year)],
            },
            first_published=self.first_published_at,
            is_original=self.locale.language_code == "en",
            year=self.start_year,
            parts={"agenda": self.agenda},
            facts={"seats": self.seats, "format": self.format, "day": self.day.isoformat()},
        )

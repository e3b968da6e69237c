"""The same practices as Wagtail's own search has them: a model with its fields in the index, a relation a facet."""

from django.db import models
from wagtail.search import index

SINGLE = ["kind", "status", "evidence", "scope", "type", "year"]
SEVERAL = ["country", "theme", "sdg", "beneficiary", "language", "tag"]


class Code(models.Model):
    """A value of a facet."""

    facet = models.CharField(max_length=20)
    code = models.CharField(max_length=100)

    class Meta:
        unique_together = [("facet", "code")]

    def __str__(self) -> str:
        return f"{self.facet} {self.code}"


class StockPractice(index.Indexed, models.Model):
    """A practice; its texts are the terms of its record, so that both find the same."""

    title = models.TextField()
    body = models.TextField()
    kind = models.CharField(max_length=30, db_index=True)
    status = models.CharField(max_length=20, db_index=True)
    evidence = models.CharField(max_length=1, db_index=True)
    scope = models.CharField(max_length=20, db_index=True)
    type = models.CharField(max_length=60, db_index=True)
    year = models.CharField(max_length=4, db_index=True)
    country = models.ManyToManyField(Code, related_name="+")
    theme = models.ManyToManyField(Code, related_name="+")
    sdg = models.ManyToManyField(Code, related_name="+")
    beneficiary = models.ManyToManyField(Code, related_name="+")
    language = models.ManyToManyField(Code, related_name="+")
    tag = models.ManyToManyField(Code, related_name="+")

    search_fields = [
        index.SearchField("title", boost=10),
        index.SearchField("body"),
        *(index.FilterField(name) for name in (*SINGLE, *SEVERAL)),
        *(index.RelatedFields(name, [index.FilterField("code")]) for name in SEVERAL),
    ]

    def __str__(self) -> str:
        return self.title

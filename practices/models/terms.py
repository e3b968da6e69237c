"""The terms of a practice, a table each: Django's own would let go of a term that is deleted, these protect it.

The tables are those that Django made for the fields before; only who deletes what has changed.
"""

from django.db import models


class TermOfPractice(models.Model):
    # Its rows are values of the page, not things that refer to it.
    wagtail_reference_index_ignore = True
    practicepage = models.ForeignKey("practices.PracticePage", models.CASCADE, related_name="+")

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.practicepage_id}: {self.pk}"


class PracticeCountry(TermOfPractice):
    country = models.ForeignKey("taxonomy.Country", models.PROTECT, related_name="+")

    class Meta(TermOfPractice.Meta):
        db_table = "practices_practicepage_countries"
        unique_together = [("practicepage", "country")]


class PracticeAdopter(TermOfPractice):
    country = models.ForeignKey("taxonomy.Country", models.PROTECT, related_name="+")

    class Meta(TermOfPractice.Meta):
        db_table = "practices_practicepage_adopted_by"
        unique_together = [("practicepage", "country")]


class PracticeTheme(TermOfPractice):
    theme = models.ForeignKey("taxonomy.Theme", models.PROTECT, related_name="+")

    class Meta(TermOfPractice.Meta):
        db_table = "practices_practicepage_themes"
        unique_together = [("practicepage", "theme")]


class PracticeSDG(TermOfPractice):
    sdg = models.ForeignKey("taxonomy.SDG", models.PROTECT, related_name="+")

    class Meta(TermOfPractice.Meta):
        db_table = "practices_practicepage_sdgs"
        unique_together = [("practicepage", "sdg")]


class PracticeBeneficiary(TermOfPractice):
    beneficiary = models.ForeignKey("taxonomy.Beneficiary", models.PROTECT, related_name="+")

    class Meta(TermOfPractice.Meta):
        db_table = "practices_practicepage_beneficiaries"
        unique_together = [("practicepage", "beneficiary")]

"""A good practice. One page a language; the record joins them."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField, TranslatableField

from core.blocks.prose import PROSE_FEATURES
from core.searchable import SearchContent
from practices.blocks import ApproachBlock, ContactsBlock, IndicatorsBlock, OrganisationsBlock, SourcesBlock
from practices.content import search_content
from practices.field_layout import SHARED, TRANSLATED
from practices.forms import PracticePageForm
from practices.models.base import PracticeBase
from practices.models.terms import (
    PracticeAdopter,
    PracticeBeneficiary,
    PracticeCountry,
    PracticeSDG,
    PracticeTheme,
)
from practices.panels import practice_edit_handler
from practices.presentation import practice_context
from taxonomy.choices import (
    Connectivity,
    ContentLicence,
    CostRange,
    Evidence,
    Financing,
    Scope,
    Status,
    TechnologyLicence,
    TransferRating,
)

VERIFY_AGAIN_AFTER_MONTHS = 24
YEARS = [MinValueValidator(1900), MaxValueValidator(2100)]


def prose(label: str | Promise, help_text: str | Promise = "") -> RichTextField:
    return RichTextField(label, blank=True, features=PROSE_FEATURES, help_text=help_text)


class PracticeTag(TaggedItemBase):
    content_object = ParentalKey(
        "practices.PracticePage", related_name="tagged_items", on_delete=models.CASCADE
    )


class PracticePage(PracticeBase):
    """A practice in one language. A draft may lack anything but its title; `practices.completeness` says what is missing."""

    # identity
    summary = models.TextField(_("summary"), blank=True, max_length=500)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    image_alt = models.CharField(_("description of the image"), blank=True, max_length=200)
    image_credit = models.CharField(_("credit of the image"), blank=True, max_length=150)
    countries = ParentalManyToManyField(
        "taxonomy.Country", through=PracticeCountry, verbose_name=_("countries"), blank=True, related_name="+"
    )
    scope = models.CharField(_("scope"), blank=True, max_length=20, choices=Scope)
    place = models.CharField(_("place"), blank=True, max_length=120)
    latitude = models.DecimalField(
        _("latitude"), null=True, blank=True, max_digits=8, decimal_places=5,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )  # fmt: skip
    longitude = models.DecimalField(
        _("longitude"), null=True, blank=True, max_digits=8, decimal_places=5,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )  # fmt: skip

    # class
    themes = ParentalManyToManyField(
        "taxonomy.Theme", through=PracticeTheme, verbose_name=_("themes"), blank=True, related_name="+"
    )
    sdgs = ParentalManyToManyField(
        "taxonomy.SDG", through=PracticeSDG, verbose_name=_("SDGs"), blank=True, related_name="+"
    )
    beneficiaries = ParentalManyToManyField(
        "taxonomy.Beneficiary",
        through=PracticeBeneficiary,
        verbose_name=_("beneficiaries"),
        blank=True,
        related_name="+",
    )
    practice_type = models.ForeignKey(
        "taxonomy.PracticeType",
        verbose_name=_("practice type"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    tags = ClusterTaggableManager(through=PracticeTag, verbose_name=_("tags"), blank=True)

    # time
    status = models.CharField(pgettext_lazy("practice", "status"), blank=True, max_length=20, choices=Status)
    start_year = models.PositiveSmallIntegerField(_("start year"), null=True, blank=True, validators=YEARS)
    end_year = models.PositiveSmallIntegerField(_("end year"), null=True, blank=True, validators=YEARS)

    # story
    challenge = prose(_("challenge"), _("What was wrong, for whom, before this practice?"))
    objectives = prose(_("objectives"))
    approach = StreamField(ApproachBlock(), verbose_name=_("approach"), blank=True)
    results = prose(_("results"))
    indicators = StreamField(IndicatorsBlock(), verbose_name=_("indicators"), blank=True)
    difficulties = prose(_("difficulties and failures"), _("What did not work. Readers value this most."))
    lessons = prose(_("lessons learned"))

    # evidence
    evidence_level = models.CharField(_("evidence level"), blank=True, max_length=1, choices=Evidence)
    sources = StreamField(SourcesBlock(), verbose_name=_("sources"), blank=True)

    # means
    cost_range = models.CharField(_("cost range"), blank=True, max_length=20, choices=CostRange)
    currency = models.CharField(
        _("currency"), blank=True, max_length=3, help_text=_("ISO 4217, for example USD")
    )
    cost_note = models.CharField(_("what it cost"), blank=True, max_length=300)
    financing = models.CharField(_("financing"), blank=True, max_length=20, choices=Financing)
    staff = models.CharField(_("staff"), blank=True, max_length=300)
    legal_context = prose(_("legal context"))
    technology_readiness = models.PositiveSmallIntegerField(
        _("technology readiness level"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text=_("1 (idea) to 9 (proven in operation)"),
    )
    technology_licence = models.CharField(
        _("licence of the technology"), blank=True, max_length=20, choices=TechnologyLicence
    )
    connectivity = models.CharField(_("connectivity needed"), blank=True, max_length=20, choices=Connectivity)

    # transfer
    transfer_rating = models.PositiveSmallIntegerField(
        _("how far it has travelled"), null=True, blank=True, choices=TransferRating
    )
    preconditions = prose(_("preconditions"))
    adaptation_advice = prose(_("advice for those who adopt it"))
    adopted_from = models.ForeignKey(
        "self",
        verbose_name=_("adopted from"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    adopted_year = models.PositiveSmallIntegerField(
        _("year of adoption"), null=True, blank=True, validators=YEARS
    )
    adaptation = models.TextField(_("what was changed"), blank=True, max_length=500)
    adopted_by = ParentalManyToManyField(
        "taxonomy.Country",
        through=PracticeAdopter,
        verbose_name=_("adopted by"),
        blank=True,
        related_name="+",
    )

    # people
    organisations = StreamField(OrganisationsBlock(), verbose_name=_("organisations"), blank=True)
    contacts = StreamField(ContactsBlock(), verbose_name=_("contacts"), blank=True)

    # care
    last_verified = models.DateField(_("last verified"), null=True, blank=True)
    reviewed_by = models.CharField(_("reviewed by"), blank=True, max_length=200)
    content_licence = models.CharField(
        _("licence of this text"), max_length=30, choices=ContentLicence, default=ContentLicence.CC_BY
    )

    search_kind = "practice"
    answers_in_every_language = True
    base_form_class = PracticePageForm
    edit_handler = practice_edit_handler
    parent_page_types = ["practices.SectionPage"]
    subpage_types: list[str] = []
    template = "pages/practice_page.html"
    # A translation is edited like any page and goes through the same review; wagtail-localize's own editor has neither
    # drafts nor review, and fills what is not translated with the other language.
    localize_default_translation_mode = "simple"
    override_translatable_fields = [
        *(TranslatableField(name) for name in TRANSLATED),
        *(SynchronizedField(name, overridable=False) for name in SHARED if name != "tags"),
        # Through its items: copied itself, the copy would show the original's tags.
        BaseTranslatableField("tags"),
    ]

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")

    @property
    def verify_again_by(self) -> date | None:
        """The day on which the last verification is 24 months old."""
        if not self.last_verified:
            return None
        year = self.last_verified.year + VERIFY_AGAIN_AFTER_MONTHS // 12
        leap_day = (self.last_verified.month, self.last_verified.day) == (2, 29)
        return self.last_verified.replace(year=year, day=28 if leap_day else self.last_verified.day)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        return super().get_context(request, *args, **kwargs) | practice_context(self)

    def search_content(self) -> SearchContent:
        return search_content(self)

"""The abstract base of a practice's page with its language fields, for modules that compare languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BasePage
from practices.querysets import PracticeManager


class LanguageVersion(BasePage):
    """A practice in one of its languages."""

    original_language = models.CharField(_("original language"), blank=True, max_length=10, editable=False)
    # For each part, the fingerprint of the original's text that this translation answers (practices.translations).
    source_fingerprints = models.JSONField(default=dict, blank=True, editable=False)
    # For each part, the passages that are the original's on purpose (practices.untranslated).
    same_on_purpose = models.JSONField(default=dict, blank=True, editable=False)

    objects = PracticeManager()

    class Meta:
        abstract = True

    @property
    def is_original(self) -> bool:
        return bool(self.original_language == self.locale.language_code)

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class CurationConfig(AppConfig):
    name = "curation"
    verbose_name = pgettext_lazy("practices", "Collections")

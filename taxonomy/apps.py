from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    name = "taxonomy"
    verbose_name = _("Vocabularies")

    def ready(self) -> None:
        from taxonomy import checks, receivers  # noqa: F401
        from taxonomy.models import sub_themes
        from taxonomy.uses import register_uses

        register_uses(sub_themes)

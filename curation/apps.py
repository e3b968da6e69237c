from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class CurationConfig(AppConfig):
    name = "curation"
    verbose_name = pgettext_lazy("practices", "Collections")

    def ready(self) -> None:
        from curation import receivers  # noqa: F401
        from curation.uses import term_uses
        from taxonomy.uses import register_uses

        register_uses(term_uses)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Good practices")

    def ready(self) -> None:
        from enquiries.keepers import register_keepers
        from indexing.kinds import register_kind
        from practices import localize, receivers, titles  # noqa: F401
        from practices.keepers import KEEPERS_OF_PRACTICES, KEEPERS_OF_SECTIONS
        from practices.kind import PRACTICE
        from practices.models import PracticePage, SectionPage
        from practices.uses import release, term_uses
        from taxonomy.uses import register_uses

        localize.remove_tree_synchronisation()
        titles.check_lengths_of_segments()
        register_uses(term_uses, release)
        register_kind(PRACTICE)
        register_keepers(PracticePage, KEEPERS_OF_PRACTICES)
        register_keepers(SectionPage, KEEPERS_OF_SECTIONS)

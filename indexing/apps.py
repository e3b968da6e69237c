from django.apps import AppConfig


class IndexingConfig(AppConfig):
    name = "indexing"

    def ready(self) -> None:
        from indexing import checks, receivers  # noqa: F401
        from indexing.visits import facts_of_page
        from usage.visits import register_visits

        register_visits("wagtail_serve", facts_of_page)

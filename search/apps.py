from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from search import checks  # noqa: F401
        from search.visits import facts_of_search
        from usage.visits import register_visits

        register_visits("search:page", facts_of_search)

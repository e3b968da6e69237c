from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "insights"

    def ready(self) -> None:
        from exports.visits import register_download

        register_download("insights:gaps-csv", "gaps")

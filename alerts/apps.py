from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "alerts"

    def ready(self) -> None:
        from alerts import receivers  # noqa: F401
        from alerts.uses import term_uses
        from taxonomy.uses import register_uses

        register_uses(term_uses)

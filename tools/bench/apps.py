from django.apps import AppConfig


class BenchConfig(AppConfig):
    """Installed by tools.bench.settings only: the portal knows nothing of it."""

    name = "tools.bench"
    default_auto_field = "django.db.models.BigAutoField"

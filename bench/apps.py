from django.apps import AppConfig


class BenchConfig(AppConfig):
    """Installed by bench.settings only: the portal knows nothing of it."""

    name = "bench"
    default_auto_field = "django.db.models.BigAutoField"

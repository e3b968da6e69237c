from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import checks, receivers, upkeep  # noqa: F401
        from core.pictures import rendering

        rendering.register()
        # Each app registers its jobs in a module of that name.
        autodiscover_modules("jobs")

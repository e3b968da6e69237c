from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from django.forms import BaseForm

        from core import checks, receivers, upkeep  # noqa: F401
        from core.form_errors import record_form_errors
        from core.local_drafts import invalid_while_restoring
        from core.pictures import rendering

        # The one place that all views of the admin, Wagtail's and others', pass before they save.
        BaseForm.is_valid = record_form_errors(invalid_while_restoring(BaseForm.is_valid))  # type: ignore[method-assign, assignment]
        rendering.register()
        # Each app registers its jobs in a module of that name.
        autodiscover_modules("jobs")

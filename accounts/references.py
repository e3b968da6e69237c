"""Check that a page's form refers only to pages and files that its author may see."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from accounts.ids import parse_id
from accounts.permissions import may_link_to, may_use_file
from core.users import AnyUser

RULES = {Page: may_link_to, get_image_model(): may_use_file, get_document_model(): may_use_file}


class GuardedReferencesForm:
    """Refuse new references to pages and files that the user may not see; mix in before a page form.

    The choosers offer only visible objects, so any other reference comes from a forged request. It raises PermissionDenied:
    a form error would show the title of the object. References that the page had before are kept.
    """

    instance: Page
    for_user: AnyUser

    def _post_clean(self) -> None:
        before = _references(self.instance)
        super()._post_clean()  # type: ignore[misc]
        new = _references(self.instance) - before
        for model, rule in RULES.items():
            kind = ContentType.objects.get_for_model(model).pk
            keys = [parse_id(key) for content_type, key in new if content_type == kind]
            if None in keys:  # no editor sends it, and the page could not be opened again
                raise PermissionDenied
            if not all(rule(self.for_user, target) for target in model._default_manager.filter(pk__in=keys)):
                raise PermissionDenied


def _references(page: Page) -> set[tuple[int, str]]:
    """Return (content type, key) of all objects that the fields and texts of `page` refer to."""
    return {(kind, key) for kind, key, *_ in ReferenceIndex._extract_references_from_object(page)}

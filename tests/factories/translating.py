"""Pages of any kind in the other language."""

from wagtail.models import Locale

from tests.factories.practices import publish


def russian_of(page):
    """Its Russian page, published, with its parents."""
    copy = page.copy_for_translation(Locale.objects.get(language_code="ru"), copy_parents=True)
    for parent in copy.get_ancestors().filter(live=False, depth__gt=1):
        parent.specific.save_revision().publish()
    return publish(copy, title=f"{page.title} по-русски")

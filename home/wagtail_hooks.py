"""Hooks that put the portal's guide into the Help menu, instead of links to Wagtail's guide."""

from django.http import HttpRequest
from django.urls import URLPattern, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.search import SearchView

from home.bilingual import show_review_names_in_active_language
from home.guide import guide_urls
from home.wording import make_wagtail_labels_lazy, name_columns, name_roots

# Wagtail leaves them empty, and its list says "1-20 of 43 None".
SearchView.verbose_name, SearchView.verbose_name_plural = _("page"), _("pages")
make_wagtail_labels_lazy()
name_columns()
name_roots()
show_review_names_in_active_language()
ANOTHER_PRODUCTS_GUIDE = "guide.wagtail.org"


@hooks.register("register_admin_urls")
def guide_addresses() -> list[URLPattern]:
    return guide_urls


@hooks.register("register_help_menu_item")
def guide_menu_item() -> MenuItem:
    return MenuItem(
        _("Editor's guide"), reverse_lazy("editors_guide"), name="guide", icon_name="help", order=100
    )


@hooks.register("construct_help_menu")
def hide_another_products_guide(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if ANOTHER_PRODUCTS_GUIDE not in str(item.url)]

"""Pages of the toy kind, and one of the kind that the portal comes with."""

from datetime import date

from practices.models import PracticePage
from tests.factories import Tree, a_practice, a_theme
from tests.toy_kind.models import Workshop


def a_plain_practice(tree: Tree) -> PracticePage:
    return a_practice(tree.section("kazakhstan"), title="Masts in the valley", start_year=2020, staff="Two")


def a_workshop(tree: Tree) -> Workshop:
    """A workshop in both languages."""
    a_theme("digital-skills")
    fields = {
        "summary": "How villages keep their own network.", "country": "TJ", "theme": "digital-skills", "start_year": 2026,
        "seats": 12, "format": "in-person", "day": date(2026, 5, 6), "venue": "Khorog", "slug": "masts-for-beginners",
        "agenda": [{"title": "Climbing", "hour": 9}, {"title": "Lunch"}],
    }  # fmt: skip
    page = Workshop(title="Masts for beginners", live=False, locale=tree.homes["en"].locale, **fields)
    tree.homes["en"].add_child(instance=page)
    page.save_revision().publish()
    russian = Workshop(
        title="Мачты для начинающих", live=False, locale=tree.homes["ru"].locale,
        translation_key=page.translation_key, **fields,
    )  # fmt: skip
    tree.homes["ru"].add_child(instance=russian)
    russian.save_revision().publish()
    page.refresh_from_db()
    return page

"""An id spelled otherwise names the same row: whatever Django takes for it passes no rule that digits would not pass."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse, reverse_lazy
from django.urls.converters import StringConverter
from wagtail.models import Page

from accounts.ids import parse_id
from tests.accounts.addresses import NAMING, admin_patterns
from tests.accounts.requesting import EDIT, PRACTICE, ask, form_of, latest, refused, rows, told

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.slow,
    pytest.mark.sqlite_suffices,
]

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
SPELLINGS = {
    "digits": str,
    "plus": lambda key: f"+{key}",
    "space before": lambda key: f" {key}",
    "space after": lambda key: f"{key}\u2003",
    "line feed": lambda key: f"{key}\n",
    "underscore": lambda key: f"0_{key}",
    "noughts": lambda key: f"000{key}",
    "arabic": lambda key: str(key).translate(ARABIC),
    "full width": lambda key: str(key).translate(FULL_WIDTH),
    "mixed": lambda key: f"\t+0_0{key}\r",
}
NO_IDS = ["abc", "-", "1.0", "9" * 30, "0x48", "7__2", "None"]
PAGE = "wagtailadmin_pages:"


def _multiple(place):
    return "get", reverse("wagtailadmin_choose_page_chosen_multiple"), "id"


def _targets(place):
    return "get", reverse("wagtailadmin_choose_page") + "?user_perms=move_to", "target_pages[]"


def _practices(place):
    return "get", reverse("practice_chooser:chosen_multiple"), "id"


def _copy(place):
    return "post", reverse(PAGE + "copy", args=[place.draft.pk]), "new_parent_page"


def _move(place):
    return "post", reverse(PAGE + "move", args=[place.draft.pk]), "new_parent_page"


def _parent(place):
    return "post", reverse(PAGE + "choose_parent", args=PRACTICE), "parent_page"


def _bulk_move(place):
    there = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    return "post", f"{there}?next=/admin/&id={place.draft.pk}", "chooser"


def _bulk_id(place):
    return (
        "get",
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + "?next=/admin/",
        "id",
    )


# Each parameter of a query or a form that names a page: (method, address, parameter).
PARAMETERS = [_multiple, _targets, _practices, _copy, _move, _parent, _bulk_move, _bulk_id]
FORM = {"new_title": "x", "new_slug": "x"}


def send(client, method, address, parameter, value):
    """The response to `value` under `parameter`, in the query of a GET and in the form of a POST."""
    sent = {parameter: value}
    if method == "post":
        return client.post(address, FORM | sent)
    address, _, query = address.partition("?")
    return client.get(address, dict(pair.split("=") for pair in query.split("&") if query) | sent)


def _spelled(value, spelling):
    return SPELLINGS[spelling](value) if value and str(value).isdecimal() else value


def _spelled_addresses():
    """(view name, spelling) of the addresses that take more than digits for an id."""
    patterns = {name: pattern.pattern for name, _, pattern in admin_patterns() if name in NAMING}
    texts = [name for name, pattern in patterns.items() if _takes_text(pattern)]
    return [(name, spelling) for name in texts for spelling in SPELLINGS]


def _takes_text(pattern):
    converters = getattr(pattern, "converters", {})
    return any(isinstance(converters.get(name), StringConverter) for name in ("pk", "object_id"))


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("parameter", PARAMETERS)
def test_no_spelling_in_a_query_or_a_form_tells_a_title(scenario, signed_in, parameter, spelling):
    own, other = scenario.places["kazakhstan"], scenario.places["tajikistan"]
    before = rows()
    client = signed_in("focal point")
    method, address, name = parameter(own)
    for page in (other.draft, other.in_review):
        response = send(client, method, address, name, SPELLINGS[spelling](page.pk))
        assert other.secret not in told(response)
        assert response.status_code < 500
    assert rows() == before


@pytest.mark.parametrize("value", NO_IDS)
@pytest.mark.parametrize("parameter", PARAMETERS)
def test_what_is_no_id_is_no_server_error(scenario, signed_in, parameter, value):
    response = send(signed_in("focal point"), *parameter(scenario.places["kazakhstan"]), value)
    assert response.status_code < 500


@pytest.mark.parametrize(("name", "spelling"), _spelled_addresses())
def test_no_spelling_in_an_address_lets_a_stranger_in(scenario, signed_in, name, spelling):
    there = scenario.places["tajikistan"]
    arguments = [_spelled(value, spelling) for value in NAMING[name].arguments(there)]
    address = reverse(name, args=arguments)
    client = signed_in("focal point")
    for method in ("get", "post"):
        response = ask(client, method, address)
        assert response.status_code == 400 or refused(response)
        assert there.secret not in told(response)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("kind", ["link", "image", "adopted_from"])
def test_no_spelling_in_a_practice_points_to_anothers(scenario, signed_in, kind, spelling):
    own, other = scenario.places["kazakhstan"], scenario.places["tajikistan"]
    sent = _form(kind, own, SPELLINGS[spelling](other.image.pk if kind == "image" else other.draft.pk))
    response = ask_form(signed_in("focal point"), own, sent)
    assert other.secret not in told(response)
    assert latest(own.draft).latest_revision_id == own.draft.latest_revision_id


@pytest.mark.parametrize("value", [*NO_IDS, 1.5, True, ["72"]])
def test_a_link_by_no_id_is_not_kept(scenario, signed_in, value):
    """The draft could not be opened again."""
    own = scenario.places["kazakhstan"]
    client = signed_in("focal point")
    response = ask_form(client, own, _form("link", own, value))
    assert response is None or response.status_code < 500
    assert client.get(reverse(EDIT, args=[own.draft.pk])).status_code == 200


def test_ones_own_page_may_be_spelled_otherwise(scenario, signed_in):
    own = scenario.places["kazakhstan"]
    ask_form(signed_in("focal point"), own, _form("link", own, f"+{own.live.pk}"))
    assert latest(own.draft).latest_revision_id != own.draft.latest_revision_id


def ask_form(client, place, sent):
    """The response, or None where the form is refused."""
    try:
        return client.post(reverse(EDIT, args=[place.draft.pk]), sent)
    except PermissionDenied:
        return None


def _form(kind, place, key):
    """The editor's form, with `key` where the field `kind` names a page or a picture."""
    if kind != "link":
        return form_of(place.draft, **{kind: key})
    text = {"key": "a", "text": "there", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"id": key}}
    blocks = [text | {"entityRanges": [{"offset": 0, "length": 5, "key": 0}]}]
    return form_of(place.draft, challenge=json.dumps({"blocks": blocks, "entityMap": {"0": entity}}))


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_id_is_parsed_as_django_looks_it_up(scenario, spelling):
    page = scenario.places["kazakhstan"].draft
    spelled = SPELLINGS[spelling](page.pk)
    assert parse_id(spelled) == page.pk == Page.objects.get(pk=spelled).pk


@pytest.mark.parametrize("value", NO_IDS)
def test_what_django_does_not_look_up_is_no_id(value):
    assert parse_id(value) is None


CHOSEN = [
    "wagtailimages_chooser",
    "wagtaildocs_chooser",
    "practice_chooser",
    "wagtailsnippetchoosers_indexing_withdrawal",
]
IN_URLS = [
    *(f"{reverse_lazy(f'{chooser}:chosen', args=['X'])}" for chooser in CHOSEN),
    "/admin/api/main/pages/find/?id=X",
    "/admin/reports/site-history/?user=X",
]


@pytest.mark.parametrize("value", [*NO_IDS, "1e0", "72,72", "[72]"])
@pytest.mark.parametrize("url", IN_URLS)
def test_no_url_with_what_is_no_id_is_a_server_error(scenario, signed_in, url, value):
    assert signed_in("administrator").get(url.replace("X", value)).status_code in (302, 404)


def test_a_number_that_no_database_holds_is_no_server_error(scenario, signed_in):
    page, number = scenario.places["kazakhstan"].draft.pk, "9" * 30
    for client in (signed_in("focal point"), signed_in("administrator")):
        assert client.get(f"/admin/pages/{page}/move/{number}/confirm/").status_code in (302, 404)

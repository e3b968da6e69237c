"""The table of role x address: in their own section people get in where they should, in another's nowhere, and learn nothing."""

import pytest

from tests.accounts.addresses import (
    CLOSED,
    NAMING,
    OTHER,
    OTHER_NAMESPACES,
    admin_patterns,
    closed_addresses,
    takes_parameters,
)
from tests.accounts.requesting import ask, enter, refused, rows, told

# Wagtail leaves the file open from which it makes a rendition.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.slow,
    pytest.mark.sqlite_suffices,
]

STRANGERS = [("focal point", "tajikistan"), ("focal point", "international"), ("expert", "kazakhstan")]
AT_HOME = [("focal point", "kazakhstan"), ("expert", "international")]


def test_every_address_is_in_a_table():
    unknown = {
        name
        for name, _, pattern in admin_patterns()
        if name
        and takes_parameters(pattern)
        and name not in NAMING
        and name not in OTHER
        and not name.startswith((*CLOSED, *OTHER_NAMESPACES))
    }
    assert not unknown, "Say in tests/accounts/addresses.py what these name, or why they need not be guarded"


def test_the_tables_name_nothing_that_is_gone():
    there = {name for name, _, _ in admin_patterns()}
    assert set(NAMING) | set(OTHER) <= there


def test_an_address_without_a_name_only_stands_before_one_with_a_name():
    """As practices.localize wraps another's: what is asked of the name is answered there."""
    named = {route for name, route, _ in admin_patterns() if name}
    rest = {route for name, route, _ in admin_patterns() if not name} - {"test404/", "^.*/$"}
    assert rest <= named


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", NAMING)
@pytest.mark.parametrize(("role", "place"), STRANGERS)
def test_strangers_are_refused_and_learn_nothing(scenario, signed_in, role, place, name, method):
    client = signed_in(role)
    there = scenario.places[place]
    before = rows()
    response = ask(client, method, NAMING[name].of(name, there))
    assert refused(response), f"{response.status_code} {response.headers.get('Location', '')}"
    assert there.secret not in told(response)
    assert rows() == before


@pytest.mark.parametrize("name", NAMING)
@pytest.mark.parametrize(("role", "place"), AT_HOME)
def test_at_home_they_get_in_where_they_should(scenario, signed_in, role, place, name):
    response = enter(signed_in(role), NAMING[name].of(name, scenario.places[place]))
    assert refused(response) is not NAMING[name].is_open_to(role)
    if response is not None:
        assert response.status_code < 500
        assert not any(secret in told(response) for secret in scenario.secrets_hidden_from(place))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["focal point", "expert", "translator", "reviewer"])
def test_what_is_the_secretariats_is_closed_to_others(scenario, signed_in, role, method):
    client = signed_in(role)
    before = rows()
    opened = [
        (address, response.status_code)
        for address in closed_addresses()
        if not refused(response := ask(client, method, address))
    ]
    assert not opened
    assert rows() == before


def test_what_is_closed_is_really_there(scenario, signed_in):
    """Else the test above would ask for records that nobody can find."""
    client = signed_in("administrator")
    opened = [address for address in closed_addresses() if not refused(ask(client, "get", address))]
    assert len(opened) > 0.8 * len(list(closed_addresses()))

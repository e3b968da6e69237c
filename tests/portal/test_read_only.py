"""Where there is nothing but to read, any other method is answered 405: not as a forged form, and by no server error."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.urls.converters import UUIDConverter

from tests.factories import a_practice

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_suffices]
# The addresses that take a form or, as OAI-PMH and mail programs do, a request in one.
FORMS = (
    "/en/record/{key}/contact/", "/en/record/{key}/report/", "/en/record/{key}/adopted/", "/en/alerts/new/",
    "/en/practice/{key}/contact/", "/en/practice/{key}/report/", "/en/practice/{key}/adopted/",
    "/en/alerts/{text}/", "/alerts/{text}/unsubscribe", "/oai", "/en/accounts/login/", "/en/accounts/password/reset/",
)  # fmt: skip
SIGN_IN = ("/en/accounts/", "/en/_util/", "/admin/", "/documents/authenticate_with_password/", "/api/v1/")
METHODS = ["post", "put", "patch", "delete"]


def public_paths(key):
    """Every address that stands in the URL configuration, but the admin's."""
    for entry in get_resolver().url_patterns:
        route = str(entry.pattern)
        if not route.startswith("admin/"):
            yield from _paths(entry, "", key)


def _paths(entry, above, key):
    if isinstance(entry, URLResolver):
        for below in entry.url_patterns:
            yield from _paths(below, above + _filled(entry.pattern, key), key)
    elif "(" not in str(entry.pattern):  # a regular expression: asked for by name below
        yield "/" + above + _filled(entry.pattern, key)


def _filled(pattern, key):
    route = str(pattern)
    for name, converter in getattr(pattern, "converters", {}).items():
        value = (
            str(key)
            if isinstance(converter, UUIDConverter)
            else "1"
            if "int" in str(type(converter)).lower()
            else "csv"
        )
        for kind in ("uuid", "str", "int", "path", "slug"):
            route = route.replace(f"<{kind}:{name}>", value).replace(f"<{name}>", value)
    return route.lstrip("^")


@pytest.mark.parametrize("method", METHODS)
def test_what_is_read_only_says_so(tree, method):
    page = a_practice(tree.section(), title="Lighthouse")
    key = page.translation_key
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    forms = tuple(path.format(key=key, text="csv") for path in FORMS)
    paths = {path for path in public_paths(key) if path not in forms and not path.startswith(SIGN_IN)}
    paths |= {
        "/en/",
        "/ru/",
        page.url,
        "/en/practices/",
        "/api/v1/search",
        "/api/v1/docs",
        "/en/nowhere/",
        "/documents/1/file.pdf",
    }
    assert len(paths) > 25
    answers = {path: getattr(client, method)(path).status_code for path in paths}
    assert not {path: status for path, status in answers.items() if status != 405}


def test_forms_still_take_what_is_sent(tree):
    page = a_practice(tree.section(), title="Lighthouse")
    client = Client(raise_request_exception=False)
    for path in FORMS:
        status = client.post(path.format(key=page.translation_key, text=uuid4())).status_code
        assert status != 405, path
        assert status < 500, path

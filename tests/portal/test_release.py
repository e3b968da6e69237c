"""An update shows at once, and the page of a failure has its styles."""

import json

import pytest
from django.core.cache import caches
from django.template.loader import get_template

from core import release


@pytest.mark.django_db
def test_a_page_of_the_release_before_is_made_anew(client, tree, monkeypatch):
    tag = client.get("/en/").headers["ETag"]
    assert client.get("/en/", headers={"If-None-Match": tag}).status_code == 304
    monkeypatch.setattr("portal.middleware.pages.release", lambda: "the-next")
    response = client.get("/en/", headers={"If-None-Match": tag})
    assert response.status_code == 200
    assert response.headers["ETag"] != tag
    caches["pages"].clear()


@pytest.mark.parametrize(
    "changed",
    ["search/page.py", "templates/base.html", "static/css/base.css", "locale/ru/LC_MESSAGES/django.mo"],
)
def test_whatever_a_page_is_made_of_makes_a_release(settings, tmp_path, changed):
    settings.BASE_DIR = tmp_path
    file = tmp_path / changed
    file.parent.mkdir(parents=True)
    digests = set()
    for content in ("one", "other", "other"):
        file.write_text(content)
        release.release.cache_clear()
        digests.add(release.release())
    release.release.cache_clear()
    assert len(digests) == 2


def test_the_page_of_a_failure_has_its_styles_under_their_hashed_names(settings, tmp_path):
    names = {f"css/{name}.css": f"css/{name}.0123.css" for name in ("tokens", "base")}
    (tmp_path / "staticfiles.json").write_text(json.dumps({"version": "1.1", "paths": names}))
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    page = get_template("500.html").render()
    assert all(f"/static/{name}" in page for name in names.values())


def test_it_has_them_where_no_file_was_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "missing"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    assert "/static/css/base.css" in get_template("500.html").render()

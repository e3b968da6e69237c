"""A step of `make run` is done once for each state of its sources."""

import json
import stat

import pytest

from indexing.models import Record
from ops import prepare
from tests.factories import a_practice

pytestmark = pytest.mark.sqlite_suffices


@pytest.fixture
def clone(tmp_path, monkeypatch):
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "DONE", tmp_path / "var" / "prepared")
    return tmp_path


def test_a_step_is_done_again_only_when_a_source_changes(clone):
    source = clone / "practices.yaml"
    source.write_text("a")
    assert prepare.Step("content", [source]).stored_output() is None

    prepare.Step("content", [source]).done("account: one\n")
    assert prepare.Step("content", [source]).stored_output() == "account: one\n"

    source.write_text("b")
    assert prepare.Step("content", [source]).stored_output() is None


def test_the_secret_is_written_once_and_for_its_owner_alone(clone):
    prepare.write_secret()
    first = (clone / ".env").read_text()
    prepare.write_secret()

    assert (clone / ".env").read_text() == first
    assert len(first.partition("SECRET_KEY=")[2]) > 50
    assert stat.S_IMODE((clone / ".env").stat().st_mode) == 0o600


@pytest.mark.django_db
def test_records_of_an_earlier_version_get_what_this_one_keeps_in_them(tree):
    practice = a_practice(tree.section(), organisations=[("lead", {"name": "Ministry"})])
    record = Record.objects.get(key=practice.translation_key)
    whole = json.dumps(record.document)
    assert "Ministry" in whole
    Record.objects.filter(pk=record.pk).update(
        document=json.loads(whole.replace('"organisations"', '"older"'))
    )
    prepare.repair_records()
    assert Record.objects.get(pk=record.pk).document == record.document

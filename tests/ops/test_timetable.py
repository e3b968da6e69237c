"""What runs by itself: each of it is in the worker's timetable, and says nothing where there is nothing to do."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from core.jobs.registry import job_definitions

pytestmark = pytest.mark.sqlite_suffices

SCHEDULED = {
    "alerts.send",
    "core.publish_scheduled",
    "core.purge",
    "enquiries.deliver_messages",
    "enquiries.purge_messages",
    "enquiries.remind_of_late_messages",
    "indexing.check",
    "indexing.reanalyse",
    "usage.purge_texts",
}


def test_the_worker_does_what_was_left_to_cron():
    assert {name for name, entry in job_definitions.items() if entry.is_scheduled} == SCHEDULED
    composed = yaml.safe_load(Path(settings.BASE_DIR, "compose.yaml").read_text())["services"]
    assert composed["worker"]["command"] == "python manage.py worker"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "command",
    [
        "clean_pictures",
        "deliver_messages",
        "jobs",
        "note_file_uses",
        "publish_scheduled",
        "purge_messages",
        "send_alerts",
        "worker --once",
    ],
)
def test_with_nothing_to_do_nothing_is_printed(capsys, command):
    """Whatever a command of a timetable prints would be an e-mail of cron's."""
    call_command(*command.split())
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "")

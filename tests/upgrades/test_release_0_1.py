"""A database of release 0.1, with drafts, translations, alerts, messages and withdrawn practices, upgrades by `migrate`.

The two dumps beside this file were made by that release's own code: the demo, loaded and then worked on.
"""

import json
from typing import Any

import pytest

from tests.upgrades.databases import HERE, manage, restored, shell

pytestmark = pytest.mark.slow


@pytest.fixture
def database_url(tmp_path):
    with restored(tmp_path) as url:
        yield url


def report(database_url: str) -> dict[str, Any]:
    return json.loads(shell(database_url, (HERE / "report_contents.py").read_text()))


# What may have happened to such a database: a country has another name by now, so that the people of its group, which was found
# by that name, are no longer its focal points; and search was migrated back and forth, which cost SQLite the triggers that
# tell the full text of changes.
AGEING = """
from django.db import connection
from taxonomy.models import Country
Country.objects.filter(code="KZ").update(name_en="Republic of Kazakhstan")
if connection.vendor == "sqlite":
    connection.cursor().execute("DROP TRIGGER search_text_update")
"""
PEOPLE = {
    "administrators": ["administrator"],
    "experts": ["expert"],
    "focal-points-KG": ["focal-kyrgyzstan"],
    "focal-points-KZ": ["focal-kazakhstan"],
    "focal-points-TJ": ["focal-tajikistan"],
    "reviewers": ["reviewer"],
    "secretariat": ["secretariat"],
    "translators": ["translator"],
}


EGOV = "eGov Kazakhstan: online services with volunteers who teach people to use them"
ACCESSIBLE = "Accessible Internet: rural fibre and satellite coverage in Kazakhstan"
ASTANA_HUB = "Astana Hub: international technopark of IT start-ups"
REASON = "Its figures could not be confirmed."


def check_withdrawals(contents: dict[str, Any]) -> None:
    """Former paths and withdrawn practices, now of the app `indexing`, answer as before."""
    assert contents["former_paths"] == 26
    assert contents["withdrawn"] == [[EGOV, "", False, REASON], [ACCESSIBLE, ASTANA_HUB, True, ""]]
    assert contents["at_withdrawn_paths"] == [["", REASON], ["/en/practices/kazakhstan/astana-hub/", ""]]
    assert contents["references_of_withdrawals"] == [
        ["1", "page", "35"], ["2", "page", "37"], ["2", "replaced_by", "39"]
    ]  # fmt: skip
    assert contents["secretariat_on_moved_models"] == [
        "add_withdrawal", "change_withdrawal", "delete_withdrawal", "view_message", "view_withdrawal"
    ]  # fmt: skip


def test_nothing_is_lost_by_the_upgrade(database_url):
    manage(database_url, "shell", "--no-imports", stdin=AGEING)
    manage(database_url, "migrate", "--no-input")
    manage(database_url, "setup_portal")
    contents = report(database_url)

    assert contents["practices"] == 42
    # One fewer than before: a page was restricted in one language, and public in the other.
    assert contents["public"] == 32
    assert "Draft title of a live practice" in contents["draft_titles"]
    assert "Черновик перевода" in contents["draft_titles"]
    assert (
        contents["beneficiaries_of_drafts"][contents["draft_titles"].index("Draft title of a live practice")]
        == 3
    )
    assert contents["texts_of_drafts"]
    assert contents["reviews"] == 3
    assert contents["pages_with_images"] == 2
    assert contents["adopted_by"] == ["TJ", "TJ"]
    assert contents["subscriptions"] == [
        ["reader@example.com", "ru", True, "kind=practice&theme=e-resilience"],
        ["another@example.com", "en", False, "q=school&kind=practice&country=KZ"],
    ]
    assert contents["stored_queries"] == ["kind=practice&theme=digital-skills&beneficiary=women"]
    assert contents["letters"] == 1
    assert contents["messages"] == [
        ["How did you agree on a price with operators?", True, ["office@example.org"]],
        ["The year of the start is not right, it was 2019.", False, []],
    ]
    assert (contents["review_links"], contents["restricted"]) == (1, 2)
    check_withdrawals(contents)
    assert {role: people for role, people in contents["people_by_role"].items() if people} == PEOPLE
    assert contents["content_types_left_behind"] == []
    assert contents["full_text_follows"]
    # What search holds agrees with the pages.
    manage(database_url, "search_check", "--repair")
    manage(database_url, "search_check")
    # What waited is sent.
    manage(database_url, "deliver_messages")
    manage(database_url, "send_alerts")
    contents = report(database_url)
    assert [message[1] for message in contents["messages"]] == [True, True]
    assert contents["messages"][1][2] == ["secretariat@speca.example"]
    assert contents["letters"] == 0


# As the database says it, whatever the models say: asked while the tables are back where they were.
MOVED_BACK = """
from django.db import connection
cursor = connection.cursor()
for query in (
    "SELECT COUNT(*) FROM practices_address",
    "SELECT COUNT(*) FROM practices_withdrawal WHERE practice_id IN (35, 37)",
    "SELECT COUNT(*) FROM practices_message WHERE practice_key IS NOT NULL AND practice_title <> ''",
    "SELECT COUNT(*) FROM django_content_type"
    " WHERE app_label = 'practices' AND model IN ('address', 'withdrawal', 'message')",
    "SELECT COUNT(*) FROM wagtailcore_referenceindex WHERE model_path = 'practice' AND object_id IN ('1', '2')",
    "SELECT COUNT(*) FROM auth_permission WHERE codename = 'view_address'",
    "SELECT COUNT(*) FROM core_job WHERE name = 'practices.deliver_messages'",
    "SELECT COUNT(*) FROM core_scheduledrun WHERE name LIKE 'practices.%_messages'",
):
    cursor.execute(query)
    print(cursor.fetchone()[0])
"""


# Both kinds of messages and of rows that name their jobs.
WAITING = """
from uuid import uuid4
from django.utils import timezone
from core.jobs import enqueue
from core.models import ScheduledRun
from enquiries.models import Message
Message.objects.create(section_key=uuid4(), title="Any", kind="contact", text="To a section", language="en")
enqueue("enquiries.deliver_messages")
for name in ("deliver_messages", "purge_messages"):
    ScheduledRun.objects.create(name=f"enquiries.{name}", due=timezone.now())
"""
JOBS_LEFT = """
from core.models import Job
print(Job.objects.filter(name__endswith=".deliver_messages", finished=None).count())
"""


def test_tables_that_moved_to_other_apps_go_back_and_forth(database_url):
    """Rows, permissions, references, and jobs that wait with their times, come along; what waited is done afterwards."""
    manage(database_url, "migrate", "--no-input")
    manage(database_url, "shell", "--no-imports", stdin=WAITING)
    before = report(database_url)
    manage(database_url, "migrate", "--no-input", "practices", "0011")
    said = manage(database_url, "shell", "--no-imports", stdin=MOVED_BACK)
    assert said.split()[-8:] == ["26", "2", "3", "3", "2", "1", "1", "2"]
    manage(database_url, "migrate", "--no-input")
    assert report(database_url) == before
    assert [message[1] for message in before["messages"]] == [True, False, False]
    manage(database_url, "worker", "--once")
    messages = report(database_url)["messages"]
    assert [message[1] for message in messages] == [True, True, True]
    assert manage(database_url, "shell", "--no-imports", stdin=JOBS_LEFT).split() == ["0"]

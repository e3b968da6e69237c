"""Who is in a role stays in it, whatever a country or a group is called now or was called before this was so."""

import importlib
import io

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Collection

from accounts.models import Role
from accounts.permissions import runs_the_portal
from accounts.roles import CODES, SECRETARIAT, focal_points, focal_points_code
from enquiries.models import Message, MessageKind
from enquiries.relay import recipients_of
from taxonomy.models import Country
from tests.factories import a_user

pytestmark = pytest.mark.slow

KZ = focal_points_code("KZ")
NEW_NAME = "Republic of Kazakhstan"
give_codes = importlib.import_module("accounts.migrations.0004_role_of_groups").give_codes


def setup():
    call_command("setup_portal", stdout=io.StringIO())


def rename_country(name=NEW_NAME):
    country = Country.objects.get(code="KZ")
    country.name_en = name
    country.save()


@pytest.fixture
def focal_point(scenario):
    return scenario.people["focal point"]


def test_a_renamed_country_keeps_its_group_its_people_and_its_pictures(scenario, focal_point):
    group, collections = Role.objects.get(code=KZ).group, Collection.objects.count()
    setup()
    rename_country()
    setup()
    assert Role.objects.get(code=KZ).group == group
    assert list(focal_point.groups.all()) == [group]
    assert not Group.objects.filter(name=focal_points(NEW_NAME)).exists()
    assert Collection.objects.count() == collections


@pytest.mark.parametrize("renamed", ["country", "group"])
def test_a_report_reaches_the_focal_points_after_a_renaming(scenario, focal_point, renamed):
    if renamed == "country":
        rename_country()
    else:
        Group.objects.filter(pk=focal_point.groups.get().pk).update(name="Казахстан")
    page = scenario.places["kazakhstan"].live
    assert recipients_of(Message(kind=MessageKind.REPORT), page) == [focal_point.email]


def test_a_renamed_secretariat_still_runs_the_portal(scenario):
    Group.objects.filter(role__code=CODES[SECRETARIAT]).update(name="Office")
    assert runs_the_portal(scenario.people["secretariat"])


@pytest.fixture
def of_names(scenario):
    """As before there were codes."""
    Role.objects.all().delete()


def test_groups_made_by_name_get_their_codes(of_names):
    names = {group.name for group in Group.objects.all()}
    give_codes(apps, None)
    assert Role.objects.count() == len(names) == 12
    assert Role.objects.get(code=KZ).group.name == focal_points("Kazakhstan")
    setup()
    assert {group.name for group in Group.objects.all()} == names


@pytest.mark.parametrize("people", ["in the old group", "in the new group", "in both"])
def test_a_country_renamed_before_keeps_everybody(of_names, focal_point, people):
    """setup_portal had made a second group by the new name, with the same rights."""
    old = focal_point.groups.get()
    rename_country()
    new = Group.objects.create(name=focal_points(NEW_NAME))
    for permission in old.page_permissions.all():
        permission.pk, permission.group = None, new
        permission.save()
    newcomer = a_user(username="newcomer")
    if people != "in the old group":
        newcomer.groups.add(new)
    if people == "in the new group":
        focal_point.groups.set([new])
    give_codes(apps, None)
    expected = {focal_point} if people == "in the old group" else {focal_point, newcomer}
    assert set(Role.objects.users(KZ)) == expected
    assert Role.objects.get(code=KZ).group == old


def test_a_group_renamed_before_is_found_by_what_it_may_do(of_names, focal_point):
    Group.objects.filter(pk=focal_point.groups.get().pk).update(name="Kazakh colleagues")
    give_codes(apps, None)
    assert list(Role.objects.users(KZ)) == [focal_point]

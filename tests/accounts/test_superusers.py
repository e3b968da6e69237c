"""Nobody gives more than they hold, to others or to themselves: by the forms, in bulk, or by taking over an account."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from accounts.models import User
from accounts.roles import ADMINISTRATORS, EXPERTS, REVIEWERS, SECRETARIAT
from tests.factories import a_superuser, a_user

pytestmark = pytest.mark.sqlite_suffices

ADD = "wagtailusers_users:add"
EDIT = "wagtailusers_users:edit"
MANAGERS = "Managers of users"


@pytest.fixture
def people(scenario):
    """An administrator, somebody who may do nothing but manage users, and a superuser."""
    managers = Group.objects.create(name=MANAGERS)
    managers.permissions.add(
        Permission.objects.get(codename="access_admin"),
        *Permission.objects.filter(content_type__app_label="accounts", content_type__model="user"),
    )
    manager = a_user(MANAGERS, username="manager")
    return scenario.people | {"manager": manager, "superuser": a_superuser(username="root")}


@pytest.fixture
def sign_in(client, people):
    def as_person(role):
        client.force_login(people[role], backend="accounts.backends.PortalBackend")
        return client

    return as_person


def form_of(user=None, *groups, **changes):
    form = {"username": "new", "email": "new@example.org", "first_name": "A", "last_name": "B"}
    if user:
        form |= {"username": user.username, "email": user.email, "is_active": "on"}
    else:
        form |= {"password1": "a new long phrase", "password2": "a new long phrase"}
    return form | {"groups": [Group.objects.get(name=name).pk for name in groups]} | changes


def bulk(action, user):
    address = reverse("wagtail_bulk_action", args=["accounts", "user", action])
    return f"{address}?next=/admin/&id={user.pk}"


@pytest.mark.parametrize("role", ["administrator", "manager"])
def test_only_a_superuser_makes_superusers(sign_in, people, role):
    client = sign_in(role)
    client.post(reverse(ADD), form_of(is_superuser="on"))
    copy = reverse("wagtailusers_users:copy", args=[people["superuser"].pk])
    client.post(copy, form_of(username="copied", email="copied@example.org", is_superuser="on"))
    assert User.objects.filter(username__in=["new", "copied"], is_superuser=False).count() == 2
    for user in (people["reviewer"], people[role], User.objects.get(username="new")):
        client.post(reverse(EDIT, args=[user.pk]), form_of(user, is_superuser="on", is_staff="on"))
        user.refresh_from_db()
        assert not user.is_superuser
        assert not user.is_staff


def test_a_superuser_makes_another(sign_in, people):
    user = people["reviewer"]
    sign_in("superuser").post(reverse(EDIT, args=[user.pk]), form_of(user, REVIEWERS, is_superuser="on"))
    assert User.objects.get(pk=user.pk).is_superuser


@pytest.mark.parametrize(("role", "allowed"), [("administrator", True), ("manager", False)])
@pytest.mark.parametrize("group", [ADMINISTRATORS, SECRETARIAT])
def test_nobody_puts_people_into_a_group_above_their_own(sign_in, people, role, allowed, group):
    client = sign_in(role)
    client.post(reverse(ADD), form_of(None, group))
    own = [role.name for role in people[role].groups.all()]
    client.post(reverse(EDIT, args=[people[role].pk]), form_of(people[role], group, *own))
    client.post(bulk("assign_role", people["reviewer"]), {"role": Group.objects.get(name=group).pk})
    members = User.objects.filter(groups__name=group)
    for name in ("new", people[role].username, "reviewer"):
        assert members.filter(username=name).exists() is allowed, name


@pytest.mark.parametrize(("role", "victim"), [("administrator", "superuser"), ("manager", "superuser"),
                                              ("manager", "administrator"), ("manager", "secretariat")])  # fmt: skip
def test_no_account_of_somebody_above_is_taken_over(sign_in, people, role, victim):
    client, user = sign_in(role), people[victim]
    before = User.objects.filter(pk=user.pk).values().get(), set(user.groups.all())
    changes = {
        "email": "mine@example.org",
        "password1": "a new long phrase",
        "password2": "a new long phrase",
    }
    client.post(reverse(EDIT, args=[user.pk]), form_of(user, **changes))
    client.post(reverse("wagtailusers_users:delete", args=[user.pk]))
    client.post(bulk("delete", user))
    client.post(bulk("set_active_state", user), {"mark_as_active": "False"})
    client.post(bulk("assign_role", user), {"role": Group.objects.get(name=EXPERTS).pk})
    assert (User.objects.filter(pk=user.pk).values().get(), set(user.groups.all())) == before


def test_who_is_below_can_be_managed(sign_in, people):
    user = people["reviewer"]
    sign_in("manager").post(
        reverse(EDIT, args=[user.pk]), form_of(user, REVIEWERS, email="other@example.org")
    )
    user.refresh_from_db()
    assert user.email == "other@example.org"
    assert [group.name for group in user.groups.all()] == [REVIEWERS]


@pytest.mark.parametrize("twin", [{"username": "ROOT"}, {"email": "Reviewer@Example.org"}])
def test_names_and_addresses_that_differ_by_case_are_one(sign_in, people, twin):
    User.objects.filter(pk=people["reviewer"].pk).update(email="reviewer@example.org")
    client = sign_in("superuser")
    answer = client.post(reverse(ADD), form_of(None, REVIEWERS, **twin))
    assert answer.status_code == 200
    assert not User.objects.filter(**twin).exists()

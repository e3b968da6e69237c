"""Give the groups that setup_portal made by name their codes, also where a country or its group was renamed since."""

from django.db import migrations

NAMES = ("Experts", "Translators", "Reviewers", "Secretariat", "Administrators")
PREFIX = "Focal points: "


def give_codes(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Role = apps.get_model("accounts", "Role")
    for name in NAMES:
        group = Group.objects.filter(name=name, role=None).first()
        if group:
            Role.objects.create(code=name.lower(), group=group)
    for country in apps.get_model("taxonomy", "Country").objects.filter(is_speca=True).exclude(slug=""):
        group = _group_of(apps, country)
        if group:
            Role.objects.create(code=f"focal-points-{country.code}", group=group)


def _group_of(apps, country):
    """The group of a country's focal points, with the people of all that were made for it.

    After the country got another name `setup_portal` made a second group beside the first; the older one stays the group.
    """
    Group = apps.get_model("auth", "Group")
    page_permissions = apps.get_model("wagtailcore", "GroupPagePermission").objects
    writing = page_permissions.filter(page__slug=country.slug, permission__codename="add_page")
    writers = Group.objects.filter(pk__in=writing.values("group"), role=None).order_by("pk")
    made = [group for group in writers if group.name.startswith(PREFIX)]
    if not made:
        made = list(Group.objects.filter(name=PREFIX + country.name_en, role=None))
    if not made and len(writers) == 1:  # an administrator called it otherwise
        made = list(writers)
    if not made:
        return None
    group, *others = made
    for other in others:
        group.user_set.add(*other.user_set.all())
    return group


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_role"),
        ("taxonomy", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(give_codes, migrations.RunPython.noop)]

"""Readers' messages, about records of any kind or to a country's section, go to the app `enquiries`, whose 0001 takes them up.

All that the database sees is done here, so that the table is never in two apps, nor its content type. With it go the jobs
that wait and the times of the timetable.
"""

from django.db import migrations, models

OLD, NEW = ("practices", "message"), ("enquiries", "message")
JOBS = ("deliver_messages", "purge_messages")


def key_sections_as_records(apps, schema_editor):
    """On the way back: there is one key only, and none is lost."""
    messages = apps.get_model("practices", "Message").objects
    messages.filter(record_key=None).update(record_key=models.F("section_key"), section_key=None)


def rename(before, after):
    """The content type, by whose id permissions and log entries follow, and the jobs."""

    def change(apps, schema_editor):
        content_types = apps.get_model("contenttypes", "ContentType").objects
        found = content_types.filter(app_label=before[0], model=before[1]).first()
        if found:
            # One of the new name may be there, and unused: code of the one release makes it on a database of the other.
            content_types.filter(app_label=after[0], model=after[1]).delete()
            content_types.filter(pk=found.pk).update(app_label=after[0])
        jobs, runs = apps.get_model("core", "Job").objects, apps.get_model("core", "ScheduledRun").objects
        for name in JOBS:
            old, new = f"{before[0]}.{name}", f"{after[0]}.{name}"
            # A worker of the other release may have been started too early: one that waits, and one time, are enough.
            jobs.filter(name=new, started=None, finished=None).delete()
            jobs.filter(name=old).update(name=new)
            runs.filter(name=new).delete()
            runs.filter(name=old).update(name=new)

    return change


class Migration(migrations.Migration):

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0004_jobs_and_mail"),
        ("practices", "0012_former_paths_to_indexing"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RenameField("message", "practice_key", "record_key"),
                migrations.RenameField("message", "practice_title", "title"),
                migrations.AlterField(
                    "message", "record_key", models.UUIDField(blank=True, db_index=True, null=True)
                ),
                migrations.AddField(
                    "message", "section_key", models.UUIDField(blank=True, db_index=True, null=True)
                ),
                migrations.RunPython(migrations.RunPython.noop, key_sections_as_records),
                migrations.AddConstraint(
                    "message",
                    models.CheckConstraint(
                        name="message_about_one",
                        condition=models.Q(record_key=None, section_key__isnull=False)
                        | models.Q(record_key__isnull=False, section_key=None),
                    ),
                ),
                migrations.AlterModelTable("message", "enquiries_message"),
            ],
            state_operations=[migrations.DeleteModel("Message")],
        ),
        migrations.RunPython(rename(OLD, NEW), rename(NEW, OLD)),
    ]

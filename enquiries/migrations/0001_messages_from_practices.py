"""The table that `practices` has given away in its 0013: nothing is left to do in the database."""

import django.utils.timezone
from django.db import migrations, models

ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
KINDS = [("contact", "Question"), ("report", "Report of an error"), ("adoption", "Report of an adoption")]


def key(verbose_name):
    return models.UUIDField(blank=True, db_index=True, null=True, verbose_name=verbose_name)


class Migration(migrations.Migration):
    dependencies = [("practices", "0013_messages_to_enquiries")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        ID,
                        ("record_key", key("record")),
                        ("section_key", key("section of a country")),
                        ("title", models.CharField(max_length=255, verbose_name="title of the page")),
                        ("kind", models.CharField(choices=KINDS, max_length=10, verbose_name="kind")),
                        ("sender_name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                        (
                            "sender_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                        ),
                        ("text", models.TextField(verbose_name="message")),
                        ("language", models.CharField(max_length=10, verbose_name="language")),
                        (
                            "created",
                            models.DateTimeField(
                                db_index=True, default=django.utils.timezone.now, verbose_name="received"
                            ),
                        ),
                        (
                            "not_before",
                            models.DateTimeField(blank=True, null=True, verbose_name="passed on not before"),
                        ),
                        ("turn", models.PositiveSmallIntegerField(default=1, editable=False)),
                        ("delivered", models.DateTimeField(blank=True, null=True, verbose_name="passed on")),
                        (
                            "delivered_to",
                            models.JSONField(blank=True, default=list, verbose_name="passed on to"),
                        ),
                    ],
                    options={
                        "verbose_name": "message of a reader",
                        "verbose_name_plural": "messages of readers",
                        "ordering": ["-created", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                name="message_about_one",
                                condition=models.Q(record_key=None, section_key__isnull=False)
                                | models.Q(record_key__isnull=False, section_key=None),
                            )
                        ],
                    },
                ),
            ]
        )
    ]

from django.db import migrations

from core.mailbox import canonical_address


def spell_mailboxes_alike(apps, schema_editor):
    """Of two alerts that become the same, the one that was confirmed first stays."""
    Subscription = apps.get_model("alerts", "Subscription")
    for alert in Subscription.objects.order_by("pk").iterator():
        try:
            email = canonical_address(alert.email)
        except ValueError:
            continue  # no mail reaches it; it stays as it is
        if email == alert.email:
            continue
        twin = Subscription.objects.filter(email=email, language=alert.language, query=alert.query).first()
        if twin and twin.confirmed and (alert.confirmed is None or twin.confirmed <= alert.confirmed):
            alert.delete()
            continue
        if twin:
            twin.delete()
        Subscription.objects.filter(pk=alert.pk).update(email=email)


class Migration(migrations.Migration):
    dependencies = [
        ("alerts", "0005_queries_name_their_kind"),
    ]

    operations = [
        # Mail reaches the mailbox by either spelling: there is nothing to take back.
        migrations.RunPython(spell_mailboxes_alike, migrations.RunPython.noop),
    ]

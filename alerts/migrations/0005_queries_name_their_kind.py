from django.db import migrations, models

from search.stored_queries import naming_kind

KIND = "practice"


def name_kind(apps, schema_editor):
    """What was subscribed to while practices were all that could be found goes on finding practices.

    Of two alerts of a mailbox that become the same, the one that was confirmed first stays.
    """
    Subscription = apps.get_model("alerts", "Subscription")
    for alert in Subscription.objects.order_by("pk").iterator():
        query = naming_kind(alert.query, KIND)
        if query == alert.query:
            continue
        twin = Subscription.objects.filter(email=alert.email, language=alert.language, query=query).first()
        if twin and twin.confirmed and (alert.confirmed is None or twin.confirmed <= alert.confirmed):
            alert.delete()
            continue
        if twin:
            twin.delete()
        Subscription.objects.filter(pk=alert.pk).update(query=query)


class Migration(migrations.Migration):
    dependencies = [
        ("alerts", "0004_query_alert_email_sent_item"),
    ]

    operations = [
        migrations.AlterField(
            model_name="subscription",
            name="query",
            field=models.CharField(blank=True, max_length=2020),
        ),
        # Earlier code understands a query that names its kind: there is nothing to take back.
        migrations.RunPython(name_kind, migrations.RunPython.noop),
    ]

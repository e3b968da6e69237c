import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Names only: no row changes."""

    dependencies = [
        ("alerts", "0003_letters_go_to_the_outbox"),
    ]

    operations = [
        migrations.RemoveConstraint("subscription", "alert_once_a_mailbox"),
        migrations.RenameField("subscription", "question", "query"),
        migrations.AddConstraint(
            "subscription",
            models.UniqueConstraint(fields=["email", "query", "language"], name="alert_once_a_mailbox"),
        ),
        migrations.RenameModel("Letter", "AlertEmail"),
        migrations.RenameModel("Mention", "SentItem"),
        migrations.RenameField("sentitem", "letter", "alert_email"),
        migrations.AlterModelOptions(
            name="alertemail",
            options={"verbose_name": "alert e-mail"},
        ),
        migrations.AlterModelOptions(
            name="sentitem",
            options={"verbose_name": "sent item"},
        ),
        migrations.AlterField(
            model_name="alertemail",
            name="subscription",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="emails", to="alerts.subscription"),
        ),
        migrations.AlterField(
            model_name="sentitem",
            name="alert_email",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="items", to="alerts.alertemail"),
        ),
        migrations.AlterField(
            model_name="sentitem",
            name="subscription",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="items", to="alerts.subscription"),
        ),
    ]

"""What a translator says is the same as in the original on purpose."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0007_remove_client_hash'),
    ]

    operations = [
        migrations.AddField(
            model_name='practicepage',
            name='same_on_purpose',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
    ]

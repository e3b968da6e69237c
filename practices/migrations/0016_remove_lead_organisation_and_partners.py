"""What the organisations have taken up."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0015_move_to_organisations'),
    ]

    operations = [
        migrations.RemoveField(model_name='practicepage', name='lead_organisation'),
        migrations.RemoveField(model_name='practicepage', name='partners'),
    ]

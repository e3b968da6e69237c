from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0020_desk_act'),
    ]

    operations = [
        migrations.AddField(
            model_name='deskact',
            name='confirmed',
            field=models.JSONField(default=dict),
        ),
    ]

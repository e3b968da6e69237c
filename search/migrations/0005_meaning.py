"""Vectors for questions across languages, empty where the optional encoder is not installed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0004_appeared'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meaning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True)),
                ('fingerprint', models.CharField(max_length=64)),
                ('vector', models.BinaryField()),
            ],
            options={
                'verbose_name': 'meaning',
            },
        ),
    ]

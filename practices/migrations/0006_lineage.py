"""When a practice was adopted from another one, what was changed, and readers who report that they adopted one."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0005_addresses'),
    ]

    operations = [
        migrations.AddField(
            model_name='practicepage',
            name='adaptation',
            field=models.TextField(blank=True, max_length=500, verbose_name='what was changed'),
        ),
        migrations.AddField(
            model_name='practicepage',
            name='adopted_year',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='year of adoption'),
        ),
        migrations.AlterField(
            model_name='message',
            name='kind',
            field=models.CharField(choices=[('contact', 'Question'), ('report', 'Report of an error'), ('adoption', 'Report of an adoption')], max_length=10, verbose_name='kind'),
        ),
    ]

from django.db import migrations


class Migration(migrations.Migration):
    """A request for a picture names its file, and Wagtail's table has no index on it."""

    dependencies = [
        ('core', '0005_file_use'),
        ('wagtailimages', '0027_image_description'),
    ]

    operations = [
        migrations.RunSQL(
            'CREATE INDEX core_rendition_by_file ON wagtailimages_rendition (file)',
            'DROP INDEX core_rendition_by_file',
        ),
    ]

"""The URL path of a practice ends in its slug again.

Publishing the form of a translation kept a path made from the translated title, where no page answered.
"""

from django.db import migrations


def repair_url_paths(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    practices = apps.get_model("practices", "PracticePage").objects.values_list("pk", flat=True)
    for page in Page.objects.filter(pk__in=practices).only("slug", "url_path"):
        parent, last_step = page.url_path.rstrip("/").rsplit("/", 1)
        if last_step != page.slug:
            page.url_path = f"{parent}/{page.slug}/"
            page.save(update_fields=["url_path"])


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0017_segments_of_organisations"),
    ]

    # Going back leaves them as they are: they are right for earlier code too.
    operations = [migrations.RunPython(repair_url_paths, migrations.RunPython.noop)]

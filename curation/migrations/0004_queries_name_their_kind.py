import json

from django.db import migrations, models

from search.stored_queries import naming_kind

KIND = "practice"


def name_kind(apps, schema_editor):
    """What was stored while practices were all that could be found goes on finding practices: in pages, in their
    drafts and history, and in what translations take it from."""
    CollectionPage = apps.get_model("curation", "CollectionPage")
    for page in CollectionPage.objects.exclude(question="").iterator():
        CollectionPage.objects.filter(pk=page.pk).update(question=naming_kind(page.question, KIND))
    content_type = apps.get_model("contenttypes", "ContentType").objects.filter(
        app_label="curation", model="collectionpage"
    )
    for revision in apps.get_model("wagtailcore", "Revision").objects.filter(content_type__in=content_type).iterator():
        if question := revision.content.get("question"):
            revision.content["question"] = naming_kind(question, KIND)
            revision.save(update_fields=["content"])
    sources = apps.get_model("wagtail_localize", "TranslationSource").objects
    for source in sources.filter(specific_content_type__in=content_type).iterator():
        content = json.loads(source.content_json)
        if question := content.get("question"):
            source.content_json = json.dumps(content | {"question": naming_kind(question, KIND)})
            source.save(update_fields=["content_json"])


class Migration(migrations.Migration):
    dependencies = [
        ("curation", "0003_saved_search_texts"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [
        migrations.AlterField(
            model_name="collectionpage",
            name="question",
            field=models.CharField(
                blank=True,
                help_text="Search for practices and paste the address of the results here: what the search finds is shown below the picked practices, and stays up to date by itself.",
                max_length=2020,
                verbose_name="saved search",
            ),
        ),
        # Earlier code understands a query that names its kind: there is nothing to take back.
        migrations.RunPython(name_kind, migrations.RunPython.noop),
    ]

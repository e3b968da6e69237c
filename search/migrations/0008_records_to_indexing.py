"""Records, words, indexes and statuses belong to the app `indexing` from here on; the vectors are called embeddings."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("indexing", "0001_records_from_search"),
        ("search", "0007_triggers_restored"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel("Record"),
                migrations.DeleteModel("Word"),
                migrations.DeleteModel("SearchIndex"),
                migrations.DeleteModel("Happening"),
            ]
        ),
        migrations.RenameModel("Meaning", "Embedding"),
        migrations.AlterModelOptions("embedding", {"verbose_name": "embedding"}),
    ]

"""Run by `manage.py shell` on a database as it was before practices had organisations: a practice translated by segments.

Printed: path, string and translation of each segment of its organisations, as JSON.
"""

import json
import uuid

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

state = MigrationExecutor(connection).loader.project_state(
    [
        ("practices", "0013_messages_to_enquiries"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]
)
Page = state.apps.get_model("practices", "PracticePage")
Revision, ContentType, Locale = (
    state.apps.get_model(app, name)
    for app, name in (("wagtailcore", "Revision"), ("contenttypes", "ContentType"), ("wagtailcore", "Locale"))
)
localize = {
    name: state.apps.get_model("wagtail_localize", name)
    for name in (
        "TranslatableObject",
        "TranslationSource",
        "TranslationContext",
        "String",
        "StringSegment",
        "StringTranslation",
    )
}
LINE = "Ministry of Transport & Communications; e-Governance Academy"
PARTNERS = [
    {"type": "partner", "id": "p1", "value": {"name": "Regional university", "contribution": "Trains"}}
]
TOLD = {
    "lead_organisation": (
        "Ministry of Transport &amp; Communications; e-Governance Academy",
        "Министерство транспорта &amp; связи; Академия электронного управления",
    ),
    "partners.p1.name": ("Regional university", "Областной университет"),
    "partners.p1.contribution": ("Trains", "Обучает"),
}
STRINGS = uuid.UUID("59ed7d1c-7eb5-45fa-9c8b-7a7057ed56d7")
PATHS = uuid.UUID("fcab004a-2b50-11ea-978f-2e728ce88125")


def write():
    page = Page.objects.get(slug="tunduk-kyrgyzstan", locale__language_code="en")
    content = Revision.objects.filter(object_id=str(page.pk)).order_by("-pk").first().content
    content |= {"lead_organisation": LINE, "partners": json.dumps(PARTNERS)}
    types = ContentType.objects
    key = localize["TranslatableObject"].objects.create(
        translation_key=page.translation_key, content_type=types.get(app_label="wagtailcore", model="page")
    )
    source = localize["TranslationSource"].objects.create(
        object=key,
        specific_content_type=types.get(app_label="practices", model="practicepage"),
        locale=page.locale,
        object_repr=page.title,
        content_json=json.dumps(content),
        created_at=timezone.now(),
        last_updated_at=timezone.now(),
    )
    for order, (path, (text, translated)) in enumerate(TOLD.items(), start=1):
        context = localize["TranslationContext"].objects.create(
            object=key, path=path, path_id=uuid.uuid5(PATHS, path), field_path=path.replace("p1", "partner")
        )
        string = localize["String"].objects.create(
            locale=page.locale, data=text, data_hash=uuid.uuid5(STRINGS, text)
        )
        localize["StringSegment"].objects.create(
            source=source, context=context, order=order, string=string, attrs="{}"
        )
        localize["StringTranslation"].objects.create(
            translation_of=string,
            context=context,
            locale=Locale.objects.get(language_code="ru"),
            data=translated,
            translation_type="manual",
        )


if not localize["TranslationSource"].objects.exists():
    write()
told = {
    (translation.context_id, translation.translation_of_id): translation.data
    for translation in localize["StringTranslation"].objects.all()
}
print(
    json.dumps(
        sorted(
            [segment.context.path, segment.string.data, told.get((segment.context_id, segment.string_id))]
            for segment in localize["StringSegment"].objects.all()
        )
    )
)

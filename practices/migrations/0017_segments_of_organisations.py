"""What wagtail-localize keeps of lead organisations and partners, their segments and translations, follows them.

A segment is found by its path, and its editor fails on one that no field has. "A; B" was one segment, translated as one.
"""

import json
import uuid
from html import escape, unescape

from django.db import migrations

LEADS, PARTNERS, ORGANISATIONS = "lead_organisation", "partners", "organisations"
SEPARATOR, MAX_LINE = "; ", 300
# Of TranslationContext and of String in wagtail_localize.models.
PATHS = uuid.UUID("fcab004a-2b50-11ea-978f-2e728ce88125")
STRINGS = uuid.UUID("59ed7d1c-7eb5-45fa-9c8b-7a7057ed56d7")


def split(html):
    """Return the names in the string of a segment, which is HTML, as strings of segments."""
    return [escape(name.strip(), quote=False) for name in unescape(html).split(";") if name.strip()]


class Segments:
    """The segments of practices, in the models of a state of the migrations."""

    def __init__(self, apps):
        def objects(name):
            return apps.get_model("wagtail_localize", name).objects

        types = apps.get_model("contenttypes", "ContentType").objects
        practice_type = types.filter(app_label="practices", model="practicepage").values_list("pk", flat=True)
        self.sources = objects("TranslationSource").filter(specific_content_type__in=list(practice_type))
        self.contexts, self.strings = objects("TranslationContext"), objects("String")
        self.segments, self.translations = objects("StringSegment"), objects("StringTranslation")
        self.with_context = [
            self.translations,
            *map(objects, ("StringSegment", "TemplateSegment", "OverridableSegment", "SegmentOverride", "RelatedObjectSegment")),
        ]

    def context(self, source, path):
        return self.contexts.get_or_create(
            object_id=source.object_id, path_id=uuid.uuid5(PATHS, path), defaults={"path": path}
        )[0]

    def string(self, like, html):
        return self.strings.get_or_create(
            locale_id=like.locale_id, data_hash=uuid.uuid5(STRINGS, html), defaults={"data": html}
        )[0]

    def rename(self, source, before, after):
        """Move what stands below a field; an empty path of the field is found anew when it is asked for."""
        for context in self.contexts.filter(object_id=source.object_id, path__startswith=f"{before}."):
            path = after + context.path.removeprefix(before)
            self.contexts.filter(pk=context.pk).update(
                path=path, path_id=uuid.uuid5(PATHS, path), field_path=""
            )

    def remove(self, contexts):
        for rows in self.with_context:
            rows.filter(context__in=contexts).delete()
        self.contexts.filter(pk__in=[context.pk for context in contexts]).delete()


def lead_path(source, number):
    """Return where the name of an organisation stands: practices.0015 gave its block this key."""
    return f"{ORGANISATIONS}.{uuid.uuid5(source.object_id, f'lead {number}')}.name"


def to_organisations(apps, schema_editor):
    known = Segments(apps)
    for source in known.sources.iterator():
        line = known.contexts.filter(object_id=source.object_id, path=LEADS).first()
        if line:
            split_line(known, source, line)
        known.rename(source, PARTNERS, ORGANISATIONS)


def split_line(known, source, line):
    """Make a segment of each organisation. A translation that has not as many names as its original is dropped."""
    for segment in known.segments.filter(context=line).select_related("string"):
        for number, name in enumerate(split(segment.string.data)):
            segment.pk = None
            segment.context = known.context(source, lead_path(source, number))
            segment.string = known.string(segment.string, name)
            segment.save(force_insert=True)
    for translation in known.translations.filter(context=line).select_related("translation_of"):
        original = translation.translation_of
        names, translated = split(original.data), split(translation.data)
        if len(names) != len(translated):
            continue
        for number, (name, data) in enumerate(zip(names, translated, strict=True)):
            translation.pk = None
            translation.context = known.context(source, lead_path(source, number))
            translation.translation_of = known.string(original, name)
            translation.data = data
            translation.save(force_insert=True)
    known.remove([line])


def to_line_and_partners(apps, schema_editor):
    known = Segments(apps)
    for source in known.sources.iterator():
        below = known.contexts.filter(object_id=source.object_id, path__startswith=f"{ORGANISATIONS}.")
        # There is no place for these then.
        known.remove([one for one in below if one.path.rpartition(".")[2] not in ("name", "contribution")])
        join_leads(known, source, names_in_line(source))
        known.rename(source, ORGANISATIONS, PARTNERS)


def names_in_line(source):
    """Return the paths of the lead organisations for which the line has room, as practices.0015 joins them."""
    blocks = json.loads(source.content_json).get(ORGANISATIONS) or "[]"
    line, paths = "", []
    for block in json.loads(blocks) if isinstance(blocks, str) else blocks:
        name = block["value"].get("name", "")
        longer = f"{line}{SEPARATOR}{name}" if line else name
        if block["type"] == "lead" and len(longer) <= MAX_LINE:
            line = longer
            paths.append(f"{ORGANISATIONS}.{block['id']}.name")
    return paths


def join_leads(known, source, paths):
    """Make one segment of them, with the translations that all of them have."""
    contexts = [known.context(source, path) for path in paths]
    segments = [known.segments.filter(context=one).select_related("string").first() for one in contexts]
    if contexts and all(segments):
        first, line = segments[0], known.context(source, LEADS)
        whole = known.string(first.string, SEPARATOR.join(one.string.data for one in segments))
        for locale in {t.locale_id for t in known.translations.filter(context=contexts[0])}:
            told = [known.translations.filter(context=one, locale=locale).first() for one in contexts]
            if all(told):
                joined = told[0]
                data = SEPARATOR.join(one.data for one in told)
                joined.pk, joined.context, joined.translation_of, joined.data = None, line, whole, data
                joined.save(force_insert=True)
        first.pk, first.context, first.string = None, line, whole
        first.save(force_insert=True)
    known.remove(contexts)


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0016_remove_lead_organisation_and_partners"),
    ]

    operations = [migrations.RunPython(to_organisations, to_line_and_partners)]

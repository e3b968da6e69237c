"""Lead organisations and partners become the organisations of a practice: in its rows, in every revision, in the sources of
translations, and in what a translation remembers of its original (practices.translations, practices.untranslated).

"A; B" were two organisations in one line. On the way back they are joined again; ROR identifiers and websites, for which
there is no place then, are dropped.
"""

import json
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import migrations

from practices.fingerprints import digest, fingerprint_of, passages_of, words_digest

LEADS, PARTNERS, ORGANISATIONS = "lead_organisation", "partners", "organisations"
OLD, NEW = (LEADS, PARTNERS), (ORGANISATIONS,)
BEHIND, TICKED = "behind", "ticked"
MAX_LINE = 300
COMMENTS = "wagtail_admin_comments"


def split(key, line, partners):
    """Return the organisations, as raw blocks: those of the line first. Keys of blocks are the same in every revision."""
    names = filter(None, (name.strip() for name in line.split(";")))
    return [
        {"type": "lead", "value": {"name": name, "ror": "", "url": ""}, "id": lead_id(key, number)}
        for number, name in enumerate(names)
    ] + [
        block
        | {
            "type": "partner",
            "value": {"name": "", "ror": "", "url": "", "contribution": ""} | block["value"],
        }
        for block in partners
    ]


def join(organisations):
    """Return the line and the partners. Leads for which the line has no room become partners: none is lost."""
    line, partners = "", []
    for block in organisations:
        name = block["value"].get("name", "")
        longer = f"{line}; {name}" if line else name
        if block["type"] == "lead" and len(longer) <= MAX_LINE:
            line = longer
        else:
            value = {"name": name, "contribution": block["value"].get("contribution", "")}
            partners.append(block | {"type": "partner", "value": value})
    return line, partners


def lead_id(key, number):
    return str(uuid5(UUID(str(key)), f"lead {number}"))


@dataclass
class Version:
    """A row or a revision: the row of either, its content, and its old and new values by field."""

    row: object
    content: dict
    values: dict

    def memory(self, name):
        return self.content.get(name) or {}

    def print_of(self, model, name):
        stream = model._meta.get_field(name)
        return fingerprint_of(stream, stream.to_python(self.values[name]))

    def digests(self, model, name):
        stream = model._meta.get_field(name)
        return [words_digest(text) for text in passages_of(stream, stream.to_python(self.values[name]))]


def raw(value):
    """Return a stream as a list; in revisions it is a text."""
    return json.loads(value or "[]") if isinstance(value, str) else list(value or [])


def version(key, row, content, before):
    """Return a version with both old and new values, made of those that there are before."""
    if before == OLD:
        line, partners = content.get(LEADS) or "", raw(content.get(PARTNERS))
        organisations = split(key, line, partners)
    else:
        organisations = raw(content.get(ORGANISATIONS))
        line, partners = join(organisations)
    return Version(row, content, {LEADS: line, PARTNERS: partners, ORGANISATIONS: organisations})


class Mover:
    """Rewrites what a translation remembers from the fields `before` to the fields `after`."""

    def __init__(self, model, before, after):
        self.model, self.before, self.after = model, before, after

    def prints(self, version, names):
        return tuple(version.print_of(self.model, name) for name in names)

    def translated(self, recorded, versions):
        """Return the new fingerprints of the text that had these; of one that is not kept, some that no text has."""
        for candidate in versions:
            if self.prints(candidate, self.before) == recorded:
                return self.prints(candidate, self.after)
        return tuple(digest(f"{name} {recorded}") for name in self.after)

    def fingerprints(self, version, own, originals):
        known = version.memory("source_fingerprints")
        kept = {name: entry for name, entry in known.items() if name not in self.before}
        entries = [known.get(name) or ["", "", []] for name in self.before]
        if any(name in known for name in self.before):
            sources = self.translated(tuple(entry[0] for entry in entries), originals)
            owns = self.translated(tuple(entry[1] for entry in entries), own)
            copies = self.digests(version, {d for entry in entries for d in (entry[2:] or [[]])[0]})
            kept |= {n: [s, o, copies[n]] for n, s, o in zip(self.after, sources, owns, strict=True)}
        if BEHIND in kept:
            kept[BEHIND] = self.behind(kept, originals)
        if TICKED in kept:
            kept[TICKED] = self.ticked(kept[TICKED], originals)
        return kept

    def behind(self, kept, originals):
        told = {name: value for name, value in kept[BEHIND].items() if name not in self.before}
        if originals and told != kept[BEHIND]:
            current = zip(self.after, self.prints(originals[0], self.after), strict=True)
            told |= {name: value for name, value in current if name in kept and kept[name][0] != value}
        return told

    def ticked(self, ticked, originals):
        parts = {name: value for name, value in ticked["parts"].items() if name not in self.before}
        if all(name in ticked["parts"] for name in self.before):
            recorded = tuple(ticked["parts"][name] for name in self.before)
            parts |= dict(zip(self.after, self.translated(recorded, originals), strict=True))
        return ticked | {"parts": parts}

    def digests(self, version, known):
        """Return, by new field, the digests of its passages that come from passages with a known digest."""
        if self.after == NEW:
            lead = version.values[LEADS] and words_digest(version.values[LEADS]) in known
            blocks = version.values[ORGANISATIONS]
            found = version.digests(self.model, ORGANISATIONS)
            return {
                ORGANISATIONS: [
                    value
                    for value, block in zip(found, blocks, strict=True)
                    if (lead if block["type"] == "lead" else value in known)
                ]
            }
        leads = version.digests(self.model, ORGANISATIONS)[: version.values[LEADS].count("; ") + 1]
        return {
            LEADS: [words_digest(version.values[LEADS])] if version.values[LEADS] and known >= set(leads) else [],
            PARTNERS: [value for value in version.digests(self.model, PARTNERS) if value in known],
        }

    def on_purpose(self, version):
        told = version.memory("same_on_purpose")
        kept = {name: value for name, value in told.items() if name not in self.before}
        known = {value for name in self.before for value in told.get(name, [])}
        return kept | {name: values for name, values in self.digests(version, known).items() if values}


def move(before, after):
    def change(apps, schema_editor):
        model = apps.get_model("practices", "PracticePage")
        keys = model.objects.order_by("translation_key").values_list("translation_key", flat=True).distinct()
        for key in list(keys):
            move_record(apps, Mover(model, before, after), key)
        move_sources(apps, before, after)
        move_comments(apps, before, after)

    return change


def move_record(apps, mover, key):
    """Rewrite the pages of a record in all languages, with all their revisions."""
    pages = list(mover.model.objects.filter(translation_key=key).select_related("locale"))
    versions = {page.pk: versions_of(apps, page, mover.before) for page in pages}
    originals = [v for page in pages if page.locale.language_code == page.original_language for v in versions[page.pk]]
    for page in pages:
        for one in versions[page.pk]:
            memory = {
                "source_fingerprints": mover.fingerprints(one, versions[page.pk], originals),
                "same_on_purpose": mover.on_purpose(one),
            }
            if one.row is page:
                values = {name: one.values[name] for name in mover.after} | memory
                mover.model.objects.filter(pk=page.pk).update(**values)
            else:
                content = renamed(one.content, one.values, mover.before, mover.after, key)
                type(one.row)._default_manager.filter(pk=one.row.pk).update(
                    content=content | {name: value for name, value in memory.items() if name in one.content}
                )


def versions_of(apps, page, before):
    """Return the row of a page, then its revisions, the newest first."""
    memory = {name: getattr(page, name) for name in ("source_fingerprints", "same_on_purpose")}
    content = {name: raw_value(page, name) for name in before} | memory
    revisions = apps.get_model("wagtailcore", "Revision").objects.filter(
        content_type__in=practice_type(apps), object_id=str(page.pk)
    )
    rows = [(page, content), *((one, one.content) for one in revisions.order_by("-created_at", "-pk"))]
    return [version(page.translation_key, row, content, before) for row, content in rows]


def practice_type(apps):
    """Return the key of the content type, in a list: there is none in a new database."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    return list(content_types.filter(app_label="practices", model="practicepage").values_list("pk", flat=True))


def raw_value(page, name):
    value = getattr(page, name)
    return value if isinstance(value, str) else list(value.raw_data)


def renamed(content, values, before, after, key):
    """Return a page as JSON with the fields of after in the place of those of before."""
    kept = {name: value for name, value in content.items() if name not in before}
    kept |= {name: v if isinstance(v, str) else json.dumps(v) for name, v in values.items() if name in after}
    if COMMENTS in kept:
        paths = [commented(comment["contentpath"], key, after) for comment in kept[COMMENTS]]
        kept[COMMENTS] = [
            comment | {"contentpath": path} for comment, path in zip(kept[COMMENTS], paths, strict=True)
        ]
    return kept


def commented(path, key, after):
    """Return where a comment stands now: on the first lead organisation, or on the same partner."""
    if after == NEW:
        if path == LEADS:
            return f"{ORGANISATIONS}.{lead_id(key, 0)}.name"
        return ORGANISATIONS + path.removeprefix(PARTNERS) if path.split(".")[0] == PARTNERS else path
    if path.split(".")[0] != ORGANISATIONS:
        return path
    return LEADS if lead_id(key, 0) in path else PARTNERS + path.removeprefix(ORGANISATIONS)


def move_sources(apps, before, after):
    """Rewrite the pages as wagtail-localize keeps them."""
    sources = apps.get_model("wagtail_localize", "TranslationSource").objects
    for source in sources.filter(specific_content_type__in=practice_type(apps)).iterator():
        content, key = json.loads(source.content_json), source.object_id
        content = renamed(content, version(key, source, content, before).values, before, after, key)
        sources.filter(pk=source.pk).update(content_json=json.dumps(content))


def move_comments(apps, before, after):
    comments = apps.get_model("wagtailcore", "Comment").objects
    for comment in comments.filter(contentpath__regex=f"^({'|'.join(before)})").select_related("page"):
        path = commented(comment.contentpath, comment.page.translation_key, after)
        comments.filter(pk=comment.pk).update(contentpath=path)


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0014_organisations"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(move(OLD, NEW), move(NEW, OLD))]

"""Run by `manage.py shell` on an upgraded database: prints what became of the organisations, as JSON."""

import json

from wagtail.models import Comment

from practices.changes import changes
from practices.models import PracticePage
from practices.translations import outdated_field_names, translation_of
from practices.untranslated import untranslated_passages


def named(page):
    return [[block.block_type, block.value["name"]] for block in page.organisations]


tunduk, suusamyr = (
    PracticePage.objects.get(slug=slug, locale__language_code="en")
    for slug in ("tunduk-kyrgyzstan", "suusamyr-community-network")
)
copied, translated = translation_of(tunduk, "ru"), translation_of(suusamyr, "ru")
draft = copied.get_latest_revision_as_object()
print(
    json.dumps(
        {
            "names": named(tunduk),
            "contribution": tunduk.organisations[-1].value["contribution"],
            "names_of_draft": named(draft),
            "untranslated": untranslated_passages(copied).get("organisations"),
            "untranslated_of_draft": untranslated_passages(draft).get("organisations"),
            "outdated": [
                "organisations" in outdated_field_names(page, original)
                for page, original in ((copied, tunduk), (translated, suusamyr))
            ],
            "behind": list(translated.source_fingerprints["behind"]),
            "changed_from": [
                change.before for change in changes(translated) if change.name == "organisations"
            ],
            "ticked": list(draft.source_fingerprints.get("ticked", {}).get("parts", {})),
            "comments_stand": [comment.has_valid_contentpath(tunduk) for comment in Comment.objects.all()],
            "all_have_leads": all(
                any(block.block_type == "lead" for block in page.organisations)
                for page in PracticePage.objects.all()
            ),
        }
    )
)

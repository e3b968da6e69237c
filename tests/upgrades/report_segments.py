"""Run by `manage.py shell` on an upgraded database: prints what its translators see of the organisations, as JSON."""

import json

from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

source = TranslationSource.objects.get()
page = source.as_instance()
russian = Locale.objects.get(language_code="ru")


def segments():
    return [
        [segment.context.get_field_path(page), segment.string.data, segment.translation]
        for segment in source.stringsegment_set.annotate_translation(russian).order_by("order", "pk")
        if segment.context.path.startswith(("organisations", "lead", "partners"))
    ]


upgraded = segments()
source.refresh_segments()
print(
    json.dumps(
        {"upgraded": upgraded, "lost_by_a_refresh": [one for one in upgraded if one not in segments()]}
    )
)

"""The texts of the interface, as somebody who uses it in one of its languages reads them."""

import re

from django.utils.translation import gettext, override
from django.utils.translation.trans_real import DjangoTranslation


class Wording:
    """Say an English text of the interface in `language`; a text that has no translation there is a fault."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.scripts = DjangoTranslation(language, domain="djangojs")

    def __call__(self, english: str) -> str:
        with override(self.language):
            text = gettext(english)
        if text == english:
            text = self.scripts.gettext(english)
        assert self.language == "en" or text != english, f"{english!r} has no translation"
        return str(text)

    def sentence(self, english: str, **values: str) -> re.Pattern[str]:
        """A sentence with %(names)s or {names} in it. What `values` does not give may be anything."""
        parts = re.split(r"(?:%\(|\{)(\w+)(?:\)[sd]|\})", self(english))
        return re.compile(
            "".join(
                (re.escape(values[part]) if part in values else ".+")
                if number % 2
                else r"\s+".join(map(re.escape, re.split(r"\s+", part)))
                for number, part in enumerate(parts)
            )
        )

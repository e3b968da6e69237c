"""The codes of the portal's languages, in the order in which they are named. Knows no Django, as the query does not."""

LANGUAGE_CODES = ("en", "ru")
DEFAULT_LANGUAGE = "en"

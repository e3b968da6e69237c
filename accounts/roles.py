"""The names of the groups that `setup_portal` makes; a person's roles are the groups they are in."""

EXPERTS = "Experts"
TRANSLATORS = "Translators"
REVIEWERS = "Reviewers"
SECRETARIAT = "Secretariat"
ADMINISTRATORS = "Administrators"


def focal_points(country_name: str) -> str:
    """The group of one country's focal points, by the country's English name."""
    return f"Focal points: {country_name}"

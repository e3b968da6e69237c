"""The roles that `setup_portal` creates: groups with a stable code (accounts.models.Role) that may be renamed.

A person's roles are the groups they are in. The constants are the initial names of the groups.
"""

EXPERTS = "Experts"
TRANSLATORS = "Translators"
REVIEWERS = "Reviewers"
SECRETARIAT = "Secretariat"
ADMINISTRATORS = "Administrators"
# Codes of the roles that belong to no country, by the initial name of their group.
CODES = {name: name.lower() for name in (EXPERTS, TRANSLATORS, REVIEWERS, SECRETARIAT, ADMINISTRATORS)}


FOCAL_POINTS = "focal-points-"


def focal_points(country_name: str) -> str:
    """Return the initial name of the group of a country's focal points."""
    return f"Focal points: {country_name}"


def focal_points_code(country_code: str) -> str:
    """Return the code of the role of a country's focal points, by the country's ISO 3166-1 alpha-2 code."""
    return f"{FOCAL_POINTS}{country_code}"

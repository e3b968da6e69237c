"""The roles that `setup_portal` makes: each a group, known by a stable code (accounts.models.Role) however it is called.

A person's roles are the groups they are in. The constants are the names that the groups get when they are made; an
administrator may rename a group, and a country may get another name.
"""

EXPERTS = "Experts"
TRANSLATORS = "Translators"
REVIEWERS = "Reviewers"
SECRETARIAT = "Secretariat"
ADMINISTRATORS = "Administrators"
# Roles that are not a country's, by the name of their group.
CODES = {name: name.lower() for name in (EXPERTS, TRANSLATORS, REVIEWERS, SECRETARIAT, ADMINISTRATORS)}


def focal_points(country_name: str) -> str:
    """Return the name that the group of a country's focal points gets when it is made."""
    return f"Focal points: {country_name}"


def focal_points_code(country_code: str) -> str:
    """Return the code of the role of a country's focal points, by the country's ISO 3166-1 alpha-2 code."""
    return f"focal-points-{country_code}"

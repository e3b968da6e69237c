"""Neighbours of each SPECA country: countries with a common land border or opposite each other on the Caspian Sea."""

NEIGHBOURS: dict[str, tuple[str, ...]] = {
    "AF": ("TJ", "TM", "UZ"),
    "AZ": ("KZ", "TM"),
    "KG": ("KZ", "TJ", "UZ"),
    "KZ": ("AZ", "KG", "TM", "UZ"),
    "TJ": ("AF", "KG", "UZ"),
    "TM": ("AF", "AZ", "KZ", "UZ"),
    "UZ": ("AF", "KG", "KZ", "TJ", "TM"),
}

"""Which SPECA countries are near which: those with a common land border, and those that face each other over the Caspian."""

NEIGHBOURS: dict[str, tuple[str, ...]] = {
    "AF": ("TJ", "TM", "UZ"),
    "AZ": ("KZ", "TM"),
    "KG": ("KZ", "TJ", "UZ"),
    "KZ": ("AZ", "KG", "TM", "UZ"),
    "TJ": ("AF", "KG", "UZ"),
    "TM": ("AF", "AZ", "KZ", "UZ"),
    "UZ": ("AF", "KG", "KZ", "TJ", "TM"),
}

"""Prefixes of machine-readable URLs: no language prefix, and a line of text instead of an error page."""

MACHINE_READABLE_PREFIXES = ("/api/", "/oai", "/sitemap", "/robots.txt")

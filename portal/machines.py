"""The URLs that machines ask for: no reader's language, and a line of text in the place of an error page."""

FOR_MACHINES = ("/api/", "/oai", "/sitemap", "/robots.txt")

"""Django's SQLite backend with look-ups that compare all letters without case; SQLite itself does so with ASCII only."""

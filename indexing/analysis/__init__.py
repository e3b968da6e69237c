"""Text analysis, in one place: records store these terms, every engine indexes them, and queries are parsed into them.

`letters` -> `stems`, `sounds` -> `chunks` -> `columns` (of a record), `text_query` (of a reader).
"""

# Increase it when the terms of a text change: records and indexes of another version are then rebuilt.
VERSION = 2

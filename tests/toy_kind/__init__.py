"""The smallest app with a kind of its own: a page type, what it gives to be found, and one registration.

It is installed by its own settings only, and tried by `finding.py` in a process beside the tests
(tests/indexing/test_toy_kind.py): nothing else of the portal knows of it.
"""

"""The basic objects of a portal, created or repaired by `manage.py setup_portal`, which never removes permissions."""

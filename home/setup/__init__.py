"""What a portal must have before anybody writes: made by `manage.py setup_portal`, which repairs and never takes back."""

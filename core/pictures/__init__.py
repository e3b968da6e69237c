"""Pictures: checks and removal of metadata at upload, and the names of renditions."""

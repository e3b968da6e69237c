"""What `ops/services` starts. Nothing here needs a package: it runs before there is a virtual environment."""

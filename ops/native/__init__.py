"""The services that `ops/services` starts. Only the standard library is used: it runs before a virtual environment exists."""

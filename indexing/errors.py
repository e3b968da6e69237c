"""What can go wrong on the way to a search server, without any of its library."""


class EngineUnavailable(Exception):
    """The engine cannot answer now: it is not there, silent, too slow or says so itself."""

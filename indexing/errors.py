"""Errors of the search server, without importing its library."""


class EngineUnavailable(Exception):
    """The engine cannot answer at the moment: unreachable, too slow, or it returned an error."""

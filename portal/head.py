"""HEAD: the headers of GET without its body."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def without_body_for_head(application: "WSGIApplication") -> "WSGIApplication":
    """Return the application with an empty body in answer to HEAD.

    Django leaves that to the server. gunicorn's own workers drop the body and log a warning for each; waitress sends it, and
    the client takes it for the next response of the connection.
    """

    def headers_only(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        response = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return response
        if close := getattr(response, "close", None):
            close()
        return ()

    return headers_only

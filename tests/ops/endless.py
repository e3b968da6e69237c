"""A WSGI application with an answer that has no end, and how much of it was made."""

from portal.head import without_body_for_head

made = 0
being_made = 0


@without_body_for_head
def application(environ, start_response):
    if environ["PATH_INFO"] == "/unchanged":
        start_response("304 Not Modified", [("ETag", '"1"'), ("Content-Length", "0")])
        return []
    if environ["PATH_INFO"] == "/page":
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "4")])
        return [b"page"]
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/endless":
        return _endless()
    return [f"{made} {being_made}".encode()]


def _endless():
    global made, being_made
    being_made += 1
    try:
        while True:
            made += 1
            yield b"x" * 100_000
    finally:
        being_made -= 1

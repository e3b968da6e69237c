"""A WSGI application with an answer that has no end, and how much of it was made."""

made = 0
being_made = 0


def application(environ, start_response):
    if environ["PATH_INFO"] == "/unchanged":
        start_response("304 Not Modified", [("ETag", '"1"')])
        return []
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

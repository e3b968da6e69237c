"""The way out of all mail."""

from django.core.mail.backends import smtp


class EmailBackend(smtp.EmailBackend):
    """Django's, but whatever keeps it from opening is a ConnectionError. Wagtail's notifications expect that one alone: a
    server whose name is not found or that refuses our password would undo what an editor saved."""

    def open(self) -> bool | None:
        """Raises ConnectionError."""
        try:
            return super().open()
        except OSError as failure:  # names, networks, time, SMTP's own errors
            raise ConnectionError(f"The mail server cannot be reached: {failure}") from failure

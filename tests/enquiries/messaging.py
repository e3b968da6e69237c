"""Sending the forms of a practice, and their errors."""

from bs4 import BeautifulSoup

from core.jobs import enqueue
from core.jobs.worker import run_all

TEXT = "How did you agree with the operators on a price?"
SENDER = {"text": TEXT, "sender_name": "Айгуль", "sender_email": "reader@example.com"}


def send(client, address: str, data: dict = SENDER, **extra):
    """Post the form; then the worker does what it was asked."""
    response = client.post(address, data, **extra)
    run_all()
    return response


def by_the_worker() -> None:
    enqueue("enquiries.deliver_messages")
    run_all()


def errors(response) -> dict[str, str]:
    """The errors by the field beside which they stand; those of no field under the empty name."""
    page = BeautifulSoup(response.content, "html.parser")
    found = {field.find(["input", "textarea"])["name"]: field.find(class_="field__error").get_text(strip=True)
             for field in page.find_all(class_="field--error")}  # fmt: skip
    general = [item.get_text(strip=True) for item in page.select(".notice--error li") if not item.a]
    return found | ({"": general[0]} if general else {})

"""What may be kept of a search text, and who is taken for a machine."""

import pytest

from tests.usage.conftest import FIREFOX
from usage.bots import is_bot
from usage.facts import LONGEST_COUNTRIES, joined_countries, text_to_keep

pytestmark = pytest.mark.sqlite_suffices


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Rural   BROADBAND ", "rural broadband"),
        ("Электронная ПОДПИСЬ", "электронная подпись"),
        ("Agenda 2030", "agenda 2030"),
        ("plan 12345", ""),
        ("1 2 3 4 5", ""),
        ("٠١٢٣٤", ""),
        ("aliya@example.org", ""),
        ("aliya＠example.org", ""),
        ("aliya%40example.org", ""),
        ("word " * 60, ""),
        ("ﷺ" * 20, ""),  # eighteen letters each when written out
    ],
)
def test_text_to_keep(typed, kept):
    assert text_to_keep(typed) == kept


def test_countries_are_in_one_order_and_never_cut_in_the_middle():
    assert joined_countries(["KZ", "AF"]) == "AF KZ"
    many = joined_countries(f"{first}{second}" for first in "ABCDEFGHIJKL" for second in "ABCDEFGHIJKL")
    assert len(many) <= LONGEST_COUNTRIES
    assert {len(code) for code in many.split()} == {2}


@pytest.mark.parametrize(
    "user_agent",
    [
        "",
        "curl/8.5.0",
        "python-requests/2.32",
        "WhatsApp/2.23",
        "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
        "Mozilla/5.0 (Linux; Android 6.0.1) Chrome/126 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/126.0.0.0",
    ],
)
def test_machines(user_agent):
    assert is_bot(user_agent)


@pytest.mark.parametrize(
    "user_agent",
    [
        FIREFOX,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/124.0.0.0 YaBrowser/24.6 Safari/537.36",
        "Opera/9.80 (Android; Opera Mini/36.2/191.249; U; ru) Presto/2.12.423 Version/12.16",
        "Mozilla/5.0 (Linux; Android 10; CUBOT_NOTE_S) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
    ],
)
def test_people(user_agent):
    assert not is_bot(user_agent)

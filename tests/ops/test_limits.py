"""What `make lint` says of what is too long."""

import pytest

from ops.limits import problems

pytestmark = pytest.mark.sqlite_suffices


def test_what_is_too_long_is_named_with_its_place(tmp_path):
    function = "def long():\n" + "    pass\n" * 45
    for place, text in {
        "app/views/page.py": function,
        "app/forms.py": function,
        "app/models.py": "x = 1\n" * 301,
        "app/migrations/0001_initial.py": "x = 1\n" * 301,
        "var/made.py": "x = 1\n" * 301,
        "templates/page.html": f"<p>\n{'ж' * 150}\n{'x' * 151}\n",
        "static/page.html": "x" * 151,
    }.items():
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    assert list(problems(tmp_path)) == [
        "app/forms.py:1: 46 lines in long(), at most 45",
        "app/models.py: 301 lines in the file, at most 300",
        "templates/page.html:3: 151 characters in the line, at most 150",
    ]

"""The commands of the search, by hand."""

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.parametrize(
    "command", ["search_rebuild", "search_rebuild --if-needed", "search_ship", "search_ship --once"]
)
def test_without_a_search_server_they_say_what_to_set(command):
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL=https://"):
        call_command(*command.split())

"""What can be set is told in one table, offered in .env.example and passed on by compose.yaml."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

pytestmark = pytest.mark.sqlite_suffices

ROOT = Path(settings.BASE_DIR)
READ_FROM = ["portal/settings/base.py", "portal/settings/production.py", "ops/gunicorn.py"]
READ = re.compile(r"""\b(?:env|known)(?:\.\w+)?\(\s*"([A-Z_]+)"|environ\.get\(\s*["']([A-Z_]+)""")
# The image's own: its volume, and the address inside the container.
OF_THE_IMAGE = {"MEDIA_ROOT", "BIND", "PORT"}


@pytest.fixture(scope="module")
def table():
    """The settings of docs/operations.md and what its second column says of each."""
    lines = (ROOT / "docs" / "operations.md").read_text().splitlines()
    rows = [
        [cell.strip() for cell in line.split("|")[1:3]]
        for line in lines
        if re.match(r"\| `[A-Z][A-Z_]+`", line)
    ]
    settings_of = {}
    for names, without in rows:
        found = re.findall(r"`([A-Z][A-Z_]+)`", names)
        values = (
            [value.strip(" `") for value in without.split(", ")] if len(found) > 1 else [without.strip(" `")]
        )
        settings_of |= dict(zip(found, values, strict=True))
    return settings_of


@pytest.fixture(scope="module")
def composed():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    return {name: service for name, service in services.items() if service.get("build")}


def test_all_that_is_read_is_in_the_table(table):
    read = {
        name
        for file in READ_FROM
        for match in READ.finditer((ROOT / file).read_text())
        for name in match.groups()
        if name
    }
    assert read == set(table)


def test_all_of_the_table_is_in_the_example(table):
    offered = re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE)
    assert set(offered) == set(table)


def test_all_of_the_table_reaches_every_container(table, composed):
    image = (ROOT / "Dockerfile").read_text()
    for name, service in composed.items():
        assert set(service["environment"]) == set(table) - OF_THE_IMAGE, name
    assert all(f"{name}=" in image for name in OF_THE_IMAGE)


def test_a_container_takes_what_the_table_says_where_nothing_is_set(table, composed):
    """But for what belongs to the network of the containers: its database, and the gateway as proxy."""
    for name, given in composed["portal"]["environment"].items():
        if match := re.fullmatch(r"\$\{(\w+):-(.*)\}", given):
            variable, default = match.groups()
            assert variable == name
            if name == "TRUSTED_PROXIES":
                network = yaml.safe_load((ROOT / "compose.yaml").read_text())["networks"]["default"]
                assert default == network["ipam"]["config"][0]["gateway"]
            elif default and default != "consolemail://":
                meant = {"on": "true", "a year": "31536000"}.get(table[name], table[name])
                assert default == meant, name

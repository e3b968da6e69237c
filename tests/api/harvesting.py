"""A harvester as others use it, in front of the portal itself: no network, but each answer judged by a schema."""

import os
from pathlib import Path
from typing import Any

import requests
from django.test import Client
from lxml import etree
from sickle import Sickle

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
OURS = etree.RelaxNG(etree.parse(Path(__file__).parent / "schemas" / "oai-pmh.rng"))
OFFICIAL = """
<schema xmlns="http://www.w3.org/2001/XMLSchema">
  <import namespace="http://www.openarchives.org/OAI/2.0/" schemaLocation="{folder}/OAI-PMH.xsd"/>
  <import namespace="http://www.openarchives.org/OAI/2.0/oai_dc/" schemaLocation="{folder}/oai_dc.xsd"/>
  <import namespace="http://datacite.org/schema/kernel-4" schemaLocation="{folder}/kernel-4/metadata.xsd"/>
</schema>
"""
FOLDER = os.environ.get("OAI_SCHEMAS")
SCHEMAS = [OURS, *([etree.XMLSchema(etree.XML(OFFICIAL.format(folder=FOLDER)))] if FOLDER else [])]


class Harvester(Sickle):
    def __init__(self, client: Client, **options: Any) -> None:
        super().__init__("http://testserver/oai", **options)
        self.client = client

    def _request(self, arguments: dict[str, str]) -> requests.Response:
        ask = self.client.post if self.http_method == "POST" else self.client.get
        found = requests.Response()
        answered = ask("/oai", arguments)
        found.status_code, found._content = answered.status_code, answered.content
        judged(found.content)
        return found


def asked(client: Client, query: str) -> etree._Element:
    """The answer to a query as it is written."""
    response = client.get(f"/oai?{query}")
    assert response.status_code == 200
    return judged(response.content)


def judged(content: bytes) -> etree._Element:
    answer = etree.fromstring(content)
    for schema in SCHEMAS:
        schema.assertValid(answer)
    return answer


def code(answer: etree._Element) -> str:
    """The error that was answered, empty where there is none."""
    error = answer.find(f"{OAI}error")
    return "" if error is None else error.get("code")


def texts(record: Any, path: str) -> list[tuple[str | None, str]]:
    """(language, text) of the elements at a path below a harvested record."""
    return [(element.get(LANG), element.text) for element in record.xml.iterfind(f".//{path}")]

"""What is answered to each verb, as XML."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from lxml import etree

from api.oai.arguments import Asked, Fault, read
from api.oai.elements import Element, adder, root
from api.oai.harvest import LIFETIME, begun, resumed, sets
from api.oai.records import FORMATS, NAMESPACE, add_header, add_records, format_named, record_named, stamp
from core.alternates import absolute
from core.site import portal_name
from core.versions import settled_time
from core.xml import without_illegal_characters
from exports.entries import changed_at
from indexing.models import Record

SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"

add = adder(NAMESPACE)


def answer(pairs: Iterable[tuple[str, str]]) -> bytes:
    """The document that answers a request, whatever was asked: a fault is answered in the protocol's own form.

    Raises OperationalError where a list cannot be made now (core.versions.settled_time).
    """
    document = root(NAMESPACE, "OAI-PMH", SCHEMA, {None: NAMESPACE})
    response_date = add(document, "responseDate", stamp(datetime.now(UTC)))
    request = add(document, "request", absolute("/oai"))
    try:
        asked = read(pairs)
        # Of a malformed request nothing may be repeated.
        request.attrib.update(
            {
                "verb": asked.verb,
                **{n: without_illegal_characters(value) for n, value in asked.arguments.items()},
            }
        )
        if asked.verb in LISTS:
            # A harvester goes on from this time: nothing may have changed before it that this answer does not see.
            response_date.text = stamp(changed_at(settled_time()))
        VERBS[asked.verb](document, asked)
    except Fault as fault:
        add(document, "error", fault, code=fault.code)
    answer: bytes = etree.tostring(document, encoding="UTF-8", xml_declaration=True)
    return answer


def _identify(document: Element, asked: Asked) -> None:
    identity = add(document, "Identify")
    add(identity, "repositoryName", portal_name("en"))
    add(identity, "baseURL", absolute("/oai"))
    add(identity, "protocolVersion", "2.0")
    add(identity, "adminEmail", settings.SECRETARIAT_EMAIL)
    add(identity, "earliestDatestamp", stamp(changed_at(Record.objects.earliest_change())))
    add(identity, "deletedRecord", "persistent")
    add(identity, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    add(identity, "compression", "gzip")


def _list_metadata_formats(document: Element, asked: Asked) -> None:
    if "identifier" in asked.arguments:
        record_named(asked.arguments["identifier"])
    formats = add(document, "ListMetadataFormats")
    for prefix, form in FORMATS.items():
        one = add(formats, "metadataFormat")
        add(one, "metadataPrefix", prefix)
        add(one, "schema", form.schema)
        add(one, "metadataNamespace", form.namespace)


def _list_sets(document: Element, asked: Asked) -> None:
    if "resumptionToken" in asked.arguments:
        raise Fault("badResumptionToken", "The list of sets comes whole, without tokens.")
    if not sets():
        raise Fault("noSetHierarchy", "There are neither countries nor themes here yet.")
    listed = add(document, "ListSets")
    for spec, name in sets().items():
        one = add(listed, "set")
        add(one, "setSpec", spec)
        add(one, "setName", name)


def _get_record(document: Element, asked: Asked) -> None:
    form = format_named(asked.arguments["metadataPrefix"])
    record = record_named(asked.arguments["identifier"])
    add_records(add(document, "GetRecord"), [record], form)


def _list_records(document: Element, asked: Asked) -> None:
    token = asked.arguments.get("resumptionToken")
    harvest = resumed(token, asked.verb) if token else begun(asked)
    form = format_named(harvest.prefix)
    page, left = harvest.page()
    listed = add(document, asked.verb)
    if asked.verb == "ListRecords":
        add_records(listed, page, form)
    else:
        for record in page:
            add_header(listed, record, record.removed)
    if left:
        until = stamp(datetime.now(UTC) + LIFETIME)
        add(listed, "resumptionToken", left.token(), expirationDate=until, cursor=str(harvest.seen))
    elif token:  # the last page of several says so
        add(listed, "resumptionToken", cursor=str(harvest.seen))


VERBS = {
    "Identify": _identify,
    "ListMetadataFormats": _list_metadata_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListIdentifiers": _list_records,
    "ListRecords": _list_records,
}
LISTS = ("ListIdentifiers", "ListRecords")

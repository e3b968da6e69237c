"""The XML response to each verb."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from lxml import etree

from api.oai.arguments import OAIError, OAIRequest, parse_request
from api.oai.elements import Element, adder, root
from api.oai.harvest import LIFETIME, resume_harvest, sets, start_harvest
from api.oai.policies import policies
from api.oai.records import FORMATS, NAMESPACE, add_header, add_records, get_format, get_record, stamp
from core.alternates import absolute
from core.site import portal_name
from core.versions import settled_time
from core.xml import without_illegal_characters
from exports.entries import changed_at
from indexing.models import Record

SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"

add = adder(NAMESPACE)


def answer(pairs: Iterable[tuple[str, str]]) -> bytes:
    """Return the response document of a request; an invalid request gets the protocol's own error.

    Raises OperationalError if a list cannot be created at the moment (core.versions.settled_time).
    """
    document = root(NAMESPACE, "OAI-PMH", SCHEMA, {None: NAMESPACE})
    response_date = add(document, "responseDate", stamp(datetime.now(UTC)))
    request = add(document, "request", absolute("/oai"))
    try:
        oai_request = parse_request(pairs)
        # The attributes of a malformed request must not be repeated.
        request.attrib.update(
            {
                "verb": oai_request.verb,
                **{n: without_illegal_characters(value) for n, value in oai_request.arguments.items()},
            }
        )
        if oai_request.verb in LISTS:
            # Harvesters continue from this time: the response must contain every earlier change.
            response_date.text = stamp(changed_at(settled_time()))
        VERBS[oai_request.verb](document, oai_request)
    except OAIError as error:
        add(document, "error", error, code=error.code)
    answer: bytes = etree.tostring(document, encoding="UTF-8", xml_declaration=True)
    return answer


def _identify(document: Element, oai_request: OAIRequest) -> None:
    identity = add(document, "Identify")
    add(identity, "repositoryName", portal_name("en"))
    add(identity, "baseURL", absolute("/oai"))
    add(identity, "protocolVersion", "2.0")
    add(identity, "adminEmail", settings.SECRETARIAT_EMAIL)
    add(identity, "earliestDatestamp", stamp(changed_at(Record.objects.earliest_change())))
    add(identity, "deletedRecord", "persistent")
    add(identity, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    add(identity, "compression", "gzip")
    add(identity, "description").append(policies())


def _list_metadata_formats(document: Element, oai_request: OAIRequest) -> None:
    if "identifier" in oai_request.arguments:
        get_record(oai_request.arguments["identifier"])
    formats = add(document, "ListMetadataFormats")
    for prefix, form in FORMATS.items():
        element = add(formats, "metadataFormat")
        add(element, "metadataPrefix", prefix)
        add(element, "schema", form.schema)
        add(element, "metadataNamespace", form.namespace)


def _list_sets(document: Element, oai_request: OAIRequest) -> None:
    if "resumptionToken" in oai_request.arguments:
        raise OAIError("badResumptionToken", "The list of sets comes whole, without tokens.")
    names = sets()
    if not names:  # the schema has no empty list
        raise OAIError("noSetHierarchy", "There is no record yet, so there are no sets.")
    set_list = add(document, "ListSets")
    for spec, name in names.items():
        element = add(set_list, "set")
        add(element, "setSpec", spec)
        add(element, "setName", name)


def _get_record(document: Element, oai_request: OAIRequest) -> None:
    form = get_format(oai_request.arguments["metadataPrefix"])
    record = get_record(oai_request.arguments["identifier"])
    add_records(add(document, "GetRecord"), [record], form)


def _list_records(document: Element, oai_request: OAIRequest) -> None:
    token = oai_request.arguments.get("resumptionToken")
    harvest = resume_harvest(token, oai_request.verb) if token else start_harvest(oai_request)
    form = get_format(harvest.prefix)
    page, remaining = harvest.page()
    record_list = add(document, oai_request.verb)
    if oai_request.verb == "ListRecords":
        add_records(record_list, page, form)
    else:
        for record in page:
            add_header(record_list, record, record.removed)
    if remaining:
        until = stamp(datetime.now(UTC) + LIFETIME)
        add(record_list, "resumptionToken", remaining.token(), expirationDate=until, cursor=str(harvest.sent))
    elif token:  # an empty token marks the last page of several
        add(record_list, "resumptionToken", cursor=str(harvest.sent))


VERBS = {
    "Identify": _identify,
    "ListMetadataFormats": _list_metadata_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListIdentifiers": _list_records,
    "ListRecords": _list_records,
}
LISTS = ("ListIdentifiers", "ListRecords")

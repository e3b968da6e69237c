"""What harvesters may do with the records and what they must know, in the form that Identify has for it."""

from api.oai.elements import Element, adder, root
from core.alternates import absolute

# "eprints" is a schema for any repository's policies, in spite of its name.
NAMESPACE = "http://www.openarchives.org/OAI/1.1/eprints"
SCHEMA = "http://www.openarchives.org/OAI/1.1/eprints.xsd"
CONTENT = (
    "Good practices of digital connectivity, inclusion, resilience and innovation, in English and Russian."
)
METADATA = (
    "Texts may be reused under CC BY 4.0, unless the rights of a record say otherwise. Name the organisation and the title, "
    "and link to the permanent URL."
)
DATA = "Each record names its licence, where it has one."
DELETIONS = (
    "Deletions are kept for ever. A record is announced as deleted when it is no longer public in any language, "
    "in the sets that it belonged to then."
)
SETS = (
    "If you harvest sets, harvest each one whole once a month and drop the records that did not come. A record "
    "that leaves a set, such as a practice corrected from one country to another, gets a new datestamp in the sets "
    "where it remains; OAI-PMH cannot announce in the set that it left. If you harvest without sets, every change "
    "reaches you."
)

add = adder(NAMESPACE)


def policies() -> Element:
    """Return the description of content, policies, and how to harvest."""
    description = root(NAMESPACE, "eprints", SCHEMA, {None: NAMESPACE})
    add(add(description, "content"), "text", CONTENT)
    metadata = add(description, "metadataPolicy")
    add(metadata, "text", METADATA)
    add(metadata, "URL", absolute("/api/v1/docs"))
    add(add(description, "dataPolicy"), "text", DATA)
    add(description, "comment", DELETIONS)
    add(description, "comment", SETS)
    return description

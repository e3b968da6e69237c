"""The type of URLs in responses."""

from typing import Annotated

from pydantic import WithJsonSchema

# An absolute URL of the portal or of a licence. The type does not check it: an answer is no place to refuse our own.
Uri = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]

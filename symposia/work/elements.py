"""XML from somebody else: read with suspicion, its words known by their local names."""

from typing import Any

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped]

from symposia.work.apart import Unreadable


def root_of(content: bytes) -> Any:
    """The root of a document. Raises Unreadable with what the parser says of it, and
    DefusedXmlException where it brings a document type or entities of its own."""
    try:
        return fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable(str(error)) from error


def local_name(name: Any) -> str:
    """A name without its space; comments and instructions have none."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""

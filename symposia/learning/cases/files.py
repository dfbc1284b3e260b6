"""A case as a file that another organisation, or another program, can read. Pure."""

import json
from typing import Any

from symposia.learning.cases.document import CaseDocument, as_kept, document_of

LARGEST = 2 * 1024 * 1024
# What the file says of itself, so that another kind is not taken for one.
KIND, VERSION = "symposia.case", 1


def case_as_file(document: CaseDocument) -> bytes:
    """The document as JSON that people can read."""
    kept = {"kind": KIND, "version": VERSION, **as_kept(document)}
    return json.dumps(kept, ensure_ascii=False, indent=1).encode()


def read_case_file(content: bytes) -> CaseDocument:
    """The document in a file. Raises pydantic.ValidationError where there is none."""
    return document_of(_opened(content))


def _opened(content: bytes) -> Any:
    """What stands in the file; what is no JSON, or another kind, is no document either."""
    try:
        found = json.loads(content) if len(content) <= LARGEST else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.pop("kind", KIND) != KIND:
        return None
    found.pop("version", None)
    return found

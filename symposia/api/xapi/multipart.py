"""Statements with what is attached to them, as multipart/mixed: read strictly, part by part."""

import re
from collections.abc import Mapping
from email.message import Message

from django.utils.translation import gettext as _

from symposia.api.xapi.asked import Asked
from symposia.statements.attached import Content, fits
from symposia.statements.checking import Wrong

MOST = 200
_HASH, _ENCODING = "X-Experience-API-Hash", "Content-Transfer-Encoding"
_TYPE = re.compile(r"[\x21-\x7e]+/[\x21-\x7e]+(?:[ -~]*)")


def is_multipart(asked: Asked) -> bool:
    return asked.media_type == "multipart/mixed"


def parts_of(asked: Asked) -> tuple[bytes, dict[str, Content]]:
    """The statements, and the contents by their hashes."""
    first, *others = _split(asked.body, _boundary(asked.content_type))
    head, statements = first
    if head.get_content_type() != "application/json":
        raise _wrong(_("The first part holds the statements, as application/json."))
    contents: dict[str, Content] = {}
    for head, content in others:
        sha2 = _hash_of(head)
        if not fits(sha2, content):
            raise _wrong(_("A part does not have the hash that it names."))
        contents[sha2] = Content(content, _type_of(head))
    return statements, contents


def _hash_of(head: Message) -> str:
    sha2, encoding = str(head.get(_HASH, "")), str(head.get(_ENCODING, ""))
    if not sha2:
        raise _wrong(_("A part names its hash as %(header)s.") % {"header": _HASH})
    if encoding.lower() != "binary":
        raise _wrong(
            _("A part says that it is sent as it is: %(header)s: binary.") % {"header": _ENCODING}
        )
    return sha2.lower()


def _type_of(head: Message) -> str:
    said = str(head.get("Content-Type", ""))
    return said[:200] if _TYPE.fullmatch(said) else "application/octet-stream"


def _boundary(content_type: str) -> bytes:
    head = Message()
    head["Content-Type"] = content_type
    boundary = head.get_boundary()
    if not boundary or len(boundary) > 70 or not boundary.isascii():
        raise _wrong(_("The boundary between the parts is missing."))
    return boundary.encode()


def _split(body: bytes, boundary: bytes) -> list[tuple[Message, bytes]]:
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise _wrong(_("The parts do not end with their boundary."))
    if len(pieces) > MOST:
        raise _wrong(_("At most %(most)s parts at a time.") % {"most": MOST})
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> tuple[Message, bytes]:
    padding, newline, rest = piece.partition(b"\r\n")
    if rest.startswith(b"\r\n"):
        lines, content = b"", rest[2:]
    else:
        lines, gap, content = rest.partition(b"\r\n\r\n")
        newline = gap and newline
    if padding.strip() or not newline:
        raise _wrong(_("A part has no head."))
    head = Message()
    for line in lines.decode("latin-1").split("\r\n"):
        name, colon, value = line.partition(":")
        if colon:
            head[name.strip()] = value.strip()
    return head, content


def refuse_loose_ends(needed: Mapping[str, bool], contents: Mapping[str, Content]) -> None:
    """Each attachment came with the statements or says where it is; nothing else came. `needed`
    tells of each hash whether it has no address of its own."""
    for sha2, is_needed in needed.items():
        if is_needed and sha2 not in contents:
            raise _wrong(_("An attachment neither came along nor says where it is (fileUrl)."))
    if contents.keys() - needed.keys():
        raise _wrong(_("A part is no attachment of any statement."))


def _wrong(wanted: str) -> Wrong:
    return Wrong("attachments", wanted)

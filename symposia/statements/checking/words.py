"""What a text of a statement may be: addresses, ids, languages, moments, spans."""

import re
import uuid
from datetime import UTC, datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_noop as _

from symposia.statements.checking.walking import At, text

_IRI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:[^\s\x00-\x20<>\"{}|\\^`]+")
_MAILTO = re.compile(r"mailto:[^\s@<>\"]+@[^\s@<>\"]+")
_SHA1 = re.compile(r"[0-9a-fA-F]{40}")
_SHA2 = re.compile(r"(?:[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# RFC 5646: language, extended language, script, region, variants, extensions, private use.
_LANGUAGE = re.compile(
    r"(?:[a-zA-Z]{2,3}(?:-[a-zA-Z]{3}){0,3}|[a-zA-Z]{4,8})(?:-[a-zA-Z]{4})?(?:-(?:[a-zA-Z]{2}|\d{3}))?"
    r"(?:-(?:[a-zA-Z0-9]{5,8}|\d[a-zA-Z0-9]{3}))*(?:-[0-9a-wyzA-WYZ](?:-[a-zA-Z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-zA-Z0-9]{1,8})+)?|x(?:-[a-zA-Z0-9]{1,8})+|i-[a-zA-Z0-9-]{2,20}"
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:[Zz]|[+-]\d\d(?::?\d\d)?)?")
_SPAN = re.compile(
    r"P(?!$)(?:\d+(?:\.\d+)?W|(?:\d+(?:\.\d+)?Y)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?D)?"
    r"(?:T(?=\d)(?:\d+(?:\.\d+)?H)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?S)?)?)"
)
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;.*)?")


def _like(at: At, pattern: re.Pattern[str], wanted: str) -> None:
    text(at)
    at.refuse_unless(pattern.fullmatch(at.value) is not None, wanted)


def iri(at: At) -> None:
    _like(at, _IRI, _("An address with its scheme is wanted (an IRI such as https://…)."))


def mail_address(at: At) -> None:
    _like(at, _MAILTO, _("An e-mail address is wanted, as mailto:name@example.org."))


def sha1(at: At) -> None:
    _like(at, _SHA1, _("A SHA-1 of 40 hexadecimal digits is wanted."))


def sha2(at: At) -> None:
    _like(at, _SHA2, _("A SHA-2 in hexadecimal digits is wanted."))


def media_type(at: At) -> None:
    _like(at, _MEDIA_TYPE, _("A media type is wanted, such as application/pdf."))


def an_id(at: At) -> None:
    _like(at, _UUID, _("A UUID is wanted, with its hyphens."))


def id_of(at: At) -> uuid.UUID:
    """The UUID that a text is."""
    an_id(at)
    return uuid.UUID(at.value)


def language(at: At) -> None:
    _like(at, _LANGUAGE, _("A language is wanted as RFC 5646 writes it, such as en or en-GB."))


def language_map(at: At) -> None:
    """Texts by their language."""
    at.an_object()
    for name, worded in at.parts():
        language(At(name, at.path))
        text(worded)


def extensions(at: At) -> None:
    """Whatever somebody adds, each under an IRI; in the values anything goes, null too."""
    at.refuse_unless(isinstance(at.value, dict), _("An object is wanted."))
    for name in at.value:
        iri(At(name, at.path))


def span(at: At) -> None:
    _like(at, _SPAN, _("A duration is wanted as ISO 8601 writes it, such as PT15M."))


def moment(at: At) -> datetime:
    """An instant; without an offset it is one of UTC. A negative offset of nothing says that the
    zone is unknown, and no instant follows from it."""
    wanted = _("A moment is wanted as RFC 3339 writes it, such as 2026-03-01T09:30:00Z.")
    _like(at, _MOMENT, wanted)
    at.refuse_unless(not re.search(r"-00(?::?00)?$", at.value), wanted)
    found = _instant(at.value)
    if found is None:
        raise at.wrong(wanted)
    return found


def _instant(written: str) -> datetime | None:
    plain = written.upper().replace(" ", "T", 1).replace(",", ".")
    # More than six digits of a second are not kept by any clock here.
    plain = re.sub(r"(\.\d{6})\d+", r"\1", plain)
    try:
        found = parse_datetime(plain)
        if found is None:
            return None
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def written(at: datetime) -> str:
    """An instant as the store writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

"""The journal as a file that proves itself: one entry a line, and a detached signature."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile
from typing import Any

from django.utils.timezone import now

from symposia.audit.export_keys import public_key, signature_of
from symposia.audit.hashing import SIGNED, canonical
from symposia.audit.models import Entry, Seal
from symposia.shared.tenancy import current_organisation_id

JOURNAL, SIGNATURE, READ_ME = "journal.jsonl", "journal.signature.json", "VERIFY.txt"
FIELDS = ("id", "xid", "actor_name", "subject_name", *SIGNED, "mac")
_HOW = """What this is: the journal of an organisation, one entry a line, in the order of its chain.

To check it with Symposia, without a database:
  symposia audit check-export THIS.zip --key PUBLIC_KEY

By hand: the SHA-256 of journal.jsonl is `sha256` of the statement in journal.signature.json; the
Ed25519 signature there covers the statement, written as JSON with sorted keys and no blanks.
The public key must be the one that the organisation tells you itself (`symposia audit export-key`).
"""


@dataclass(frozen=True)
class Span:
    """From when until when; nothing means from the first, or to the last."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Exported:
    """The file as it is taken home, and how many entries it holds."""

    content: bytes
    lines: int


def export_journal(span: Span) -> Exported:
    """Every sealed entry of a span, signed as a whole."""
    digest, lines, edges = hashlib.sha256(), 0, _Edges()
    with TemporaryFile() as spool:
        with zipfile.ZipFile(spool, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open(JOURNAL, "w", force_zip64=True) as file:
                for seal in _seals(span):
                    line = _line(seal)
                    digest.update(line)
                    file.write(line)
                    edges.see(seal)
                    lines += 1
            statement = _statement(span, digest.hexdigest(), lines, edges)
            archive.writestr(SIGNATURE, json.dumps(signed(statement), indent=1))
            archive.writestr(READ_ME, _HOW)
        spool.seek(0)
        return Exported(spool.read(), lines)


class _Edges:
    """The first and the last position of what was taken, and the chain's code before the first."""

    def __init__(self) -> None:
        self.first = self.last = 0
        self.before = ""

    def see(self, seal: Seal) -> None:
        if not self.first:
            self.first = seal.position
            earlier = Seal.objects.filter(position=seal.position - 1).first()
            self.before = earlier.mac if earlier else ""
        self.last = seal.position


def _seals(span: Span) -> Iterator[Seal]:
    """Between the first and the last link whose entry lies in the span, without a hole."""
    inside = Seal.objects.all()
    if span.since:
        inside = inside.filter(entry__at__gte=span.since)
    if span.until:
        inside = inside.filter(entry__at__lt=span.until)
    first = inside.order_by("position").values_list("position", flat=True).first()
    last = inside.order_by("-position").values_list("position", flat=True).first()
    if first is None or last is None:
        return iter(())
    whole = Seal.objects.filter(position__gte=first, position__lte=last).select_related("entry")
    return whole.order_by("position").iterator(chunk_size=2_000)


def _line(seal: Seal) -> bytes:
    entry: Entry = seal.entry
    said = {name: getattr(entry, name) for name in FIELDS}
    said |= {"position": seal.position, "chain": seal.mac}
    return written(said) + b"\n"


def _statement(span: Span, sha256: str, lines: int, edges: _Edges) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "format": "symposia-journal-1",
        "organisation": current_organisation_id(),
        "since": span.since,
        "until": span.until,
        "made_at": now(),
        "sha256": sha256,
        "entries": lines,
        "first_position": edges.first,
        "last_position": edges.last,
        "chain_before": edges.before,
    }
    found: dict[str, Any] = canonical(facts)
    return found


def signed(statement: dict[str, Any]) -> dict[str, Any]:
    """The statement with its detached signature and the key that checks it."""
    return {
        "statement": statement,
        "signature": signature_of(written(statement)),
        "public_key": public_key(),
    }


def written(value: Any) -> bytes:
    """The one way in which a value is written where a signature covers it."""
    text = json.dumps(canonical(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()

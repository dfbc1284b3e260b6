"""Is an exported journal what was exported? Needs the file and the public key, and nothing else."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from symposia.audit.export_keys import is_signed, public_key
from symposia.audit.exporting import FIELDS, JOURNAL, SIGNATURE, written
from symposia.audit.hashing import entry_mac, names_hash, seal_mac
from symposia.audit.models import Entry

# Of a broken file the first faults say enough.
_MOST = 20


@dataclass
class Checked:
    """What was compared, and everything that is not as it was signed."""

    entries: int = 0
    statement: dict[str, Any] = field(default_factory=dict)
    # Whether the codes of entries and chain could be worked out too: only where it was made.
    with_codes: bool = False
    faults: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.faults

    def blame(self, sentence: str) -> None:
        if len(self.faults) < _MOST:
            self.faults.append(sentence)


def check_export(path: Path, *, key: str = "") -> Checked:
    """Check an exported journal against a public key; without one, against this installation's."""
    found, mine = Checked(), public_key()
    try:
        with zipfile.ZipFile(path) as archive:
            _check_signature(found, archive.read(SIGNATURE), key or mine)
            found.with_codes = not found.faults and (key or mine) == mine
            _check_lines(found, archive)
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as unreadable:
        found.blame(f"This is not an exported journal: {unreadable}")
    return found


def _check_signature(found: Checked, kept: bytes, key: str) -> None:
    said = json.loads(kept)
    found.statement = said["statement"]
    if said["public_key"] != key:
        found.blame(f"It was signed with another key: {said['public_key'][:16]}…")
    if not is_signed(written(found.statement), str(said["signature"]), key):
        found.blame("The signature does not fit the statement.")


def _check_lines(found: Checked, archive: zipfile.ZipFile) -> None:
    digest, expected = hashlib.sha256(), int(found.statement["first_position"])
    before = str(found.statement["chain_before"])
    for line in _lines(archive):
        digest.update(line)
        said = json.loads(line)
        if said["position"] != expected:
            found.blame(f"Position {expected} is missing.")
        elif found.with_codes and not _fits(said, before):
            found.blame(f"The entry at position {expected} is not what was written.")
        before, expected = said["chain"], said["position"] + 1
        found.entries += 1
    if digest.hexdigest() != found.statement["sha256"]:
        found.blame("The entries are not those that were signed.")
    if found.entries != found.statement["entries"]:
        found.blame(f"{found.statement['entries']} entries were signed, {found.entries} are here.")


def _lines(archive: zipfile.ZipFile) -> Iterator[bytes]:
    with archive.open(JOURNAL) as file:
        yield from file


def _fits(said: dict[str, Any], before: str) -> bool:
    """Whether this installation wrote the entry, and at this place of its chain."""
    entry = Entry(**{name: said[name] for name in FIELDS})
    entry.at = datetime.fromisoformat(said["at"])
    is_named = bool(entry.actor_name or entry.subject_name)
    if is_named and entry.names_hash != names_hash(entry):
        return False
    is_ours: bool = entry.mac == entry_mac(entry)
    return is_ours and said["chain"] == seal_mac(before, said["position"], entry)

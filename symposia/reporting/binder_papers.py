"""A binder on paper, with its index; and as an archive with the hash of every file in it."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from symposia.reporting.binding import state_words
from symposia.reporting.bodies.writing import as_csv
from symposia.reporting.models import BinderEdition
from symposia.shared.archives import archive
from symposia.shared.paper import print_paper
from symposia.work.files import open_stored
from symposia.work.models import StoredFile

TEMPLATE = Path(__file__).with_name("binder.typ")
PAPER, CONTENT, MANIFEST = "binder.pdf", "binder.json", "manifest.csv"
_PIECE = 256 * 1024
HEAD = ("path", "activity", "name", "size", "sha256", "state")


def print_binder(content: Mapping[str, Any], at: datetime) -> bytes:
    """The paper: how it was drawn, an index, criterion by criterion what was found, the files."""
    paths = {each["id"]: each["path"] for each in content["files"]}
    paper = {
        "title": content["title"],
        "provider": content["provider"],
        "number": content["number"],
        "language": (get_language() or "en")[:2],
        "rtl": get_language_bidi(),
        "index": _("What is in it"),
        "about": [list(line) for line in content["about"]],
        "programme_title": _("The programme"),
        "programme": [_criterion(each, paths) for each in content["programme"]],
        "activities": [_activity(each, paths) for each in content["activities"]],
        "files_title": _("Files"),
        "files_head": [_("File"), "SHA-256"],
        "files": [[each["path"], each["sha256"]] for each in content["files"]],
    }
    return print_paper(TEMPLATE, paper, at)


def _activity(said: Mapping[str, Any], paths: Mapping[str, str]) -> dict[str, Any]:
    about = [
        [_("Type"), said["type"]],
        [_("When"), f"{said['from']} / {said['until']}"],
        [_("Where"), said["place"]],
        [_("Criteria that lack something"), str(said["gaps"])],
    ]
    return {
        "title": f"{said['number']} {said['title']}",
        "about": [line for line in about if line[1]],
        "criteria": [_criterion(each, paths) for each in said["criteria"]],
    }


def _criterion(said: Mapping[str, Any], paths: Mapping[str, str]) -> dict[str, Any]:
    verify = _("To be verified with the body.") if said["to_verify"] else ""
    return {
        "title": f"{said['body']}: {said['title']}",
        "old": said["old"],
        "state": state_words(said["state"]),
        "requires": said["requires"],
        "source": f"{said['citation']}. {verify}".strip(),
        "evidence": [_evidence(each, paths) for each in said["evidence"]],
    }


def _evidence(said: Mapping[str, Any], paths: Mapping[str, str]) -> dict[str, Any]:
    gap = said["gap"]
    owed = _("%(gap)s Theirs to mend: %(whose)s.") % {"gap": gap, "whose": said["whose"]}
    return {
        "title": said["title"],
        "lines": said["lines"],
        "gap": owed if gap else "",
        "spared": said["spared"],
        "files": ", ".join(paths[pk] for pk in said["files"] if pk in paths),
    }


def archive_of(edition: BinderEdition, files: Mapping[str, StoredFile]) -> Iterator[bytes]:
    """The paper, what it says as JSON, every file, and at last the manifest, which knows what was
    read: streamed, whatever its size."""
    return archive(_Packed(edition, files).entries())


class _Packed:
    """Files read one after the other; what was read is compared with what was bound."""

    def __init__(self, edition: BinderEdition, files: Mapping[str, StoredFile]) -> None:
        self._edition, self._files = edition, files
        self._lines: list[Sequence[object]] = []

    def entries(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        content = json.dumps(self._edition.content, ensure_ascii=False, indent=1).encode()
        self._note(CONTENT, "", CONTENT, len(content), _hash(content), "whole")
        yield CONTENT, iter([content])
        paper = self._edition.paper
        bound = {"path": PAPER, "activity": "", "name": paper.name, "size": paper.size}
        yield PAPER, self._pieces(bound | {"sha256": self._edition.sha256}, paper)
        for each in self._edition.content["files"]:
            yield f"files/{each['path']}", self._pieces(each, self._files.get(each["id"]))
        yield MANIFEST, iter([self._manifest()])

    def _pieces(self, bound: Mapping[str, Any], file: StoredFile | None) -> Iterator[bytes]:
        read, state = hashlib.sha256(), "missing"
        if file is not None and file.deleted_at is None:
            try:
                with open_stored(file) as opened:
                    while piece := opened.read(_PIECE):
                        read.update(piece)
                        yield piece
                state = "whole" if read.hexdigest() == bound["sha256"] else "altered"
            except FileNotFoundError:
                state = "missing"
        path = bound["path"] if bound["path"] == PAPER else f"files/{bound['path']}"
        self._note(*(path, bound["activity"], bound["name"], bound["size"], bound["sha256"], state))

    def _note(self, *line: object) -> None:
        self._lines.append(line)

    def _manifest(self) -> bytes:
        return as_csv(HEAD, self._lines)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

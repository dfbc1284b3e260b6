"""The papers of an activity as one archive, with a manifest that proves what is in it."""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence

from symposia.activities.vault import Paper
from symposia.shared.archives import free_path
from symposia.work.files import open_stored

_PIECE = 256 * 1024
HEAD = (
    *("path", "document", "version", "file", "size", "sha256", "state"),
    *("handed_in_at", "handed_in_by", "note"),
)
MANIFEST = "manifest.csv"


class Packed:
    """Files read one after the other; what was read is compared with what was kept."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = papers
        self._lines: list[tuple[object, ...]] = []
        self._taken: set[str] = set()

    def entries(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Every file under its path, and at last the manifest, which knows what was read."""
        for paper in self._papers:
            path = free_path(paper.path, self._taken)
            yield path, self._pieces(paper, path)
        yield MANIFEST, iter([self._manifest()])

    def _pieces(self, paper: Paper, path: str) -> Iterator[bytes]:
        read = hashlib.sha256()
        try:
            with open_stored(paper.file) as opened:
                while piece := opened.read(_PIECE):
                    read.update(piece)
                    yield piece
        except FileNotFoundError:
            self._note(paper, path, "missing")
            return
        is_whole = read.hexdigest() == paper.file.sha256
        self._note(paper, path, "whole" if is_whole else "altered")

    def _note(self, paper: Paper, path: str, state: str) -> None:
        kept = paper.file
        self._lines.append(
            (
                *(path, paper.slot, paper.version, kept.name, kept.size, kept.sha256, state),
                *(paper.at.isoformat(timespec="seconds"), paper.by_name, paper.note),
            )
        )

    def _manifest(self) -> bytes:
        text = io.StringIO(newline="")
        lines = csv.writer(text)
        lines.writerow(HEAD)
        lines.writerows([_harmless(cell) for cell in line] for line in self._lines)
        return text.getvalue().encode("utf-8-sig")


def _harmless(cell: object) -> object:
    """No cell is a formula, whatever somebody called their file."""
    text = str(cell)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell

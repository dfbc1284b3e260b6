"""A small file about people of the directory, read as lines that can be read once more."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.directory.lines import MOST_LINES
from symposia.shared.refusals import Objection, Refused, refuse_if
from symposia.work.apart import Unreadable
from symposia.work.imports.kept import copy_of_upload
from symposia.work.imports.shapes import shape_of, table_rows

LARGEST = 5 * 1024 * 1024
FILE_TOO_LARGE = Objection("line_file_too_large", gettext_lazy("This file is larger than 5 MB."))
FILE_UNREADABLE = Objection("line_file_unreadable", gettext_lazy("%(why)s"))
NO_LINES = Objection("no_lines", gettext_lazy("There is no line below a header."))


def lines_of_file(pieces: Iterable[bytes], *, size: int, between: str = " ") -> str:
    """What a CSV or a workbook of at most five megabytes says, a line for each row; of a cell with
    several lines, `between` is put between them. Refuses what is none, in words."""
    refuse_if(FILE_TOO_LARGE if size > LARGEST else None)
    try:
        with copy_of_upload(pieces) as path:
            shape = shape_of(path)
            with table_rows(path, shape) as rows:
                return _as_lines(shape.header, rows, between)
    except Unreadable as error:
        why = str(error) or _("This file cannot be read.")
        raise Refused(FILE_UNREADABLE.about(why=why)) from error


def _as_lines(header: Any, rows: Any, between: str) -> str:
    """A table as lines one can read once more when somebody has seen what they would do."""
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
    writer.writerow([_flat(cell, between) for cell in header])
    for place, row in enumerate(rows):
        if place > MOST_LINES:
            break
        writer.writerow([_flat(cell, between) for cell in row])
    return lines.getvalue()


def _flat(cell: Any, between: str) -> str:
    return between.join(" ".join(line.split()) for line in str(cell).splitlines())

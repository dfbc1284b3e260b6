"""A small file about people of the directory, or pasted lines: handed in, and shown once more."""

import csv
import io
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.directory.lines import LINE_END, MOST_LINES
from symposia.web.requests import UserRequest
from symposia.work.apart import Unreadable
from symposia.work.imports.kept import copy_of_upload
from symposia.work.imports.shapes import shape_of, table_rows

LARGEST = 5 * 1024 * 1024


class LinesForm(forms.Form):
    """What is said of people of the directory, as a file or as pasted lines."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX with a header, at most 5 MB and 5,000 lines."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    lines = forms.CharField(
        label=gettext_lazy("Or pasted lines"),
        help_text=gettext_lazy("The first line names the columns."),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )


def handed_in(request: UserRequest, form: forms.Form) -> tuple[str, str]:
    """The lines as text, and what they are called."""
    file = form.cleaned_data["file"]
    if not file:
        name = request.POST.get("name", "")[:200] or _("Pasted lines")
        return form.cleaned_data["lines"].replace("\x00", ""), name
    if file.size > LARGEST:
        raise Unreadable(_("This file is larger than 5 MB."))
    with copy_of_upload(file.chunks()) as path:
        shape = shape_of(path)
        with table_rows(path, shape) as rows:
            return _as_lines(shape.header, rows), str(file.name)[:200]


def _as_lines(header: Any, rows: Any) -> str:
    """A table as lines one can read once more when somebody has seen what they would do."""
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
    writer.writerow([_flat(cell) for cell in header])
    for place, row in enumerate(rows):
        if place > MOST_LINES:
            break
        writer.writerow([_flat(cell) for cell in row])
    return lines.getvalue()


def _flat(cell: Any) -> str:
    """One line; of an address, its lines beside each other."""
    return LINE_END.join(" ".join(line.split()) for line in str(cell).splitlines())

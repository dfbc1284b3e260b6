"""A table to fill in, and the dictionary of its columns: made of what the reader reads."""

import io
from collections.abc import Sequence

import xlsxwriter
from django.utils.translation import gettext as _

from symposia.shared.sheets import csv_chunks, csv_head
from symposia.work.imports.fields import TargetField

# As wide as people read without pulling at a column.
_NARROW, _WIDE = 16, 60


def headings(fields: Sequence[TargetField]) -> list[str]:
    """What the columns are called, in the language of whoever fills them in."""
    return [str(field.label) for field in fields]


def dictionary_head() -> list[str]:
    """What the dictionary says of each column."""
    return [_("Column"), _("What it means"), _("How it is written"), _("Needed"), _("Example")]


def dictionary(fields: Sequence[TargetField]) -> list[list[str]]:
    """Each column: what it means, how it is written, whether it is needed, an example."""
    return [
        [
            *(str(field.label), str(field.help_text), str(field.written)),
            *(str(field.needed) or _("no"), field.example),
        ]
        for field in fields
    ]


def template_csv(fields: Sequence[TargetField]) -> bytes:
    """The headings and one example row."""
    row = [field.example for field in fields]
    return csv_head(headings(fields)) + b"".join(csv_chunks([[row]]))


def dictionary_csv(fields: Sequence[TargetField]) -> bytes:
    """The dictionary as a file of its own, beside a CSV that has no second sheet."""
    return csv_head(dictionary_head()) + b"".join(csv_chunks([dictionary(fields)]))


def template_xlsx(fields: Sequence[TargetField]) -> bytes:
    """The same as a workbook: the table on the first sheet, which is read, and on the second the
    dictionary. Every cell is text, so that no number loses its noughts."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options | {"strings_to_numbers": False}) as book:
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        table, words = book.add_worksheet(_("Rows")), book.add_worksheet(_("Fields"))
        table.set_column(0, max(0, len(fields) - 1), _NARROW, text)
        words.set_column(0, 0, _NARROW)
        words.set_column(1, 3, _WIDE)
        for sheet, rows in (
            (table, [headings(fields), [field.example for field in fields]]),
            (words, [dictionary_head(), *dictionary(fields)]),
        ):
            sheet.freeze_panes(1, 0)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(place, column, cell, bold if not place else None)
    return file.getvalue()

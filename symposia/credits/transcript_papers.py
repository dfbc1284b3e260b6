"""A transcript on paper and as a sheet: the same lines as the page, in the reader's language."""

import csv
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from symposia.accounts.queries import this_organisation
from symposia.credits.papers import number_of, printed_name, usual_paper
from symposia.credits.transcripts import Transcript, TranscriptLine
from symposia.shared.paper import print_paper
from symposia.shared.sheets import safe_text

TEMPLATE = Path(__file__).with_name("transcript.typ")


def print_transcript(transcript: Transcript, at: datetime) -> bytes:
    """Set it as PDF; the same lines at the same moment make the same bytes."""
    return print_paper(TEMPLATE, paper_of(transcript, at), at)


def transcript_sheet(transcript: Transcript) -> str:
    """One line of CSV for each line; text that a spreadsheet would run is kept from it."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([*_heads(), _("Subjects")])
    for each in transcript.lines:
        about = ", ".join(f"{subject} {hours}" for subject, hours in each.subjects)
        row = [each.on.isoformat(), each.title, each.provider, each.system.name]
        row += [f"{each.amount:.2f}", _proof(each), about]
        writer.writerow([safe_text(cell) for cell in row])
    return out.getvalue()


def _heads() -> list[str]:
    return [
        _("Day"),
        _("What"),
        _("Provider"),
        _("Credit system"),
        _("Credit"),
        _("Proof"),
    ]


def paper_of(transcript: Transcript, at: datetime) -> dict[str, Any]:
    """What stands on it, as its template reads it."""
    organisation, clinician = this_organisation(), transcript.clinician
    return {
        "title": _("Transcript"),
        "provider": organisation.name,
        "name": printed_name(clinician),
        "number": number_of(clinician),
        "days": days_in_words(transcript),
        "language": (get_language() or "en")[:2],
        "rtl": get_language_bidi(),
        "paper": usual_paper(organisation),
        "totals_head": _("Totals"),
        "totals_columns": [_("Year"), _("Credit system"), _("Credit")],
        "totals": [[str(t.year), t.system, f"{t.amount:.2f}"] for t in transcript.totals],
        "lines_head": _("What it consists of"),
        "columns": _heads(),
        "lines": [_cells(each) for each in transcript.lines],
        "note": _(
            "Made on %(day)s. Lines with a certificate number can be checked with the provider; "
            "lines from elsewhere were accepted by the office on their proof."
        )
        % {"day": date_format(at, "j F Y")},
    }


def _cells(line: TranscriptLine) -> list[str]:
    return [
        date_format(line.on, "j M Y"),
        line.title,
        line.provider,
        line.system.name,
        f"{line.amount:.2f}",
        _proof(line),
    ]


def _proof(line: TranscriptLine) -> str:
    """The number of what proves it; of before Symposia, that it was imported."""
    return _("%(number)s (imported)") % {"number": line.proof} if line.imported_from else line.proof


def days_in_words(transcript: Transcript) -> str:
    """From when to when it reaches."""
    values = {
        "first": date_format(transcript.from_on, "j F Y") if transcript.from_on else "",
        "last": date_format(transcript.until_on, "j F Y") if transcript.until_on else "",
    }
    if transcript.from_on and transcript.until_on:
        return _("From %(first)s until %(last)s") % values
    if transcript.from_on:
        return _("From %(first)s on") % values
    return _("Until %(last)s") % values if transcript.until_on else _("All years")

"""Rules of bringing in the past: pure, over loaded values."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from symposia.shared.refusals import Objection
from symposia.work.models import Import, ImportState

# How long a file of the past is taken back whole.
TAKE_BACK_FOR = timedelta(hours=24)
LARGEST = 25 * 1024 * 1024
MOST_ROWS = 50_000

PAST_TOO_LARGE = Objection(
    "past_too_large", _("This file is larger than 25 MB. Hand it in in parts.")
)
PAST_UNREADABLE = Objection("past_unreadable", _("This file cannot be read: %(why)s"))
PAST_COLUMNS = Objection(
    "past_columns",
    _("The file has no column for: %(columns)s. Take the template, or rename its columns."),
)
PAST_NOT_CHECKED = Objection(
    "past_not_checked", _("Its rows were not looked at yet, or came in already.")
)
PAST_CAME_IN = Objection("past_came_in", _("This file was already imported."))
PAST_ASKER_LEFT = Objection(
    "past_asker_left", _("Whoever asked for this does not belong to this organisation any more.")
)
PAST_NOTHING_NEW = Objection("past_nothing_new", _("No row of this file would bring anything in."))
PAST_NOT_IN = Objection("past_not_in", _("Its rows did not come in, or were taken back."))
PAST_STANDS = Objection(
    "past_stands", _("It came in more than 24 hours ago: its records are kept now.")
)
PAST_SIGNED = Objection(
    "past_signed", _("Somebody signed for it; what is wrong is corrected record by record.")
)
PAST_WHY = Objection("past_why", _("Say why it is taken back; the journal keeps it."))
PAST_BUILT_ON = Objection(
    "past_built_on",
    _(
        "Something was built on %(number)s since: credit or disclosures that were imported, or"
        " work of others. Take that back first."
    ),
)
PAST_EXPLAIN = Objection(
    "past_explain", _("File and records differ: write why before you answer for it.")
)
PAST_BY_PERSON = Objection("past_by_person", _("A person signs for it, not a program."))


def objection_to_looking_again(made: Import) -> Objection | None:
    """Why the rows of a file are not looked at once more: they are in, or were taken back."""
    return None if made.can_move(ImportState.CHECKING) else PAST_CAME_IN


def objection_to_bringing_in(made: Import) -> Objection | None:
    """Why a file does not come in."""
    if made.state != ImportState.CHECKED:
        return PAST_NOT_CHECKED
    return None if made.counts.get("new") else PAST_NOTHING_NEW


def objection_to_taking_past_back(
    made: Import, *, reason: str, signed: bool, at: datetime
) -> Objection | None:
    """Why a file is not taken back: it is not in, its day is over, or somebody signed for it."""
    if made.state != ImportState.DONE or made.finished_at is None:
        return PAST_NOT_IN
    if at > made.finished_at + TAKE_BACK_FOR:
        return PAST_STANDS
    if signed:
        return PAST_SIGNED
    return None if reason.strip() else PAST_WHY


def objection_to_signing_past(
    made: Import, *, signed: bool, differences: int, note: str, by_person: bool
) -> Objection | None:
    """Why nobody signs for a file now."""
    if made.state != ImportState.DONE:
        return PAST_NOT_IN
    if signed:
        return PAST_SIGNED
    if not by_person:
        return PAST_BY_PERSON
    return PAST_EXPLAIN if differences and not note.strip() else None

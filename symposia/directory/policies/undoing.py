from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from symposia.directory.models import ImportUndo
from symposia.shared.refusals import Objection
from symposia.shared.times import wall_time

NOTHING_TO_TAKE_BACK = Objection(
    "nothing_to_take_back", _("This file was not imported, so there is nothing to take back.")
)
ALREADY_TAKEN_BACK = Objection("already_taken_back", _("This import was taken back already."))
IMPORT_STANDS = Objection(
    "import_stands",
    _("An import is taken back within 24 hours; these ended on %(until)s (%(zone)s)."),
)
BEING_TAKEN_BACK = Objection("being_taken_back", _("Somebody is taking this import back just now."))
LOOK_FIRST = Objection(
    "look_before_taking_back", _("Look first at what would be taken back and what would stay.")
)
WHY_TAKEN_BACK = Objection(
    "why_taken_back", _("Write why the import is taken back; it stays in the journal.")
)


def objection_to_weighing(undo: ImportUndo | None, *, at: datetime, zone: str) -> Objection | None:
    """Only what came in, and came in within a day, is taken back, once; the hour is told on the
    clock of the organisation."""
    if undo is None:
        return NOTHING_TO_TAKE_BACK
    if undo.is_undone:
        return ALREADY_TAKEN_BACK
    if undo.is_working:
        return BEING_TAKEN_BACK
    if at > undo.until:
        until = date_format(wall_time(undo.until, zone), "j M Y, H:i")
        return IMPORT_STANDS.about(until=until, zone=zone)
    return None


def objection_to_taking_back(
    undo: ImportUndo | None, *, reason: str, at: datetime, zone: str
) -> Objection | None:
    """Somebody has seen what would stay, and says why."""
    if objection := objection_to_weighing(undo, at=at, zone=zone):
        return objection
    if undo is None or not undo.is_weighed:
        return LOOK_FIRST
    return None if reason.strip() else WHY_TAKEN_BACK

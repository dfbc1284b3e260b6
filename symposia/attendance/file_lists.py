"""Logs and lists of an activity, and the rows of each, as lists."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.attendance.conflict_words import BECAUSE_WORDS
from symposia.attendance.log_words import REASONS
from symposia.attendance.models import LogFormat, PresenceFile
from symposia.shared.lists import Choice, Column, ListOf
from symposia.work.models import ImportRow, ImportState, Outcome


def _files(access: Any, **kwargs: Any) -> Any:
    found = PresenceFile.objects.visible_to(access).select_related("made", "activity")
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _rows_of_file(access: Any, **kwargs: Any) -> Any:
    files = PresenceFile.objects.visible_to(access)
    files = files.filter(pk=kwargs["pk"]) if kwargs else files
    return ImportRow.objects.filter(made__in=files.values("made"))


def _counted(name: str) -> Any:
    return lambda file: file.made.counts.get(name, 0)


FILE_TONES = {
    ImportState.RECEIVED: "",
    ImportState.CHECKING: "",
    ImportState.CHECKED: "info",
    ImportState.IMPORTING: "",
    ImportState.DONE: "ok",
    ImportState.FAILED: "stop",
    ImportState.UNDONE: "",
}
PRESENCE_FILES = ListOf(
    name="presence_files",
    title=_("Logs and lists"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_files,
    columns=(
        Column(
            "file",
            _("File"),
            lambda file: file.made.file_name,
            url=lambda file: ("presence_rows", [file.pk]),
        ),
        Column("format", _("What it is"), "format", sort="format"),
        Column("handed_in_at", _("Received"), "handed_in_at", "handed_in_at", kind="moment"),
        Column("by", _("By"), "made__made_by_name"),
        Column("new", _("Kept"), _counted("new"), kind="n"),
        Column("rejected", _("Rejected"), _counted("rejected"), kind="n"),
        Column("skipped", _("Skipped"), _counted("skipped"), kind="n"),
        Column(
            "state",
            _("State"),
            "made__state",
            kind="state",
            tone=lambda file: FILE_TONES[file.made.state],
        ),
        Column("sha256", _("Hash of the file"), "made__sha256", in_page=False),
        Column("activity", _("Activity"), "activity__number", in_page=False),
    ),
    filters=(Choice("format", _("What it is"), "format", LogFormat.choices),),
    sort="-handed_in_at",
    empty=_("No log and no list was handed in yet."),
)
ROW_TONES = {
    Outcome.NEW: "ok",
    Outcome.CHANGED: "info",
    Outcome.UNCHANGED: "",
    Outcome.REJECTED: "stop",
    Outcome.SKIPPED: "",
}
PRESENCE_ROWS = ListOf(
    name="presence_rows",
    title=_("Rows of the file"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_rows_of_file,
    columns=(
        Column("line", _("Line"), "line", sort="line", kind="n"),
        Column("label", _("Name"), "label"),
        Column("number", _("E-mail"), "number"),
        Column(
            "outcome",
            _("Outcome"),
            "outcome",
            kind="state",
            tone=lambda row: ROW_TONES[row.outcome],
        ),
        Column("reason", _("Why"), lambda row: REASONS.get(row.reason)),
        Column("matched", _("Matched because"), lambda row: BECAUSE_WORDS.get(row.changes)),
    ),
    filters=(
        Choice("outcome", _("Outcome"), "outcome", Outcome.choices),
        Choice("reason", _("Why"), "reason", list(REASONS.items())),
    ),
    sort="line",
    empty=_("Say what the columns mean; then each row is listed with what would come of it."),
)

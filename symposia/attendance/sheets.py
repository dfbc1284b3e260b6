"""Sheets to be signed: the rules around them, what their rows say, and reading them back."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field, TypeAdapter, ValidationError

from symposia.activities.models import Activity, Session
from symposia.attendance.models import SheetRow, SignInSheet
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration
from symposia.shared.refusals import Objection
from symposia.work.kinds import kind_of

NOBODY_TO_SIGN = Objection(
    "sheet_nobody", _("Nobody has a place yet; there is nobody to print a row for.")
)
SHEET_OTHER_SESSION = Objection(
    "sheet_other_session", _("This session belongs to another activity.")
)
NO_ROWS = Objection(
    "sheet_no_rows", _("Tick the rows that are signed, or scan the codes beside them.")
)
ALL_ENTERED = Objection("sheet_rows_entered", _("These rows were entered already."))
OTHER_SHEET = Objection(
    "sheet_other", _("“%(line)s” is not a row of this sheet. Nothing was entered.")
)
NO_PHOTO = Objection(
    "sheet_no_photo",
    _("Hand in the signed page as a photograph or a scan: PDF, PNG or JPEG, at most 10 MB."),
)
NOT_SIGNED_HERE = Objection(
    "sheet_not_signed", _("Sign with a finger in the field, or type your name instead.")
)
DRAWING_BROKEN = Objection(
    "sheet_drawing_broken", _("The signature cannot be read. Clear it and sign again.")
)
SIGNED_ALREADY = Objection("sheet_row_signed", _("This row is signed already."))
LARGEST_PHOTO = 10 * 1024 * 1024
_LONGEST_DRAWING = 200_000
_Place = Annotated[int, Field(ge=0, le=10_000)]
_STROKES = TypeAdapter(
    list[
        Annotated[
            list[Annotated[list[_Place], Field(min_length=2, max_length=3)]], Field(min_length=1)
        ]
    ]
)
_ROW = re.compile(r"S\.(?P<code>[0-9A-Z]{8})\.(?P<row>\d{1,4})", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """A photographed page, as it was handed in."""

    content: bytes
    name: str

    @property
    def kind(self) -> str:
        """What it is by its first bytes; nothing for what is no picture of a page."""
        return kind_of(self.content)


@dataclass(frozen=True)
class Drawing:
    """A signature on a tablet: strokes as the finger drew them, or a name that was typed."""

    strokes: str = ""
    typed: str = ""

    def as_points(self) -> list[list[list[int]]] | None:
        """The strokes, each a list of places; nothing where this is not what a tablet sends."""
        if len(self.strokes) > _LONGEST_DRAWING:
            return None
        try:
            return _STROKES.validate_json(self.strokes or "[]")
        except ValidationError:
            return None


def row_text(sheet: SignInSheet, position: int) -> str:
    """What the square code beside a row says: small enough to be read at ten millimetres."""
    return f"S.{sheet.code}.{position}"


def positions_in(sheet: SignInSheet, lines: str) -> tuple[list[int], str]:
    """The rows that scanned lines name, and the first line that names none of this sheet."""
    found = []
    for line in lines.split():
        said = _ROW.fullmatch(line)
        if said is None or said["code"].upper() != sheet.code:
            return [], line[:40]
        found.append(int(said["row"]))
    return found, ""


def signs_at(sheet: SignInSheet, sessions: Sequence[Session]) -> datetime:
    """From when on a signature counts: paper knows no time, so it is the beginning."""
    if sheet.session:
        return sheet.session.starts_at
    activity: Activity = sheet.activity
    return sessions[0].starts_at if sessions else activity.starts_at


def rows_to_sign(activity: Activity) -> list[Registration]:
    """Everybody with a place, by name."""
    places = Registration.objects.of(activity).confirmed().with_people()
    return list(places.order_by("clinician__search_text", "pk"))


def rows_of(sheet: SignInSheet) -> list[SheetRow]:
    """The rows as they are printed."""
    rows = SheetRow.objects.of(sheet).select_related(
        "registration__clinician", "registration__clinician__institution"
    )
    return list(rows.order_by("position"))


def rows_to_find(sheet: SignInSheet, text: str) -> list[SheetRow]:
    """The rows whose name begins so; a tablet lists nobody who was not asked for."""
    if len(text) < 3:
        return []
    people = Clinician.objects.search(text).values("pk")
    rows = SheetRow.objects.of(sheet).filter(registration__clinician__in=people)
    rows = rows.select_related("registration__clinician__institution")
    return list(rows.order_by("position")[:8])


def objection_to_printing(
    activity: Activity, session: Session | None, people: int
) -> Objection | None:
    """Why there is no sheet to print."""
    if session is not None and session.activity_id != activity.pk:
        return SHEET_OTHER_SESSION
    return None if people else NOBODY_TO_SIGN


def objection_to_page(page: Page | None) -> Objection | None:
    """Why what was handed in is no evidence of signatures."""
    is_one = page is not None and page.kind and len(page.content) <= LARGEST_PHOTO
    return None if is_one else NO_PHOTO


def objection_to_rows(
    positions: Collection[int], known: Iterable[int], entered: Collection[int], stray: str = ""
) -> Objection | None:
    """Why these rows of a sheet cannot be entered."""
    wrong = sorted(set(positions) - set(known))
    if stray or wrong:
        return OTHER_SHEET.about(line=stray or wrong[0])
    if not positions:
        return NO_ROWS
    return ALL_ENTERED if set(positions) <= set(entered) else None


def objection_to_drawing(row: SheetRow, drawing: Drawing) -> Objection | None:
    """Why what stands on the tablet does not sign a row."""
    if row.entered_at:
        return SIGNED_ALREADY
    points = drawing.as_points()
    if points is None:
        return DRAWING_BROKEN
    return None if points or drawing.typed.strip() else NOT_SIGNED_HERE

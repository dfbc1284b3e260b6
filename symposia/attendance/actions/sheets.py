import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity, Session
from symposia.attendance.actions.conflicts import find_conflicts_once_over
from symposia.attendance.actions.scans import Scan, Verdict, record_scan
from symposia.attendance.actions.writing import keep_evidence
from symposia.attendance.models import TABLET, Kind, PresenceEvidence, SheetRow, SignInSheet, Source
from symposia.attendance.policies import objection_to_door
from symposia.attendance.sheets import (
    Drawing,
    Page,
    objection_to_drawing,
    objection_to_page,
    objection_to_printing,
    objection_to_rows,
    positions_in,
    rows_to_sign,
    signs_at,
)
from symposia.audit.actions import record
from symposia.registrations.tickets import new_code
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if
from symposia.work.files import store_file

PURPOSE = "sign_in_sheet"


@dataclass(frozen=True)
class Signed:
    """What came back: rows that were ticked, lines that were scanned, and the page itself."""

    ticked: Collection[int] = ()
    scanned: str = ""
    page: Page | None = None


@transaction.atomic
def print_sheet(activity: Activity, session: Session | None, *, by: Actor) -> SignInSheet:
    """Print a list to be signed, a row and a code for everybody who has a place now."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    people = rows_to_sign(activity)

    refuse_if(objection_to_door(activity))
    refuse_if(objection_to_printing(activity, session, len(people)))

    sheet = SignInSheet.objects.create(
        activity=activity,
        session=session,
        number=SignInSheet.objects.of(activity).count() + 1,
        code=new_code(),
        printed_by_name=by.name,
    )
    SheetRow.objects.bulk_create(
        [
            SheetRow(activity=activity, sheet=sheet, position=number, registration=one)
            for number, one in enumerate(people, start=1)
        ],
        batch_size=1000,
    )
    record(by, "sign_in_sheet.printed", sheet, details={"rows": len(people)})
    return sheet


@transaction.atomic
def enter_sheet(sheet: SignInSheet, signed: Signed, *, by: Actor) -> int:
    """Count the signatures of a sheet, each once, with the photographed page as evidence.

    A signature says that somebody came, not when they left: what that is worth is the rule of a
    missing check-out. Returns how many rows are new.
    """
    sheet = SignInSheet.objects.locked(sheet.pk)
    activity: Activity = sheet.activity
    rows = {row.position: row for row in SheetRow.objects.of(sheet)}
    entered = {position for position, row in rows.items() if row.entered_at}
    scanned, stray = positions_in(sheet, signed.scanned)
    wanted = {*signed.ticked, *scanned}

    refuse_if(objection_to_door(activity))
    refuse_if(objection_to_rows(wanted, rows, entered, stray))
    refuse_if(objection_to_page(signed.page))

    new = [rows[position] for position in sorted(wanted - entered)]
    assert signed.page  # noqa: S101  # without a page it was refused
    _mark(new, sheet, signed.page, signed.page.kind, by=by)
    begins = signs_at(sheet, list(Session.objects.of(activity)))
    evidence = [_evidence(row, sheet, begins, by=by) for row in new]
    keep_evidence(evidence, "presence.signed", by=by)
    record(by, "sign_in_sheet.entered", sheet, details={"rows": len(new)})
    find_conflicts_once_over(activity, by=by)
    return len(new)


@transaction.atomic
def sign_on_tablet(row: SheetRow, drawing: Drawing, *, by: Actor) -> Verdict:
    """Check in whoever signs a row of a sheet on a tablet at the door; what they drew is kept."""
    sheet = SignInSheet.objects.locked(row.sheet_id)
    row = SheetRow.objects.of(sheet).get(position=row.position)
    activity: Activity = sheet.activity

    refuse_if(objection_to_door(activity))
    refuse_if(objection_to_drawing(row, drawing))

    scan = Scan(
        event_uuid=uuid.uuid5(sheet.pk, str(row.position)),
        activity_id=activity.pk,
        registration_id=row.registration_id,
        source=Source.SHEET,
        session_id=sheet.session_id,
        device=TABLET,
    )
    verdict = record_scan(scan, by=by)
    if verdict.outcome != "desk":
        kept = {"strokes": drawing.as_points(), "typed": drawing.typed.strip()[:200]}
        name = f"{activity.number}-{sheet.number}-{row.position}.json"
        page = Page(json.dumps(kept, ensure_ascii=False).encode(), name)
        _mark([row], sheet, page, "application/json", by=by)
        record(by, "sheet_row.signed", row)
    return verdict


def _mark(
    rows: list[SheetRow], sheet: SignInSheet, page: Page, content_type: str, *, by: Actor
) -> None:
    photo = store_file(
        page.content,
        name=page.name,
        content_type=content_type,
        purpose=PURPOSE,
        by=by,
        subject_id=sheet.activity_id,
    )
    at = now()
    for row in rows:
        row.photo, row.entered_at, row.entered_by_name = photo, at, by.name
    SheetRow.objects.bulk_update(rows, ["photo", "entered_at", "entered_by_name"], batch_size=500)


def _evidence(
    row: SheetRow, sheet: SignInSheet, begins: datetime, *, by: Actor
) -> PresenceEvidence:
    return PresenceEvidence(
        event_uuid=uuid.uuid5(sheet.pk, str(row.position)),
        activity_id=sheet.activity_id,
        registration_id=row.registration_id,
        session_id=sheet.session_id,
        kind=Kind.IN,
        source=Source.SHEET,
        occurred_at=begins,
        server_time=now(),
        by_id=by.id,
        by_name=by.name,
        reason=f"{sheet.number}.{row.position}",
    )

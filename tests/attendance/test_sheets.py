import json
import uuid

import pytest

from symposia.attendance.actions.rules import RuleFacts, set_presence_rule
from symposia.attendance.actions.scans import undo_scan
from symposia.attendance.actions.sheets import Signed, enter_sheet, print_sheet, sign_on_tablet
from symposia.attendance.live import live_room_of
from symposia.attendance.models import PresenceEvidence, SheetRow, SignInSheet, Standing
from symposia.attendance.papers import sheets_kept
from symposia.attendance.policies import DOOR_CLOSED
from symposia.attendance.queries import minutes_of
from symposia.attendance.sheets import (
    ALL_ENTERED,
    DRAWING_BROKEN,
    NO_PHOTO,
    NO_ROWS,
    NOBODY_TO_SIGN,
    NOT_SIGNED_HERE,
    OTHER_SHEET,
    SHEET_OTHER_SESSION,
    SIGNED_ALREADY,
    Drawing,
    Page,
    positions_in,
    row_text,
)
from symposia.audit.models import Entry
from symposia.registrations.actions.places import cancel_registration
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.work.files import open_stored
from symposia.work.models import StoredFile
from tests.attendance.test_actions import see
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.usefixtures("door_is_open")

PHOTO = Page(b"\xff\xd8\xff\xe0 a page", "page 1.jpg")


def refusal(run, *args, **facts):
    with pytest.raises(Refused) as refused:
        run(*args, **facts)
    return refused.value.objection


@pytest.fixture
def activity(organisation):
    activity = ActivityFactory(state="open")
    SessionFactory(activity=activity)
    for name in ("Wei Chen", "Asha Rao", "Radhika Iyer"):
        RegistrationFactory(activity=activity, clinician__full_name=name)
    return activity


@pytest.fixture
def sheet(activity):
    return print_sheet(activity, None, by=SYSTEM)


def enter(sheet, *rows, scanned="", page=PHOTO):
    return enter_sheet(sheet, Signed(rows, scanned, page), by=SYSTEM)


def test_everybody_with_a_place_has_a_row_in_the_order_of_names(activity, sheet):
    RegistrationFactory(activity=activity, state="queued")

    rows = SheetRow.objects.of(sheet).order_by("position")

    assert [row.registration.clinician.full_name for row in rows] == sorted(
        row.registration.clinician.full_name for row in rows
    )
    assert (sheet.number, print_sheet(activity, None, by=SYSTEM).number) == (1, 2)


def test_a_row_is_read_back_from_what_its_code_says(sheet):
    lines = f"{row_text(sheet, 1)}\n{row_text(sheet, 3).lower()}\n"

    assert positions_in(sheet, lines) == ([1, 3], "")
    assert positions_in(sheet, "S.ZZZZZZZZ.1") == ([], "S.ZZZZZZZZ.1")
    assert positions_in(sheet, "") == ([], "")


def test_a_signature_counts_by_the_rule_of_a_missing_check_out(activity, sheet):
    assert enter(sheet, 1) == 1

    row = SheetRow.objects.of(sheet).get(position=1)
    evidence = PresenceEvidence.objects.get()
    assert (evidence.source, evidence.kind, evidence.reason) == ("sheet", "in", "1.1")
    assert minutes_of(row.registration).creditable == 90
    facts = RuleFacts(activity.type, "desk", activity.wall_starts.date(), "Our policy")
    set_presence_rule(facts, by=SYSTEM)
    assert minutes_of(row.registration).creditable == 0


def test_whoever_signed_on_paper_is_in_the_room_and_is_scanned_out(activity, sheet):
    enter(sheet, 1, 2)
    signed = SheetRow.objects.of(sheet).get(position=1).registration

    live = live_room_of(activity)
    assert (live.counts.inside, live.counts.missing) == (2, 1)
    assert see(signed, "out").outcome == "out"
    assert live_room_of(activity).counts.inside == 1


def test_a_row_that_was_entered_by_mistake_is_taken_back_at_the_door(activity, sheet):
    enter(sheet, 1)

    undo_scan(PresenceEvidence.objects.get(), new_uuid=uuid.uuid4(), by=SYSTEM)

    assert live_room_of(activity).counts.inside == 0
    assert not minutes_of(SheetRow.objects.of(sheet).get(position=1).registration).was_there


def test_the_signed_page_is_kept_beside_its_rows(sheet):
    enter(sheet, 2, scanned=row_text(sheet, 3))

    file = StoredFile.objects.get(purpose="sign_in_sheet")
    signed = SheetRow.objects.of(sheet).signed().order_by("position")
    assert [(row.position, row.photo) for row in signed] == [(2, file), (3, file)]
    assert file.content_type == "image/jpeg"
    assert Entry.objects.filter(action="presence.signed").count() == 2


def test_every_signed_page_is_among_the_papers_of_the_activity_once(activity, sheet):
    enter(sheet, 1, 2)
    enter(sheet, 3, page=Page(b"\xff\xd8\xff\xe0 another", "page 2.jpg"))

    papers = sheets_kept(activity.pk)

    assert [each.path for each in papers] == [
        "sign-in sheets/Sheet 1/v1 page 1.jpg",
        "sign-in sheets/Sheet 1/v1 page 2.jpg",
    ]


def test_a_second_page_adds_to_the_first_and_counts_nobody_twice(sheet):
    enter(sheet, 1, 2)

    assert enter(sheet, 2, 3) == 1
    assert PresenceEvidence.objects.count() == 3
    assert refusal(enter, sheet, 1) == ALL_ENTERED


@pytest.mark.parametrize(
    ("rows", "scanned", "page", "objection"),
    [
        ((), "", PHOTO, NO_ROWS),
        ((9,), "", PHOTO, OTHER_SHEET),
        ((1,), "S.ZZZZZZZZ.1", PHOTO, OTHER_SHEET),
        ((1,), "hello", PHOTO, OTHER_SHEET),
        ((1,), "", None, NO_PHOTO),
        ((1,), "", Page(b"MZ a program", "page.jpg"), NO_PHOTO),
        ((1,), "", Page(b"\xff\xd8\xff" + bytes(10 * 1024 * 1024), "page.jpg"), NO_PHOTO),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_entered(
    sheet, rows, scanned, page, objection
):
    assert refusal(enter, sheet, *rows, scanned=scanned, page=page) == objection
    assert not PresenceEvidence.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_sheet_needs_people_an_open_door_and_its_own_session(organisation, activity):
    empty, draft = ActivityFactory(state="open"), ActivityFactory(state="draft")
    RegistrationFactory(activity=draft)

    assert refusal(print_sheet, empty, None, by=SYSTEM) == NOBODY_TO_SIGN
    assert refusal(print_sheet, draft, None, by=SYSTEM) == DOOR_CLOSED
    assert refusal(print_sheet, activity, SessionFactory(), by=SYSTEM) == SHEET_OTHER_SESSION
    assert not SignInSheet.objects.exists()


# on a tablet

DRAWN = Drawing("[[[1,2,0],[3,4,1]],[[9,9,4]]]")


def sign(sheet, position, drawing=DRAWN):
    row = SheetRow.objects.of(sheet).get(position=position)
    return sign_on_tablet(row, drawing, by=SYSTEM)


def test_a_signature_on_a_tablet_checks_in_and_its_strokes_are_kept(sheet):
    verdict = sign(sheet, 1)

    row = SheetRow.objects.of(sheet).get(position=1)
    evidence = PresenceEvidence.objects.get()
    assert verdict.outcome == "in"
    assert (evidence.source, evidence.device) == ("sheet", "Tablet")
    assert Standing.objects.get().is_inside
    with open_stored(row.photo) as kept:
        assert json.load(kept) == {"strokes": [[[1, 2, 0], [3, 4, 1]], [[9, 9, 4]]], "typed": ""}


def test_a_typed_name_signs_too(sheet):
    assert sign(sheet, 2, Drawing("", "Asha Rao")).outcome == "in"


@pytest.mark.parametrize(
    ("drawing", "objection"),
    [
        (Drawing(), NOT_SIGNED_HERE),
        (Drawing("[]", "  "), NOT_SIGNED_HERE),
        (Drawing("{}"), DRAWING_BROKEN),
        (Drawing("[[[1]]]"), DRAWING_BROKEN),
        (Drawing("[[[1,99999]]]"), DRAWING_BROKEN),
        (Drawing("[" * 200_001), DRAWING_BROKEN),
    ],
)
def test_what_is_no_signature_is_refused(sheet, drawing, objection):
    assert refusal(sign, sheet, 1, drawing) == objection
    assert not PresenceEvidence.objects.exists()


def test_a_row_is_signed_once_on_paper_or_on_the_tablet(sheet):
    sign(sheet, 1)

    assert refusal(sign, sheet, 1) == SIGNED_ALREADY
    assert refusal(enter, sheet, 1) == ALL_ENTERED


def test_whoever_gave_the_place_up_sees_the_desk_and_signs_nothing(sheet):
    place = SheetRow.objects.of(sheet).get(position=1).registration
    cancel_registration(place, by=SYSTEM)

    assert sign(sheet, 1).outcome == "desk"
    assert not SheetRow.objects.of(sheet).signed().exists()
    assert not StoredFile.objects.exists()

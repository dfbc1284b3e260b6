"""The past of an organisation by files: looked at, brought in, shown, taken back, signed for."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.models import Activity
from symposia.audit.models import Entry
from symposia.credits.belongings import ENTERED_TWICE
from symposia.credits.models import CreditOffer, ImportedCredit
from symposia.credits.tracked import earned_by
from symposia.credits.transcripts import transcript_of
from symposia.directory.duplicates.belongings import hindrances
from symposia.reporting.actions.dues import reckon_all_reports
from symposia.reporting.actions.holds import put_hold
from symposia.reporting.actions.past import PURPOSE, check_past, import_past, receive_past
from symposia.reporting.actions.past_standing import sign_past, undo_past
from symposia.reporting.binder_rules import IS_HELD, IS_KEPT
from symposia.reporting.events import PastImported
from symposia.reporting.models import (
    ActivityFacts,
    CommercialSupport,
    DueReport,
    ImportedActivity,
    PastDisclosure,
    PastKind,
    PastRow,
    PastSignOff,
)
from symposia.reporting.past.rules import (
    PAST_BUILT_ON,
    PAST_BY_PERSON,
    PAST_CAME_IN,
    PAST_COLUMNS,
    PAST_EXPLAIN,
    PAST_NOT_CHECKED,
    PAST_NOTHING_NEW,
    PAST_SIGNED,
    PAST_STANDS,
    PAST_WHY,
)
from symposia.reporting.past.sums import differences_in, sums_of
from symposia.shared import events
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.work.files import delete_file, store_file
from symposia.work.imports.kept import copy_of_kept
from symposia.work.models import Import, ImportState, StoredFile
from tests.factories.accounts import day_here, member
from tests.factories.directory import ClinicianFactory
from tests.reporting.bound import criterion, made_binder

HEAD = "Provider Activity ID,Activity Title,Start Date,Activity Type,Credits,Physicians,City,State"
ACTIVITIES = f"""{HEAD},Country,Supporters
2021-0042,Sepsis: the first hour,03/12/2021,Live Course,1.25,21,Boston,MA,USA,Invented Pharma 5000
2022-0007,Heart failure,2022-05-02,RSS,12,140,Boston,MA,USA,
2022-0008,Wrong,2022-13-02,RSS,1,1,Boston,MA,USA,
"""
DISCLOSURES = """Provider Activity ID,Name,Role,Company,Relationship,Mitigation,Date
2021-0042,Dr. Nobody Invented,Faculty,Invented Pharma,Speaker,Peer review of content,2021-01-15
2021-0042,Dr. Somebody Invented,Planner,,,,2021-01-16
2021-0042,,Planner,,,,2021-01-16
"""


@pytest.fixture
def person(organisation):
    return member(organisation, "coordinator")


@pytest.fixture
def hand_in(organisation, person):
    """A file of the past, looked at as the worker does."""

    def looked_at(kind, text, name="past.csv"):
        facts = {"content_type": "text/csv", "purpose": PURPOSE}
        kept = store_file(text.encode(), name=name, by=person.actor(), **facts)
        with copy_of_kept(kept.storage_name) as path:
            made = receive_past(path, kind, kept, by=person.actor())
        return check_past(made, access=seen(), by=person.actor())

    def seen():
        return access_of(person, organisation, at=now())

    def brought(kind, text, name="past.csv"):
        return import_past(looked_at(kind, text, name), access=seen(), by=person.actor())

    looked_at.brought = brought
    looked_at.seen = seen
    return looked_at


def file_of(*lines):
    head = "E-mail,Title,Provider Activity ID,Date,Credit type,Credits,Certificate number"
    return "\n".join([head, *lines, ""])


def refused(objection, act):
    with pytest.raises(Refused) as why:
        act()
    assert why.value.objection == objection
    return str(why.value)


def test_the_dry_run_names_row_field_expectation_and_what_is_kept_and_changes_nothing(hand_in):
    made = hand_in(PastKind.ACTIVITIES, ACTIVITIES)

    assert made.state == ImportState.CHECKED
    assert (made.counts["new"], made.counts["rejected"]) == (2, 1)
    assert not Activity.objects.exists()
    wrong = PastRow.objects.get(made=made, outcome="rejected")
    assert (wrong.line, wrong.field, wrong.said) == (4, "First day", "2022-13-02")
    assert "a day since 1960" in wrong.expected
    assert wrong.kept == "nothing of the row"
    right = PastRow.objects.filter(made=made, outcome="new").first()
    assert right.kept == "the whole row"


def test_a_file_without_the_needed_columns_is_refused_by_their_names(hand_in):
    said = refused(PAST_COLUMNS, lambda: hand_in(PastKind.ACTIVITIES, "Title,Type\nA,Live\n"))

    assert "Number before, First day" in said


def test_activities_come_in_closed_under_numbers_of_their_year_and_marked(hand_in):
    said = []
    events._listeners[PastImported].append(said.append)
    try:
        made = hand_in.brought(PastKind.ACTIVITIES, ACTIVITIES)
    finally:
        events._listeners[PastImported].remove(said.append)

    sepsis = Activity.objects.get(title="Sepsis: the first hour")
    assert (sepsis.number, sepsis.state, sepsis.mode) == ("ACT-2021-0001", "closed", "independent")
    mark = ImportedActivity.objects.get(activity=sepsis)
    assert (mark.old_number, mark.line, mark.made) == ("2021-0042", 2, made)
    assert mark.said_of_file == "past.csv, row 2"
    assert CommercialSupport.objects.get(activity=sepsis).amount_minor == 500_000
    assert ActivityFacts.objects.get(activity=sepsis).has_support is True
    assert CreditOffer.objects.get(activity=sepsis).maximum == Decimal("1.25")
    assert Entry.objects.filter(action="activity.imported").count() == 2
    assert [each.kind for each in said] == ["past_activities"]


def test_the_same_file_again_brings_nothing_and_says_that_it_is_there(hand_in):
    hand_in.brought(PastKind.ACTIVITIES, ACTIVITIES)

    again = hand_in(PastKind.ACTIVITIES, ACTIVITIES)

    assert again.counts["unchanged"] == 2
    refused(PAST_NOTHING_NEW, lambda: import_past(again, access=hand_in.seen(), by=SYSTEM))


def test_a_file_comes_in_once(hand_in):
    made = hand_in.brought(PastKind.ACTIVITIES, ACTIVITIES)

    refused(PAST_NOT_CHECKED, lambda: import_past(made, access=hand_in.seen(), by=SYSTEM))


def test_a_file_that_is_in_is_not_looked_at_again(hand_in, person):
    made = hand_in.brought(PastKind.ACTIVITIES, ACTIVITIES)

    refused(PAST_CAME_IN, lambda: check_past(made, access=hand_in.seen(), by=person.actor()))


def test_bodies_are_not_told_again_of_what_was_held_before(hand_in):
    text = ACTIVITIES.replace("03/12/2021", f"{day_here() - timedelta(days=40):%m/%d/%Y}")
    hand_in.brought(PastKind.ACTIVITIES, text)

    reckon_all_reports(by=SYSTEM)

    assert not DueReport.objects.exists()


def test_credit_stands_in_transcript_and_requirements_with_its_old_number(hand_in):
    hand_in.brought(PastKind.ACTIVITIES, ACTIVITIES)
    learner = ClinicianFactory(email="avery@example.org")
    row = "avery@example.org,Sepsis,2021-0042,2021-03-12,AMA PRA Category 1,1.25,C-17"
    made = hand_in.brought(PastKind.CREDITS, file_of(row))

    line = transcript_of(learner).lines[0]
    assert (line.proof, line.imported_from) == ("C-17", "past.csv, 2")
    assert not line.is_external
    assert earned_by([learner])[learner.pk][0].amount == Decimal("1.25")
    kept = ImportedCredit.objects.get()
    assert kept.activity.title == "Sepsis: the first hour"
    assert kept.made == made


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("nobody@example.org,A,,2021-03-12,AMA PRA Category 1,1.25,", "Number or e-mail"),
        ("avery@example.org,A,,2021-03-12,Gold stars,1.25,", "Credit system"),
        ("avery@example.org,A,,2021-03-12,AMA PRA Category 1,0.1,", "Credits"),
        ("avery@example.org,A,,2999-03-12,AMA PRA Category 1,1,", "Day"),
    ],
    ids=["nobody", "unknown system", "no whole step", "to come"],
)
def test_credit_that_cannot_be_names_its_field(hand_in, row, field):
    ClinicianFactory(email="avery@example.org")

    made = hand_in(PastKind.CREDITS, file_of(row))

    assert PastRow.objects.get(made=made).field == field


def test_the_same_credit_twice_in_a_file_comes_in_once(hand_in):
    ClinicianFactory(email="avery@example.org")
    row = "avery@example.org,Sepsis,,2021-03-12,AMA PRA Category 1,1.25,C-17"

    made = hand_in.brought(PastKind.CREDITS, file_of(row, row))

    assert (made.counts["new"], made.counts["unchanged"]) == (1, 1)
    assert ImportedCredit.objects.count() == 1


def test_disclosures_of_then_stand_in_the_binder_and_clear_nobody_today(hand_in):
    # Of 2023: the Standards for Integrity and Independence are in force since 2022.
    hand_in.brought(PastKind.ACTIVITIES, ACTIVITIES.replace("03/12/2021", "03/12/2023"))
    hand_in.brought(PastKind.DISCLOSURES, DISCLOSURES)
    sepsis = Activity.objects.get(title="Sepsis: the first hour")

    binder = made_binder(sepsis)

    control = criterion(binder, "sii_3")["evidence"][0]
    assert ["Dr. Nobody Invented (Faculty)", control["lines"][0][1]] == control["lines"][0]
    assert "Invented Pharma (Speaker)" in control["lines"][0][1]
    assert control["lines"][-1] == ["Imported", "past.csv, row 2"]
    assert criterion(binder, "attendance_records")["evidence"][0]["gap"] == ""
    mitigated, told = criterion(binder, "sii_3")["evidence"][1:]
    assert ["Dr. Nobody Invented, Invented Pharma", "Peer review of content"] in mitigated["lines"]
    assert mitigated["gap"] == ""
    assert told["gap"] == "No file says what learners were told of disclosures."
    assert criterion(binder, "sii_1")["state"] == "gap"
    offered = criterion(binder, "ama_designation")["evidence"][0]
    assert "does not say that the credit was designated" in offered["gap"]


def test_counts_and_sums_say_where_file_and_records_differ(hand_in):
    ClinicianFactory(email="avery@example.org")
    rows = [
        "avery@example.org,A,,2021-03-12,AMA PRA Category 1,1.25,",
        "avery@example.org,B,,2021-05-12,AMA PRA Category 1,2,",
        "nobody@example.org,C,,2021-06-12,AMA PRA Category 1,1,",
        "avery@example.org,D,,2022-06-12,AMA PRA Category 1,4,",
    ]
    made = hand_in.brought(PastKind.CREDITS, file_of(*rows))

    first, second = sums_of(made)

    assert (first.year, first.rows, first.here, first.difference) == (2021, 3, 2, 1)
    assert (first.amount, first.here_amount) == (Decimal("4.25"), Decimal("3.25"))
    assert first.amount_difference == Decimal(1)
    assert (second.year, second.agrees) == (2022, True)
    assert "AMA PRA" in second.heading
    assert differences_in([first, second]) == 1


def test_a_person_signs_and_explains_and_then_the_file_stands(hand_in, person):
    made = hand_in.brought(PastKind.ACTIVITIES, ACTIVITIES)

    refused(PAST_BY_PERSON, lambda: sign_past(made, note="One row", by=SYSTEM))
    refused(PAST_EXPLAIN, lambda: sign_past(made, note=" ", by=person.actor()))
    signed = sign_past(made, note="One row has no day; it was cancelled.", by=person.actor())

    assert signed.differences == 1
    assert Entry.objects.filter(action="past.signed", reason=signed.note).count() == 1
    refused(PAST_SIGNED, lambda: sign_past(made, note="Again", by=person.actor()))
    refused(PAST_SIGNED, lambda: undo_past(made, reason="Wrong", by=person.actor()))
    with pytest.raises(IntegrityError), transaction.atomic():
        PastSignOff.objects.create(
            made=made, figures=[], differences=2, signed_by_id=person.pk, signed_by_name="X"
        )


def test_credit_is_taken_back_within_a_day_and_says_when(hand_in):
    learner = ClinicianFactory(email="avery@example.org")
    row = "avery@example.org,Sepsis,,2021-03-12,AMA PRA Category 1,1.25,C-17"
    made = hand_in.brought(PastKind.CREDITS, file_of(row))
    refused(PAST_WHY, lambda: undo_past(made, reason=" ", by=SYSTEM))

    undo_past(made, reason="The wrong file", by=SYSTEM)

    assert not transcript_of(learner).lines
    assert ImportedCredit.objects.get().withdrawn_at
    assert Import.objects.get(pk=made.pk).state == ImportState.UNDONE
    assert hand_in.brought(PastKind.CREDITS, file_of(row)).counts["new"] == 1


def test_after_a_day_a_file_stands(hand_in):
    made = hand_in.brought(PastKind.ACTIVITIES, ACTIVITIES)

    with time_machine.travel(now() + timedelta(hours=25), tick=True):
        refused(PAST_STANDS, lambda: undo_past(made, reason="Too late", by=SYSTEM))


def test_activities_go_whole_or_not_at_all(hand_in):
    made = hand_in.brought(PastKind.ACTIVITIES, ACTIVITIES)
    told = hand_in.brought(PastKind.DISCLOSURES, DISCLOSURES)
    said = refused(PAST_BUILT_ON, lambda: undo_past(made, reason="Wrong", by=SYSTEM))
    assert "ACT-2021-0001" in said
    assert Activity.objects.count() == 2

    undo_past(told, reason="Wrong", by=SYSTEM)
    undo_past(made, reason="Wrong", by=SYSTEM)

    assert not Activity.objects.exists()
    assert PastDisclosure.objects.standing().count() == 0


def test_what_is_held_is_not_taken_back(hand_in):
    learner = ClinicianFactory(email="avery@example.org")
    row = "avery@example.org,Sepsis,,2021-03-12,AMA PRA Category 1,1.25,C-17"
    made = hand_in.brought(PastKind.CREDITS, file_of(row))
    put_hold("An inquiry", clinician=learner, by=SYSTEM)

    refused(IS_HELD, lambda: undo_past(made, reason="Wrong", by=SYSTEM))


def test_the_file_itself_is_kept_as_long_as_the_records_it_brought(hand_in):
    made = hand_in(PastKind.ACTIVITIES, ACTIVITIES)
    file = StoredFile.objects.get(storage_name=made.path)

    refused(IS_KEPT, lambda: delete_file(file, by=SYSTEM, reason="Tidied up"))


def test_two_records_of_one_person_do_not_become_one_while_both_hold_the_same_credit(hand_in):
    first, second = (ClinicianFactory(email=f"{name}@example.org") for name in ("avery", "a.e"))
    rows = [
        f"{each.email},Sepsis,,2021-03-12,AMA PRA Category 1,1.25,C-17" for each in (first, second)
    ]
    hand_in.brought(PastKind.CREDITS, file_of(*rows))

    assert ENTERED_TWICE in list(hindrances(first, second))

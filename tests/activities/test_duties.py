from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, transaction

from symposia.activities.actions.duties import (
    HandedIn,
    add_document,
    add_milestone,
    assign_milestone,
    begin_duties,
    complete_milestone,
    hand_in_document,
    remind_of_milestones,
    reopen_milestone,
    waive_document,
)
from symposia.activities.actions.planning import change_activity, create_activity
from symposia.activities.duties import objection_to_handing_in
from symposia.activities.facts import read_facts
from symposia.activities.models import (
    Activity,
    DocumentSlot,
    DocumentVersion,
    DutyState,
    Milestone,
)
from symposia.activities.tasks import remind_owners
from symposia.activities.types import shipped_types
from symposia.audit.models import Entry
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.activities.test_actions import EVENING, code_of, facts
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early")]
DAY = EVENING.date()
PDF = HandedIn(b"%PDF-1.7 agenda", "agenda.pdf")


@pytest.fixture
def early():
    """Somebody plans in good time."""
    with time_machine.travel("2026-06-01T12:00+00:00", tick=True):
        yield


def test_an_activity_begins_with_what_its_type_owes(organisation):
    activity = create_activity(facts(), mode="independent", by=SYSTEM)

    begun = {m.title: m.due_on for m in Milestone.objects.of(activity)}
    course = shipped_types()["course"]
    assert begun == {m.title: DAY + timedelta(days=m.days) for m in course.milestones}
    assert DocumentSlot.objects.of(activity).count() == len(course.documents)
    begin_duties(activity, by=SYSTEM)
    assert Milestone.objects.of(activity).count() == len(begun)
    assert Entry.objects.filter(action="activity.duties_begun").count() == 1


def test_who_begins_late_owes_what_precedes_it_at_once_and_never_after_it(organisation):
    with time_machine.travel("2027-02-20T04:00+00:00", tick=True):  # there it is still the 19th
        activity = create_activity(facts(), mode="independent", by=SYSTEM)

    due = {m.title: m.due_on for m in Milestone.objects.of(activity)}
    assert due["Venue booked"] == date(2027, 2, 19)
    assert due["Slides reviewed"] == date(2027, 2, 25)
    assert due["Reported and closed"] == date(2027, 4, 10)
    with time_machine.travel("2027-03-20T12:00+00:00", tick=True):
        after = create_activity(facts(), mode="independent", by=SYSTEM)
    assert Milestone.objects.of(after).get(title="Venue booked").due_on == DAY


def test_what_is_owed_moves_along_with_the_activity(organisation):
    activity = create_activity(facts(), mode="independent", by=SYSTEM)
    later = EVENING + timedelta(days=7)

    moved = facts(wall_starts=later, wall_ends=later + timedelta(minutes=90))
    change_activity(activity, moved, seen_version=1, by=SYSTEM)

    agenda = DocumentSlot.objects.get(title="Agenda")
    assert agenda.due_on == later.date() + timedelta(days=agenda.days)
    assert Entry.objects.filter(action="activity.duties_moved").count() == 1


def test_a_draft_that_becomes_another_type_owes_what_that_one_asks_for(organisation):
    activity = create_activity(facts(), mode="independent", by=SYSTEM)
    first = complete_milestone(Milestone.objects.of(activity)[0], by=SYSTEM)

    change_activity(activity, facts(type="journal_club"), seen_version=1, by=SYSTEM)

    owed = set(Milestone.objects.of(activity).values_list("title", flat=True))
    assert owed >= {m.title for m in shipped_types()["journal_club"].milestones} | {first.title}


@pytest.mark.parametrize(
    ("due", "done", "state"),
    [
        (-1, False, DutyState.OVERDUE),
        (0, False, DutyState.OPEN),
        (1, False, DutyState.OPEN),
        (-1, True, DutyState.DONE),
    ],
)
def test_a_milestone_is_overdue_from_the_day_after(organisation, due, done, state):
    milestone = add_milestone(ActivityFactory(), title="Call", days=due, by=SYSTEM)
    if done:
        complete_milestone(milestone, by=SYSTEM)

    assert Milestone.objects.judged(DAY).get().state == state
    assert milestone.is_late(DAY) == (due < 0)


def test_a_tick_is_given_once_and_taken_back_once(organisation):
    milestone = add_milestone(ActivityFactory(), title=" Call ", days=-3, by=SYSTEM)

    complete_milestone(milestone, by=SYSTEM)

    assert code_of(lambda: complete_milestone(milestone, by=SYSTEM)) == "done_already"
    reopen_milestone(milestone, by=SYSTEM)
    assert code_of(lambda: reopen_milestone(milestone, by=SYSTEM)) == "not_done"
    milestone.refresh_from_db()
    assert (milestone.title, milestone.done_by_name) == ("Call", "")


def test_a_thing_is_on_the_list_once_and_has_a_name(organisation):
    activity = ActivityFactory()
    add_milestone(activity, title="Call", days=-3, by=SYSTEM)
    add_document(activity, title="Agenda", days=-3, by=SYSTEM)

    def again(add, title):
        return code_of(lambda: add(activity, title=title, days=1, by=SYSTEM))

    assert again(add_milestone, "Call ") == "there_already"
    assert again(add_document, "Agenda") == "there_already"
    assert again(add_document, " ") == "name_missing"
    closed = ActivityFactory(state="closed")
    assert code_of(lambda: add_milestone(closed, title="Call", days=1, by=SYSTEM)) == "not_now"


def test_each_owner_is_written_to_once_a_week_of_what_is_due_or_late(organisation):
    owner, helper = member(organisation, "coordinator"), member(organisation, "coordinator")
    activity = ActivityFactory(owner=owner)
    for title, days in (("Late", -30), ("Soon", -7), ("Far", 5)):
        add_milestone(activity, title=title, days=days, by=SYSTEM)
    theirs = add_milestone(activity, title="Theirs", days=-8, by=SYSTEM)
    assign_milestone(theirs, helper, by=SYSTEM)
    assign_milestone(theirs, helper, by=SYSTEM)
    off = ActivityFactory(owner=owner, state="cancelled")
    Milestone.objects.create(activity=off, title="Never", days=-9, due_on=DAY - timedelta(days=9))
    on = DAY - timedelta(days=10)

    told = remind_of_milestones(on, by=SYSTEM)
    again = remind_of_milestones(on + timedelta(days=6), by=SYSTEM)

    assert (told, again) == (2, 0)
    first = Delivery.objects.filter(to_address=owner.email).order_by("pk").first()
    assert first.subject == "Milestones due: 2, late: 1"
    assert "Late" in first.text
    assert "Never" not in first.text
    assert Entry.objects.filter(action="milestone.assigned").count() == 1
    assert remind_of_milestones(on + timedelta(days=7), by=SYSTEM) == 2


def test_versions_of_a_document_are_kept_side_by_side(organisation):
    slot = add_document(ActivityFactory(), title="Agenda", days=-3, by=SYSTEM)

    hand_in_document(slot, PDF, by=SYSTEM)
    second = hand_in_document(slot, HandedIn(b"%PDF-2", "new.PDF", "shorter"), by=SYSTEM)

    slot.refresh_from_db()
    assert (slot.latest, second.number, second.note) == (2, 2, "shorter")
    assert second.file.content_type == "application/pdf"
    assert slot.versions.count() == 2


def test_a_version_is_never_changed(organisation):
    slot = add_document(ActivityFactory(), title="Agenda", days=-3, by=SYSTEM)
    hand_in_document(slot, PDF, by=SYSTEM)

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        DocumentVersion.objects.update(number=9)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "empty_file"),
        (b"<script>", "a.pdf", "not_what_it_says"),
        (b"MZ\x90", "a.exe", "no_such_kind"),
        (b"<svg/>", "a.svg", "no_such_kind"),
        (b"%PDF-", "a.pdf.html", "no_such_kind"),
        (b"%PDF-" + b"x" * 25 * 1024 * 1024, "a.pdf", "too_large"),
        (b"PK\x03\x04", "a.pptx", None),
        (b"\xff\xd8\xff", "a.JPG", None),
    ],
    ids=["empty", "script", "program", "drawing", "two ends", "large", "slides", "photograph"],
)
def test_only_files_that_are_what_they_say_are_taken(content, name, code):
    objection = objection_to_handing_in(content, name)

    assert (objection and objection.code) == code


def test_a_document_may_be_said_to_be_unnecessary_and_come_after_all(organisation):
    slot = add_document(ActivityFactory(), title="Flyer", days=-3, by=SYSTEM)
    assert code_of(lambda: waive_document(slot, reason=" ", by=SYSTEM)) == "reason_missing"

    waive_document(slot, reason="Invited by hand.", by=SYSTEM)
    assert DocumentSlot.objects.judged(DAY).get().state == DutyState.DONE
    hand_in_document(slot, PDF, by=SYSTEM)

    assert DocumentSlot.objects.get().waived_because == ""


def test_the_rail_counts_what_is_done(organisation):
    activity = ActivityFactory()
    milestone = add_milestone(activity, title="Call", days=-3, by=SYSTEM)
    add_milestone(activity, title="Write", days=-3, by=SYSTEM)
    slot = add_document(activity, title="Agenda", days=-3, by=SYSTEM)
    complete_milestone(milestone, by=SYSTEM)
    hand_in_document(slot, PDF, by=SYSTEM)

    found = {k.fact.name: k.reading for k in read_facts(Activity.objects.get(pk=activity.pk))}

    assert (found["milestones"].count, found["milestones"].state) == ("1 of 2", "now")
    assert found["documents"].state == "done"


def test_the_database_keeps_a_tick_whole(organisation):
    add_milestone(ActivityFactory(), title="Call", days=-3, by=SYSTEM)

    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.update(done_by_name="Somebody")


def test_another_organisation_is_not_reminded(organisation):
    with acting_in(OrganisationFactory().pk):
        add_milestone(ActivityFactory(), title="Call", days=-3, by=SYSTEM)

    assert remind_of_milestones(date(2027, 6, 1), by=SYSTEM) == 0


def test_the_job_reminds_every_organisation_on_its_day(organisation):
    owner = member(organisation, "coordinator")
    add_milestone(ActivityFactory(owner=owner), title="Call", days=-3, by=SYSTEM)

    with time_machine.travel("2027-03-09T12:00+00:00"):
        remind_owners()

    assert Milestone.objects.get().reminded_on == date(2027, 3, 9)

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localdate

from symposia.activities.actions.cloning import CloneFacts, clone_activity
from symposia.activities.actions.duties import HandedIn, add_document, hand_in_document
from symposia.activities.actions.enduring import (
    RecordingFacts,
    offer_recording,
    review_enduring,
    set_term,
)
from symposia.activities.actions.lifecycle import submit_activity
from symposia.activities.actions.refreshing import look_at
from symposia.activities.facts import read_facts
from symposia.activities.lasting import Term
from symposia.activities.models import (
    Booking,
    EnduringTerm,
    Milestone,
    Origin,
    Refresh,
    SessionFaculty,
)
from symposia.activities.origins import kinship_of
from symposia.activities.taking_over import names_a_year, parts
from symposia.audit.models import Entry
from symposia.finance.models import BudgetLine
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.activities.test_actions import code_of, complete
from tests.factories.accounts import day_here
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.finance import estimated
from tests.factories.team import TeamMemberFactory

pytestmark = pytest.mark.django_db
ALL = ["objectives", "agenda", "team", "budget", "milestones", "documents", "questions"]


def next_year(activity):
    return CloneFacts("Acute stroke 2028", activity.wall_starts + timedelta(weeks=52))


def marks(activity, kind):
    return [each.statement for each in Refresh.objects.of(activity) if each.kind == kind]


def reading(activity, name):
    return next(k.reading for k in read_facts(activity) if k.fact.name == name)


def test_a_clone_takes_over_what_was_chosen_and_says_what_to_look_at(organisation):
    source = complete()
    member = TeamMemberFactory(activity=source, role="author")
    estimated(source)
    slot = add_document(source, title="Flyer", days=-10, by=SYSTEM)
    hand_in_document(slot, HandedIn(b"%PDF-1.7 flyer", "flyer.pdf"), by=SYSTEM)

    copy = clone_activity(source, next_year(source), take=ALL, by=SYSTEM)

    assert (copy.title, copy.state, copy.mode) == ("Acute stroke 2028", "draft", source.mode)
    assert copy.sessions.get().wall_starts == source.sessions.get().wall_starts + timedelta(
        weeks=52
    )
    assert copy.team.get().contributor == member.contributor
    taught = [s.name for s in SessionFaculty.objects.of(source)]
    assert [s.name for s in SessionFaculty.objects.of(copy)] == taught
    assert copy.objective_links.count() == source.objective_links.count()
    assert BudgetLine.objects.of(copy).count() == BudgetLine.objects.of(source).count()
    flyer = copy.documents.get(title="Flyer")
    assert (flyer.latest, flyer.due_on) == (1, copy.wall_starts.date() - timedelta(days=10))
    assert marks(copy, "document") == ["Flyer: flyer.pdf"]
    assert set(marks(copy, "disclosure")) == {f"{member.contributor.name}, Author"} | {
        f"{name}, Faculty" for name in taught
    }
    assert marks(copy, "words")[0] == "Acute stroke 2028"
    assert Entry.objects.get(action="activity.cloned").details["from"] == source.number
    assert kinship_of(copy).origin.source == source
    assert [each.activity for each in kinship_of(source).made] == [copy]


def test_what_was_not_chosen_stays_behind(organisation):
    source = complete()

    copy = clone_activity(source, next_year(source), take=[], by=SYSTEM)

    assert not copy.sessions.exists()
    assert not copy.objective_links.exists()
    assert [each.kind for each in Refresh.objects.of(copy)] == ["words"]


def test_nothing_in_the_past_is_taken_over_without_a_word(organisation):
    source = ActivityFactory()
    soon = datetime.combine(day_here() + timedelta(days=3), source.wall_starts.time())

    copy = clone_activity(source, CloneFacts("Soon", soon), take=["milestones"], by=SYSTEM)

    begun = localdate(copy.created_at, ZoneInfo(copy.zone))
    usual = [soon.date() + timedelta(days=m.days) for m in Milestone.objects.filter(activity=copy)]
    late = sum(day < begun for day in usual)
    assert late
    assert len([s for s in marks(copy, "milestone") if "would have been due" in s]) >= late
    assert not Milestone.objects.filter(activity=copy, due_on__lt=begun).exists()


@pytest.mark.parametrize(
    ("day", "take", "code"),
    [(date(2020, 1, 1), [], "clone_in_the_past"), (None, ["soul"], "unknown_part")],
)
def test_a_clone_lies_ahead_and_takes_what_there_is(organisation, day, take, code):
    source = ActivityFactory()
    starts = source.wall_starts + timedelta(weeks=52)
    if day:
        starts = datetime.combine(day, starts.time())

    facts = CloneFacts("Again", starts)
    assert code_of(lambda: clone_activity(source, facts, take=take, by=SYSTEM)) == code


def test_it_is_not_submitted_until_everything_was_looked_at(organisation):
    source = complete()
    chosen = ["objectives", "agenda", "team"]
    copy = clone_activity(source, next_year(source), take=chosen, by=SYSTEM)
    said = reading(copy, "taken_over")
    assert (said.state, said.objection.code) == ("blocked", "not_looked_at")
    assert "not looked at" in str(said.objection)
    with pytest.raises(Refused, match="not looked at yet"):
        submit_activity(copy, by=SYSTEM)

    for each in Refresh.objects.of(copy):
        look_at(each, note="Still right", by=SYSTEM)

    assert reading(copy, "taken_over").state == "done"
    assert Entry.objects.filter(action="refresh.looked_at").count() == 3


def test_an_activity_from_nothing_has_nothing_to_look_at(organisation):
    assert "taken_over" not in [k.fact.name for k in read_facts(ActivityFactory())]


def test_every_part_is_known_by_its_name(organisation):
    assert [part.name for part in parts()] == [*ALL[:6], "invitations", "questions"]


@pytest.mark.parametrize(
    ("text", "expected"), [("Update 2027", True), ("Room 20271", False), ("Sepsis", False)]
)
def test_a_year_in_words_is_seen(text, expected):
    assert names_a_year(text) is expected


TERM = Term(date(2027, 4, 1), date(2028, 4, 1), date(2029, 3, 31))


def offered(source, **other):
    facts = {
        "title": "Acute stroke, recorded",
        "type": "internet_enduring",
        "online_address": "https://stream.example/stroke",
        "term": TERM,
    }
    return offer_recording(source, RecordingFacts(**facts | other), by=SYSTEM)


def test_a_recording_becomes_an_activity_of_its_own_with_its_dates(organisation):
    source = complete(state="held")
    SessionFactory(activity=source, title="Lunch", is_break=True, creditable_minutes=0)

    made = offered(source)

    assert (made.type, made.delivery, made.state) == ("internet_enduring", "online", "draft")
    assert (made.wall_starts.date(), made.wall_ends.date()) == (TERM.released_on, TERM.ends_on)
    assert [s.title for s in made.sessions.all()] == ["Who benefits?"]
    assert Origin.objects.get(activity=made).kind == "recording"
    assert [each.activity for each in kinship_of(source).made] == [made]
    assert marks(made, "disclosure")
    assert reading(made, "term").state == "done"
    assert code_of(lambda: submit_activity(made, by=SYSTEM)) == "not_looked_at"


def test_faculty_of_a_recording_are_kept_at_no_time(organisation):
    source = complete(state="held")
    clinician = ClinicianFactory()
    SessionFacultyFactory(session=source.sessions.get(), clinician=clinician)

    first, second = offered(source), offered(source)

    assert not Booking.objects.filter(clinician=clinician).exists()
    assert SessionFaculty.objects.of(first).count() == SessionFaculty.objects.of(second).count()


@pytest.mark.parametrize(
    ("state", "other", "code"),
    [
        ("open", {}, "not_now"),
        ("held", {"type": "course"}, "no_enduring_type"),
        ("held", {"term": Term(TERM.released_on, TERM.review_on, TERM.released_on)}, None),
        ("held", {"term": Term(TERM.released_on, date(2030, 4, 2), TERM.ends_on)}, None),
        ("held", {"term": Term(TERM.released_on, TERM.released_on, TERM.ends_on)}, None),
    ],
    ids=["not held yet", "no enduring type", "ends at once", "after 36 months", "at once"],
)
def test_a_recording_is_of_what_took_place_and_is_reviewed_in_time(
    organisation, state, other, code
):
    source = complete(state=state)
    codes = (
        {code}
        if code
        else {
            "ends_before_release",
            "review_too_late",
            "review_before_release",
        }
    )

    assert code_of(lambda: offered(source, **other)) in codes


def test_the_last_day_of_the_period_is_early_enough(organisation):
    latest = Term(TERM.released_on, date(2030, 4, 1), TERM.ends_on)

    assert EnduringTerm.objects.get(activity=offered(complete(state="held"), term=latest))


def test_a_review_has_an_outcome_and_the_next_one_its_day(organisation):
    made = offered(complete(state="held"))
    term = EnduringTerm.objects.get(activity=made)
    soon = TERM.released_on + timedelta(days=200)

    kept = review_enduring(term, outcome="Two slides replaced", review_on=soon, by=SYSTEM)

    assert (kept.reviewed_on, kept.review_on, kept.version) == (day_here(), soon, 2)
    assert Entry.objects.get(action="enduring.reviewed").reason == "Two slides replaced"
    late = TERM.released_on + timedelta(days=1200)
    assert code_of(lambda: review_enduring(term, outcome="x", review_on=late, by=SYSTEM)) == (
        "review_too_late"
    )
    assert code_of(lambda: review_enduring(term, outcome=" ", review_on=soon, by=SYSTEM)) == (
        "outcome_missing"
    )


def test_a_review_that_is_late_stands_on_the_rail(organisation):
    made = offered(complete(state="held"))
    EnduringTerm.objects.update(released_on=date(2025, 1, 1), review_on=date(2026, 1, 1))

    assert reading(made, "term").objection.code == "review_due"


def test_enduring_material_without_dates_is_not_submitted(organisation):
    activity = ActivityFactory(type="internet_enduring", delivery="online")
    assert reading(activity, "term").objection.code == "no_enduring_term"

    set_term(activity, TERM, by=SYSTEM)

    assert reading(activity, "term").state == "done"
    activity.refresh_from_db()
    assert activity.wall_ends.date() == TERM.ends_on
    assert code_of(lambda: set_term(ActivityFactory(), TERM, by=SYSTEM)) == "no_enduring_type"

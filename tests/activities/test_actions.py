from datetime import datetime, timedelta

import pytest
from django.utils.timezone import now

from symposia.activities.actions.lifecycle import (
    NewDate,
    approve_activity,
    cancel_activity,
    close_activity,
    hold_activity,
    open_activity,
    postpone_activity,
    reconcile_activity,
    reschedule_activity,
    return_activity,
    start_activity,
    submit_activity,
)
from symposia.activities.actions.planning import (
    ActivityFacts,
    change_activity,
    choose_objectives,
    create_activity,
)
from symposia.activities.actions.rules import check_rules
from symposia.activities.actions.sessions import (
    SessionFacts,
    add_session,
    assign_faculty,
    change_session,
    remove_faculty,
    remove_session,
)
from symposia.activities.models import Activity, ActivityStep, Session, SessionFaculty
from symposia.activities.policies import (
    COMPANY_NOT_INDEPENDENT,
    CREDITABLE_TOO_LONG,
    ENDS_BEFORE_START,
    PROVIDER_INDEPENDENT,
    REASON_MISSING,
    WHO_TEACHES,
)
from symposia.approvals.models import ApprovalRequest
from symposia.audit.models import Entry
from symposia.compliance.models import Commitment, Evaluation
from symposia.compliance.queries import findings_of, latest_evaluation
from symposia.curriculum.models import Gap
from symposia.shared.actors import SYSTEM
from symposia.shared.changing import CHANGED_MEANWHILE
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import (
    ActivityFactory,
    ActivityObjectiveFactory,
    SessionFactory,
    SessionFacultyFactory,
)
from tests.factories.curriculum import GapFactory, ObjectiveFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.team import disclose_nothing

EVENING = datetime.fromisoformat("2027-03-11T18:30")


def facts(**other):
    return ActivityFacts(
        **{
            "title": "Acute stroke",
            "type": "course",
            "wall_starts": EVENING,
            "wall_ends": EVENING + timedelta(minutes=90),
            "zone": "America/New_York",
            "delivery": "in_person",
            "venue_name": "Harbour Centre",
            "city": "Boston",
            "country": "US",
            "capacity": 90,
        }
        | other
    )


def slot(**other):
    values = {"title": "Who benefits?", "wall_starts": EVENING, "minutes": 40}
    return SessionFacts(**{**values, "creditable_minutes": 40} | other)


def complete(**values):
    """An activity to which nothing is missing."""
    activity = ActivityFactory(**values)
    SessionFacultyFactory(session=SessionFactory(activity=activity))
    ActivityObjectiveFactory(activity=activity)
    disclose_nothing(activity)
    return activity


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def actions_of(activity):
    found = Entry.objects.filter(subject_id=activity.pk).order_by("at", "id")
    return list(found.values_list("action", flat=True))


def test_an_activity_begins_as_a_draft_with_number_and_instants(organisation):
    activity = create_activity(facts(), mode="independent", by=SYSTEM)

    assert activity.number == "ACT-2027-0001"
    assert activity.state == "draft"
    assert activity.starts_at.isoformat() == "2027-03-11T23:30:00+00:00"
    assert actions_of(activity) == ["activity.created", "activity.duties_begun"]
    assert ActivityStep.objects.get().to_state == "draft"


def test_a_wall_time_keeps_meaning_the_clock_of_its_venue(organisation):
    before, after = (
        create_activity(
            facts(wall_starts=day, wall_ends=day + timedelta(hours=1)),
            mode="independent",
            by=SYSTEM,
        )
        for day in (EVENING, EVENING + timedelta(days=7))
    )

    assert (after.starts_at - before.starts_at) == timedelta(days=7, hours=-1)
    assert Activity.objects.get(pk=after.pk).wall_starts == EVENING + timedelta(days=7)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"wall_ends": EVENING}, ENDS_BEFORE_START.code),
        ({"wall_ends": EVENING + timedelta(days=15)}, "too_long"),
        ({"wall_starts": datetime.fromisoformat("2027-03-14T02:30")}, "no_such_time"),
    ],
    ids=["no length", "longer than a fortnight", "an hour the clocks skip"],
)
def test_a_time_that_cannot_be_is_refused(organisation, other, code):
    assert code_of(lambda: create_activity(facts(**other), mode="independent", by=SYSTEM)) == code
    assert not Activity.objects.exists()


def test_a_provider_only_organises_independent_education(organisation):
    refused = code_of(lambda: create_activity(facts(), mode="promotional", by=SYSTEM))

    assert refused == PROVIDER_INDEPENDENT.code


def test_a_company_never_organises_independent_education(db):
    company = OrganisationFactory(kind="company")
    with acting_in(company.pk):
        refused = code_of(lambda: create_activity(facts(), mode="independent", by=SYSTEM))

        assert refused == COMPANY_NOT_INDEPENDENT.code
        made = create_activity(facts(type="symposium"), mode="scientific", by=SYSTEM)
        assert made.mode == "scientific"


def test_sessions_move_along_with_their_activity(organisation):
    activity = create_activity(facts(), mode="independent", by=SYSTEM)
    session = add_session(activity, slot(), by=SYSTEM)
    later = EVENING + timedelta(days=7, hours=1)

    moved = facts(wall_starts=later, wall_ends=later + timedelta(minutes=90))
    change_activity(activity, moved, seen_version=1, by=SYSTEM)

    session.refresh_from_db()
    assert session.wall_starts == later
    assert session.starts_at.isoformat() == "2027-03-18T23:30:00+00:00"


def test_an_activity_cannot_shrink_away_from_its_sessions(organisation):
    activity = create_activity(facts(), mode="independent", by=SYSTEM)
    add_session(activity, slot(minutes=90, creditable_minutes=90), by=SYSTEM)
    shorter = facts(wall_ends=EVENING + timedelta(minutes=60))

    refused = code_of(lambda: change_activity(activity, shorter, seen_version=1, by=SYSTEM))

    assert refused == "session_outside"


def test_nobody_overwrites_an_activity_they_have_not_seen(organisation):
    activity = create_activity(facts(), mode="independent", by=SYSTEM)
    change_activity(activity, facts(title="Theirs"), seen_version=1, by=SYSTEM)

    refused = code_of(
        lambda: change_activity(activity, facts(title="Mine"), seen_version=1, by=SYSTEM)
    )

    assert refused == CHANGED_MEANWHILE.code
    assert Activity.objects.get().title == "Theirs"


def test_saving_what_is_already_so_changes_nothing(organisation):
    activity = create_activity(facts(), mode="independent", by=SYSTEM)

    assert change_activity(activity, facts(), seen_version=1, by=SYSTEM).version == 1
    assert actions_of(activity) == ["activity.created", "activity.duties_begun"]


def test_what_was_submitted_stays_as_it_is(organisation):
    activity = ActivityFactory(state="in_approval")
    session = SessionFactory(activity=activity)
    person = SessionFacultyFactory(session=session)
    objective = ObjectiveFactory()

    for act in (
        lambda: change_activity(activity, facts(), seen_version=1, by=SYSTEM),
        lambda: choose_objectives(activity, [objective], by=SYSTEM),
        lambda: add_session(activity, slot(), by=SYSTEM),
        lambda: change_session(session, slot(), seen_version=1, by=SYSTEM),
        lambda: remove_session(session, by=SYSTEM),
        lambda: assign_faculty(session, name="Dr Rao", by=SYSTEM),
        lambda: remove_faculty(person, by=SYSTEM),
    ):
        assert code_of(act) == "activity_frozen"


def test_a_session_lies_within_its_activity_and_counts_no_more_than_it_lasts(organisation):
    activity = create_activity(facts(), mode="independent", by=SYSTEM)
    early = EVENING - timedelta(minutes=10)

    assert code_of(lambda: add_session(activity, slot(wall_starts=early), by=SYSTEM)) == (
        "session_outside"
    )
    assert code_of(lambda: add_session(activity, slot(creditable_minutes=41), by=SYSTEM)) == (
        CREDITABLE_TOO_LONG.code
    )


def test_a_session_is_changed_and_taken_off_with_its_faculty(organisation):
    activity = create_activity(facts(), mode="independent", by=SYSTEM)
    session = add_session(activity, slot(), by=SYSTEM)
    assign_faculty(session, name="Dr Meera Rao", by=SYSTEM)

    change_session(session, slot(minutes=50), seen_version=1, by=SYSTEM)
    assert code_of(lambda: change_session(session, slot(), seen_version=1, by=SYSTEM)) == (
        CHANGED_MEANWHILE.code
    )
    remove_session(session, by=SYSTEM)

    assert not Session.objects.exists()
    assert not SessionFaculty.objects.exists()
    assert actions_of(activity)[2:] == [
        "activity.session_added",
        "activity.faculty_assigned",
        "activity.session_changed",
        "activity.session_removed",
    ]


def test_a_person_has_a_role_in_a_session_once(organisation):
    session = SessionFactory()

    first = assign_faculty(session, name="Dr Rao", by=SYSTEM)
    second = assign_faculty(session, name=" Dr Rao ", by=SYSTEM)

    assert first == second
    assert code_of(lambda: assign_faculty(session, name=" ", by=SYSTEM)) == WHO_TEACHES.code


def test_objectives_of_a_closed_gap_cannot_be_taken_on(organisation):
    activity = ActivityFactory()
    closed = ObjectiveFactory(gap=GapFactory(state="closed"))

    assert code_of(lambda: choose_objectives(activity, [closed], by=SYSTEM)) == "gap_closed"


def test_a_complete_plan_is_checked_frozen_and_sent_to_its_approvers(organisation):
    activity = submit_activity(complete(), by=SYSTEM)

    request = ApprovalRequest.objects.get()
    assert activity.state == "in_approval"
    assert (request.subject_type, request.subject_id) == ("activity", activity.pk)
    assert request.frozen["sessions"][0]["minutes"] == 90
    assert Evaluation.objects.get().subject_id == activity.pk
    assert [s.to_state for s in ActivityStep.objects.order_by("at", "pk")] == [
        "submitted",
        "in_approval",
    ]


def test_what_is_missing_is_named_and_nothing_is_submitted(organisation):
    activity = ActivityFactory(venue_name="")

    with pytest.raises(Refused) as refused:
        submit_activity(activity, by=SYSTEM)

    assert str(refused.value).startswith("3 conditions:")
    assert "The venue has no name and city yet." in str(refused.value)
    assert not ApprovalRequest.objects.exists()


def test_two_sessions_cannot_have_one_room_at_one_time(organisation):
    activity = complete()
    for title in ("A", "B"):
        SessionFactory(activity=activity, title=title, room="Hall A", creditable_minutes=0)

    assert code_of(lambda: submit_activity(activity, by=SYSTEM)) == "clashes"


def test_rules_that_block_are_told_and_nothing_is_submitted(organisation):
    activity = complete()
    Session.objects.update(creditable_minutes=5)

    with pytest.raises(Refused) as refused:
        submit_activity(activity, by=SYSTEM)

    assert refused.value.objection.code == "blocked_by_rules"
    assert "5 creditable minutes cannot carry a credit" in str(refused.value)
    kept = latest_evaluation("activity", activity.pk)
    assert "AE-1" in {f.rule for f in findings_of(kept) if f.holds_back}
    assert Activity.objects.get().state == "draft"


def test_a_returned_plan_is_changed_and_submitted_again(organisation):
    activity = submit_activity(complete(), by=SYSTEM)
    return_activity(activity, reason="Fewer people", by=SYSTEM)

    assert Activity.objects.get().state == "returned"
    assert ActivityStep.objects.order_by("-at", "-pk").first().reason == "Fewer people"


def test_approval_counts_its_gaps_as_addressed(organisation):
    activity = submit_activity(complete(), by=SYSTEM)

    approve_activity(activity, by=SYSTEM)

    assert Activity.objects.get().state == "approved"
    assert Gap.objects.get().state == "addressed"


def test_the_life_of_an_activity_to_its_end(organisation):
    at = now()
    activity = ActivityFactory(state="approved")
    Activity.objects.filter(pk=activity.pk).update(
        starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=1)
    )

    open_activity(activity, by=SYSTEM)
    hold_activity(activity, by=SYSTEM)
    reconcile_activity(activity, by=SYSTEM)
    close_activity(activity, by=SYSTEM)

    assert actions_of(activity) == [
        "activity.opened",
        "activity.started",
        "activity.held",
        "activity.reconciling",
        "activity.closed",
    ]


def test_an_activity_does_not_start_before_its_day(organisation):
    activity = ActivityFactory(state="open")

    assert code_of(lambda: start_activity(activity, by=SYSTEM)) == "not_begun"


def test_a_step_that_is_not_in_the_table_is_refused_in_words(organisation):
    activity = ActivityFactory(state="draft")

    for act in (open_activity, start_activity, hold_activity, reconcile_activity, close_activity):
        assert code_of(lambda act=act: act(activity, by=SYSTEM)) == "not_now"
    assert code_of(lambda: approve_activity(activity, by=SYSTEM)) == "not_now"
    assert code_of(lambda: postpone_activity(activity, reason="x", by=SYSTEM)) == "not_now"
    assert code_of(lambda: return_activity(activity, reason="x", by=SYSTEM)) == "not_now"


def test_postponing_and_a_new_date_keep_the_length(organisation):
    activity = complete(state="open")
    later = EVENING + timedelta(days=60)

    postpone_activity(activity, reason="The hall is flooded", by=SYSTEM)
    reschedule_activity(activity, NewDate(later, "The hall is dry"), by=SYSTEM)

    moved = Activity.objects.get()
    assert (moved.state, moved.wall_starts) == ("approved", later)
    assert moved.wall_ends - moved.wall_starts == timedelta(minutes=90)
    assert Session.objects.get().wall_starts == later


def test_whoever_speaks_is_free_while_nobody_knows_the_day(organisation):
    """A postponed activity uses up nobody's engagements of the year; its new date does."""
    activity = complete(state="approved")
    SessionFacultyFactory(session=Session.objects.get(), clinician=ClinicianFactory())
    later = EVENING + timedelta(days=400)
    check_rules(activity, by=SYSTEM, commits=True)
    assert [c.on for c in Commitment.objects.standing()] == [EVENING.date()]

    postpone_activity(activity, reason="The hall is flooded", by=SYSTEM)
    assert not Commitment.objects.standing().exists()
    reschedule_activity(activity, NewDate(later, "The hall is dry"), by=SYSTEM)

    assert [c.on for c in Commitment.objects.standing()] == [later.date()]


def test_an_open_activity_moves_and_stays_open(organisation):
    activity = complete(state="open")

    reschedule_activity(activity, NewDate(EVENING + timedelta(days=1), "Clash"), by=SYSTEM)

    assert Activity.objects.get().state == "open"
    same = NewDate(EVENING + timedelta(days=1), "Again")
    assert code_of(lambda: reschedule_activity(activity, same, by=SYSTEM)) == "same_date"


def test_a_draft_is_changed_not_rescheduled(organisation):
    new = NewDate(EVENING + timedelta(days=1), "Why not")

    assert code_of(lambda: reschedule_activity(ActivityFactory(), new, by=SYSTEM)) == "not_now"


def test_cancelling_needs_a_reason_and_withdraws_the_request(organisation):
    activity = submit_activity(complete(), by=SYSTEM)

    assert code_of(lambda: cancel_activity(activity, reason=" ", by=SYSTEM)) == REASON_MISSING.code
    cancel_activity(activity, reason="No budget", by=SYSTEM)

    assert Activity.objects.get().state == "cancelled"
    assert ApprovalRequest.objects.get().state == "withdrawn"

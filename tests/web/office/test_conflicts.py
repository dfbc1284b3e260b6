import uuid

import pytest
from django.urls import reverse

from symposia.attendance.actions.conflicts import find_conflicts
from symposia.attendance.models import Conflict, Reconciliation
from symposia.attendance.queries import minutes_of
from symposia.shared.actors import SYSTEM
from tests.attendance.test_conflicts import desk_decides, placed, seen, stranger_seen
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.directory import ClinicianFactory


@pytest.fixture
def coordinator(client, organisation):
    client.force_login(member(organisation, "coordinator"))


@pytest.fixture
def activity(organisation):
    made = ActivityFactory(state="held")
    SessionFactory(activity=made)
    return made


@pytest.fixture
def conflict(activity):
    desk_decides(activity)
    seen(placed(activity, clinician__full_name="Radhika Iyer"))
    find_conflicts(activity, by=SYSTEM)
    return Conflict.objects.get()


def get(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def post(client, name, *args, **values):
    body = {"idempotency_key": uuid.uuid4(), **values}
    return client.post(reverse(name, args=args), body, follow=True)


def test_a_conflict_says_what_does_not_fit_and_what_is_proposed(client, coordinator, conflict):
    page = get(client, "conflict", conflict.pk).content.decode()

    assert "Radhika Iyer came at 18:30; nobody saw the person leave." in page
    assert "Stayed to the end: hardly anybody was checked out at this door" in page
    assert 'data-key="1"' in page
    assert "<desc>In the room" in page


def test_deciding_goes_on_with_the_next_one(client, coordinator, activity, conflict):
    seen(placed(activity, clinician__full_name="Nilima Rao"))
    find_conflicts(activity, by=SYSTEM)

    answer = post(
        client, "conflict_decision", conflict.pk, choice="to_the_end", reason="Asked her"
    ).content.decode()

    assert "Decided: Radhika Iyer" in answer
    assert "Nilima Rao came at" in answer
    assert minutes_of(conflict.registration).creditable == 90


def test_a_decision_without_a_reason_is_asked_for_it(client, coordinator, conflict):
    answer = client.post(
        reverse("conflict_decision", args=[conflict.pk]),
        {"choice": "to_the_end", "reason": "", "idempotency_key": uuid.uuid4()},
    )

    assert answer.status_code == 422
    conflict.refresh_from_db()
    assert conflict.is_open


def test_proposals_are_accepted_together_and_one_is_taken_back(client, coordinator, conflict):
    activity = conflict.activity
    seen(placed(activity))
    find_conflicts(activity, by=SYSTEM)

    together = post(client, "conflict_similar", conflict.pk, reason="As proposed")
    assert "2 conflicts are decided." in together.content.decode()

    back = post(client, "conflict_reopening", conflict.pk, reason="She left early")
    assert "The decision is taken back." in back.content.decode()
    assert minutes_of(conflict.registration).creditable == 0


def test_a_stranger_is_found_by_name_and_matched(client, coordinator, activity):
    place = placed(activity, clinician__full_name="Somebody Else")
    stranger_seen(activity, "Iphone")
    find_conflicts(activity, by=SYSTEM)
    conflict = Conflict.objects.get()

    found = get(client, "conflict", conflict.pk, q="Somebody").content.decode()
    assert f"place:{place.pk}" in found
    post(
        client,
        "conflict_decision",
        conflict.pk,
        choice="match",
        place=f"place:{place.pk}",
        q="Somebody",
        reason="Told us by phone",
    )

    assert minutes_of(place).creditable == 40


def test_the_list_says_how_many_are_left_and_takes_the_signature(client, coordinator, conflict):
    activity = conflict.activity
    page = get(client, "activity_conflicts", activity.pk).content.decode()
    assert "1 conflict is to be decided." in page
    refused = post(client, "attendance_signature", activity.pk, statement="All right")
    assert "is not decided" in refused.content.decode()

    post(client, "conflict_decision", conflict.pk, choice="nothing", reason="Left at once")
    signed = post(client, "attendance_signature", activity.pk, statement="All right")

    assert "Attendance signed: 0 people, 0 minutes" in signed.content.decode()
    assert Reconciliation.objects.count() == 1


def test_whoever_may_only_look_decides_nothing(client, organisation, conflict):
    client.force_login(member(organisation, "education_lead"))

    assert "Decide and go on" not in get(client, "conflict", conflict.pk).content.decode()
    answer = client.post(
        reverse("conflict_decision", args=[conflict.pk]),
        {"choice": "nothing", "reason": "x", "idempotency_key": uuid.uuid4()},
    )
    assert answer.status_code == 403


def test_a_conflict_of_another_organisation_is_nobodys(client, conflict):
    client.force_login(member(OrganisationFactory(), "coordinator"))

    assert get(client, "conflict", conflict.pk).status_code == 404


def test_people_nobody_has_matched_are_a_list(client, coordinator, activity):
    stranger_seen(activity, "Studio 2")

    page = get(client, "unmatched_people", activity.pk).content.decode()

    assert "Studio 2" in page


def test_the_search_names_nobody_whom_one_could_not_choose(client, organisation, activity):
    scope = {"scope_kind": "activity", "scope_id": activity.pk}
    client.force_login(member(organisation, "coordinator", **scope))
    place = placed(activity, clinician__full_name="Somebody Here")
    ClinicianFactory(full_name="Somebody Elsewhere")
    stranger_seen(activity, "Iphone")
    find_conflicts(activity, by=SYSTEM)

    found = get(client, "conflict", Conflict.objects.get().pk, q="Somebody").content.decode()

    assert f"place:{place.pk}" in found
    assert "Somebody Elsewhere" not in found


def test_whoever_sees_the_directory_finds_people_of_it(client, coordinator, activity):
    elsewhere = ClinicianFactory(full_name="Somebody Elsewhere")
    stranger_seen(activity, "Iphone")
    find_conflicts(activity, by=SYSTEM)

    found = get(client, "conflict", Conflict.objects.get().pk, q="Somebody").content.decode()

    assert f"person:{elsewhere.pk}" in found

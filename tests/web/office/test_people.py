import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from symposia.accounts.actions import add_member
from symposia.accounts.models import Role
from symposia.attendance.models import PresenceEvidence
from symposia.audit.models import Entry
from symposia.registrations.actions.places import register_walk_in
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import EvidenceFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.registrations import RegistrationFactory


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open", capacity=20)


def get(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def post(client, name, *args, **values):
    return client.post(reverse(name, args=args), {"idempotency_key": uuid.uuid4(), **values})


def test_the_people_of_an_activity_are_listed_with_their_state(client, coordinator, activity):
    RegistrationFactory(activity=activity, clinician__full_name="Radhika Iyer")
    RegistrationFactory(activity=activity, clinician__full_name="Nilima Rao", state="queued")
    RegistrationFactory(clinician__full_name="Somebody Elsewhere")

    page = get(client, "activity_people", activity.pk).content.decode()

    assert "Radhika Iyer" in page
    assert "On the waitlist" in page
    assert "Somebody Elsewhere" not in page
    assert "1 with a place, 1 on the waitlist" in page


@pytest.mark.parametrize("name", ["activity_people", "activity_attendance"])
def test_a_list_takes_as_many_statements_for_three_people_as_for_one(
    client, coordinator, activity, name
):
    SessionFactory(activity=activity)
    EvidenceFactory(registration=RegistrationFactory(activity=activity))
    _statements(client, name, activity)  # who looks is written down once a day
    counted = _statements(client, name, activity)
    for _ in range(2):
        EvidenceFactory(registration=RegistrationFactory(activity=activity))

    assert _statements(client, name, activity) == counted


def _statements(client, name, activity):
    with CaptureQueriesContext(connection) as made:
        assert get(client, name, activity.pk).status_code == 200
    return len(made)


def test_somebody_found_in_the_directory_is_registered(client, coordinator, activity):
    clinician = ClinicianFactory(full_name="Radhika Iyer")

    page = get(client, "registration_new", activity.pk, q="radh").content.decode()
    answer = post(client, "activity_registration", activity.pk, clinician.pk)

    assert "Radhika Iyer" in page
    assert answer.url == reverse("activity_people", args=[activity.pk])
    assert Registration.objects.get().source == "office"


def test_the_office_says_how_somebody_comes(client, coordinator, organisation):
    both = ActivityFactory(state="open", mode="scientific", delivery="hybrid")
    clinician = ClinicianFactory(full_name="Radhika Iyer")

    found = get(client, "registration_new", both.pk, q="radhika").content.decode()
    post(client, "activity_registration", both.pk, clinician.pk, attending="online")

    made = Registration.objects.get()
    assert "Register: Online" in found
    assert made.attending == "online"
    assert "<dt>Comes</dt><dd>Online</dd>" in get(client, "registration", made.pk).text


def test_a_refusal_is_told_in_words(client, coordinator, activity):
    taken = RegistrationFactory(activity=activity)

    answer = post(client, "activity_registration", activity.pk, taken.clinician_id)

    assert b"There is a place here already" in client.get(answer.url).content


def test_one_registration_shows_its_evidence_and_how_minutes_were_counted(
    client, coordinator, activity
):
    registration = RegistrationFactory(activity=activity)
    SessionFactory(activity=activity, title="Who benefits?")
    EvidenceFactory(registration=registration, by_name="Kiran Shah")

    page = get(client, "registration", registration.pk).content.decode()

    assert "90 of 90 minutes count" in page
    assert "No check-out after 18:30" in page
    assert "Kiran Shah" in page


def test_a_place_is_taken_back_with_a_reason_and_not_without(client, coordinator, activity):
    registration = RegistrationFactory(activity=activity)

    refused = post(client, "registration_cancellation", registration.pk, reason="")
    done = post(client, "registration_cancellation", registration.pk, reason="Is ill")

    assert (refused.status_code, done.status_code) == (422, 302)
    registration.refresh_from_db()
    assert registration.state == "cancelled"


def test_somebody_is_marked_present_by_hand_with_a_reason(client, coordinator, activity):
    registration = RegistrationFactory(activity=activity)
    session = SessionFactory(activity=activity)

    refused = post(client, "registration_mark", registration.pk, reason="")
    post(client, "registration_mark", registration.pk, session=session.pk, reason="Paper list")

    assert refused.status_code == 422
    assert PresenceEvidence.objects.get().session_id == session.pk


def test_the_attendance_tab_shows_who_is_inside_and_the_minutes(client, coordinator, activity):
    SessionFactory(activity=activity)
    there = RegistrationFactory(activity=activity, clinician__full_name="Radhika Iyer")
    EvidenceFactory(registration=there)

    page = get(client, "activity_attendance", activity.pk).content.decode()
    part = get(client, "attendance_live", activity.pk).content.decode()

    assert "No check-out: counted by the rule for this type" in page
    assert "0 inside, 1 expected" in part
    assert "Radhika Iyer" in part


def test_what_a_page_shows_is_what_its_file_holds(client, coordinator, activity):
    RegistrationFactory(activity=activity, clinician__full_name="Radhika Iyer")
    RegistrationFactory(activity=activity, clinician__full_name="Nilima Rao", state="queued")

    address = reverse("activity_people_csv", kwargs={"activity_pk": activity.pk})
    file = b"".join(client.get(address, {"state": "queued"}).streaming_content).decode()

    assert "Nilima Rao" in file
    assert "Radhika Iyer" not in file


def test_a_representative_sees_the_people_of_the_own_territory_alone(client, organisation):
    mine, other = TerritoryFactory(), TerritoryFactory()
    activity = ActivityFactory(state="open", mode="scientific")
    RegistrationFactory(
        activity=activity, clinician__full_name="Radhika Iyer", clinician__territory=mine
    )
    hidden = RegistrationFactory(
        activity=activity, clinician__full_name="Nilima Rao", clinician__territory=other
    )
    client.force_login(
        member(organisation, "field_representative", scope_kind="territory", scope_id=mine.pk)
    )

    page = get(client, "activity_people", activity.pk).content.decode()

    assert "Radhika Iyer" in page
    assert "Nilima Rao" not in page
    assert get(client, "registration", hidden.pk).status_code == 404


def test_whoever_may_not_manage_registrations_cannot_take_a_place_back(client, organisation):
    registration = RegistrationFactory()
    client.force_login(member(organisation, "education_lead"))

    answer = post(client, "registration_cancellation", registration.pk, reason="Is ill")

    assert answer.status_code == 403
    assert Registration.objects.get().is_confirmed


def test_whoever_sees_every_place_takes_back_only_those_of_the_own_activity(
    client, organisation, activity
):
    user = member(organisation, "area_manager")
    own = Role.objects.get(code="coordinator")
    add_member(user, own, by=SYSTEM, scope_kind="activity", scope_id=activity.pk)
    client.force_login(user)
    mine = RegistrationFactory(activity=activity)
    foreign = RegistrationFactory(activity=ActivityFactory(state="open", mode="scientific"))

    assert get(client, "registration", foreign.pk).status_code == 200
    for name in ("registration_cancellation", "registration_mark"):
        assert post(client, name, foreign.pk, reason="Mine now").status_code == 404
    assert post(client, "registration_cancellation", mine.pk, reason="Ill").status_code == 302


def test_a_ticket_is_opened_by_who_manages_places_and_the_journal_keeps_it(
    client, coordinator, activity
):
    registration = RegistrationFactory(activity=activity)

    answer = post(client, "registration_ticket", registration.pk)

    assert client.get(answer["Location"]).status_code == 200
    entry = Entry.objects.get(action="ticket.opened")
    assert (entry.subject_id, entry.actor_id) == (registration.pk, coordinator.pk)


def test_who_only_sees_people_gets_no_ticket(client, organisation, activity):
    client.force_login(member(organisation, "compliance_officer"))
    registration = RegistrationFactory(activity=activity)

    page = get(client, "registration", registration.pk)

    assert page.status_code == 200
    assert "Ticket" not in page.text
    assert post(client, "registration_ticket", registration.pk).status_code == 403


def test_a_place_given_up_has_no_ticket(client, coordinator, activity):
    registration = RegistrationFactory(activity=activity, state="cancelled")

    answer = post(client, "registration_ticket", registration.pk, follow=True)

    assert answer["Location"] == reverse("registration", args=[registration.pk])
    assert not Entry.objects.filter(action="ticket.opened").exists()


def test_the_head_tells_who_is_in_beyond_the_capacity(client, coordinator, organisation):
    activity = ActivityFactory(state="open", capacity=1)
    register_walk_in(ClinicianFactory(), activity, by=SYSTEM)
    register_walk_in(ClinicianFactory(), activity, beyond_capacity=True, by=SYSTEM)

    page = " ".join(get(client, "activity", activity.pk).text.split())

    assert "1 place, 1 taken, 1 more let in beyond the capacity" in page

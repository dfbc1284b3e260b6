import uuid
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from symposia.attendance.models import PresenceEvidence, Standing
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration
from tests.attendance.test_actions import see
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory


@pytest.fixture
def door(client, organisation):
    user = member(organisation, "door_staff")
    client.force_login(user)
    return user


@pytest.fixture
def registration(organisation):
    return RegistrationFactory(clinician__full_name="Radhika Iyer", activity__title="Stroke update")


def post(client, name, *args, **values):
    values.setdefault("idempotency_key", str(uuid.uuid4()))
    return client.post(reverse(name, args=args), values)


def test_the_door_lists_what_is_open_and_nothing_else(client, door, registration):
    ActivityFactory(title="Still a draft")
    ActivityFactory(title="Nothing to scan", state="open", delivery="online")

    page = client.get(reverse("door")).content.decode()

    assert "Stroke update" in page
    assert "Still a draft" not in page
    assert "Nothing to scan" not in page


def test_the_page_of_the_door_counts_and_works_without_script(client, door, registration):
    page = client.get(reverse("door_of_activity", args=[registration.activity_id]))

    assert b"of 1 expected" in page.content
    assert b'name="code"' in page.content


def test_a_typed_code_is_answered_with_a_whole_screen(client, door, registration):
    code = registration.ticket_code

    page = post(client, "door_check", registration.activity_id, code=code, kind="in")

    assert "Checked in" in page.content.decode()
    assert "Radhika Iyer" in page.content.decode()
    assert PresenceEvidence.objects.get().source == "typed"


def test_the_same_form_sent_twice_is_one_scan(client, door, registration):
    key = str(uuid.uuid4())
    values = {"code": registration.ticket_code, "kind": "in", "idempotency_key": key}

    answers = [post(client, "door_check", registration.activity_id, **values) for _ in range(2)]

    assert [b"Checked in" in a.content for a in answers] == [True, True]
    assert PresenceEvidence.objects.count() == 1


def test_undo_without_script(client, door, registration):
    key = str(uuid.uuid4())
    values = {"code": registration.ticket_code, "kind": "in", "idempotency_key": key}
    post(client, "door_check", registration.activity_id, **values)

    answer = post(client, "door_take_back", registration.activity_id, key)

    assert answer.status_code == 302
    assert PresenceEvidence.objects.filter(kind="undo").count() == 1


def test_the_last_own_reading_stays_on_the_page_with_its_undo(
    client, door, organisation, registration
):
    key, here = str(uuid.uuid4()), reverse("door_of_activity", args=[registration.activity_id])
    values = {"registration": registration.pk, "kind": "in", "idempotency_key": key}
    before = client.get(here).text
    post(client, "door_check", registration.activity_id, **values)

    after = client.get(here).text
    client.force_login(member(organisation, "door_staff"))
    of_somebody_else = client.get(here).text
    client.force_login(door)
    post(client, "door_take_back", registration.activity_id, key)

    undo = reverse("door_take_back", args=[registration.activity_id, key])
    assert [undo in page for page in (before, after, of_somebody_else)] == [False, True, False]
    assert "Radhika Iyer" in after
    assert undo not in client.get(here).text


def test_search_shows_names_and_never_how_to_reach_people(client, door, registration):
    ClinicianFactory(full_name="Radmila Novak", email="radmila@example.org", phone="555-0100")
    address = reverse("door_search", args=[registration.activity_id])

    page = client.get(address, {"q": "rad"}).content.decode()

    assert "Radhika Iyer" in page
    assert "Radmila Novak" in page
    assert "radmila@example.org" not in page
    assert "555-0100" not in page


def test_search_says_who_is_in_and_since_when_instead_of_checking_in(client, door, registration):
    see(registration)
    at = Standing.objects.get().at.astimezone(ZoneInfo(registration.activity.zone))
    there = reverse("door_search", args=[registration.activity_id]) + "?q=radhika"

    coming, leaving = client.get(there).content.decode(), client.get(f"{there}&kind=out")

    assert f"In since {at:%H:%M}" in coming
    assert "Check in" not in coming
    assert "Check out" in leaving.content.decode()


@pytest.mark.usefixtures("door_is_open")
def test_at_the_door_of_a_session_somebody_inside_is_still_checked_in(client, door, registration):
    session = SessionFactory(activity=registration.activity)
    see(registration)
    there = reverse("door_search", args=[registration.activity_id])

    page = client.get(there, {"q": "radhika", "session": session.pk}).content.decode()

    assert "In since" in page
    assert "Check in" in page


def test_two_letters_find_nobody(client, door, registration):
    address = reverse("door_search", args=[registration.activity_id])

    page = client.get(address, {"q": "ra"}).text
    assert "Radhika" not in page
    assert "Write at least three letters of the name." in page
    assert "Nobody of this name" not in page
    assert "Somebody new" not in page


def test_a_person_found_by_name_is_checked_in(client, door, registration):
    post(client, "door_check", registration.activity_id, registration=registration.pk, kind="in")

    assert PresenceEvidence.objects.get().source == "desk"


def test_somebody_new_is_registered_and_checked_in(client, door, organisation, registration):
    page = post(
        client,
        "door_walk_ins",
        registration.activity_id,
        full_name="Meera Nair",
        profession="nurse",
        email="meera@example.org",
    )

    assert "Checked in" in page.content.decode()
    made = Clinician.objects.get(full_name="Meera Nair")
    assert made.profession == "nurse"
    assert (made.country, made.language, made.zone) == (
        organisation.country,
        organisation.language,
        organisation.zone,
    )
    assert Registration.objects.get(clinician__full_name="Meera Nair").source == "walk_in"


def test_a_full_room_asks_before_it_lets_somebody_in(client, door, organisation):
    full = RegistrationFactory(activity__capacity=1, activity__state="open").activity
    clinician = ClinicianFactory()

    asked = post(client, "door_walk_ins", full.pk, clinician=clinician.pk)
    let_in = post(client, "door_walk_ins", full.pk, clinician=clinician.pk, beyond_capacity="on")

    assert asked.status_code == 422
    assert "The 1 place is taken" in asked.content.decode()
    assert "Checked in" in let_in.content.decode()
    assert Registration.objects.get(clinician=clinician).beyond_capacity


def test_a_walk_in_who_is_not_of_this_organisation_is_refused_in_words(client, door, registration):
    answer = post(client, "door_walk_ins", registration.activity_id, clinician=uuid.uuid4())

    assert answer.status_code == 422
    assert "no longer in the directory" in answer.content.decode()


def test_the_counts_are_asked_for_by_the_page(client, door, registration):
    answer = client.get(reverse("door_counts", args=[registration.activity_id]))

    assert answer.json() == {"inside": 0, "expected": 1}


def test_whoever_may_not_check_in_is_told_so(client, organisation, registration):
    client.force_login(member(organisation, "finance_officer"))

    assert client.get(reverse("door")).status_code == 403


def test_door_staff_of_one_activity_do_not_find_the_door_of_another(
    client, organisation, registration
):
    other = ActivityFactory(state="open")
    client.force_login(member(organisation, "door_staff", scope_kind="activity", scope_id=other.pk))

    answer = client.get(reverse("door_of_activity", args=[registration.activity_id]))

    assert answer.status_code == 404

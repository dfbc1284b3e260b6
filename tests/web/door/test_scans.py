import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.models import Grant
from symposia.accounts.queries import access_of
from symposia.attendance.models import PresenceEvidence
from symposia.attendance.queries import may_stand_at
from symposia.registrations.tickets import read_ticket, ticket_text
from symposia.shared.tenancy import acting_in
from symposia.web.door.passes import make_pass
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import SessionFactory
from tests.factories.directory import TerritoryFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.usefixtures("door_is_open")


class Opened:
    """What a page knows when it makes the pass of a door."""

    def __init__(self, organisation, user):
        self.organisation, self.user, self.actor = organisation, user, user.actor()


@pytest.fixture
def door(organisation):
    return member(organisation, "door_staff")


@pytest.fixture
def registration(organisation):
    return RegistrationFactory(clinician__full_name="Radhika Iyer")


def scan(organisation, user, registration, **body):
    """A scan as the script sends it: no session, no cookie, the pass alone."""
    text = make_pass(Opened(organisation, user), registration.activity_id)
    ticket = ticket_text(organisation.code, registration.pk)
    body = {"event_uuid": str(uuid.uuid4()), "code": ticket, "kind": "in", "source": "scan"} | body
    return Client(enforce_csrf_checks=True).post(
        reverse("door_scan"),
        body,
        content_type="application/json",
        headers={"authorization": f"Door {text}"},
    )


def test_a_scan_is_answered_with_the_words_for_the_screen(organisation, door, registration):
    answer = scan(organisation, door, registration, device="Door B", sequence=3)

    assert answer.status_code == 200
    assert answer.json() == {
        "verdict": "in",
        "outcome": "in",
        "title": "Checked in",
        "who": "Radhika Iyer",
        "lines": ["MD"],
        "next": "",
    }
    assert PresenceEvidence.objects.get().by_name == str(door)


def test_a_second_scan_says_since_when_and_by_whom(organisation, door, registration):
    scan(organisation, door, registration)

    said = scan(organisation, door, registration).json()

    assert said["verdict"] == "again"
    assert said["lines"][0] == "This ticket is already in."
    assert str(door) in said["lines"][1]


def test_the_typed_code_works_like_the_ticket(organisation, door, registration):
    typed = f" {registration.ticket_code[:4].lower()} {registration.ticket_code[4:]} "

    assert scan(organisation, door, registration, code=typed, source="typed").json()["who"]


@pytest.mark.parametrize("code", ["", "nonsense", "SYM1.ABCDE.AAAA.BBBB", "SYM1.é.é.é", "x" * 201])
def test_a_code_that_is_none_of_ours_is_no_error_of_the_door(
    organisation, door, registration, code
):
    answer = scan(organisation, door, registration, code=code)

    assert answer.status_code in {200, 422}
    assert not PresenceEvidence.objects.exists()


def test_a_ticket_whose_signature_was_changed_is_refused(organisation, door, registration):
    ticket = ticket_text(organisation.code, registration.pk)
    forged = ticket[:-1] + ("A" if ticket[-1] != "A" else "B")

    assert scan(organisation, door, registration, code=forged).json()["verdict"] == "desk"


def test_no_letter_of_a_ticket_is_another_way_to_say_the_same(organisation, registration):
    ticket = ticket_text(organisation.code, registration.pk)
    others = [ticket[:-1] + letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"]

    assert [text for text in others if read_ticket(text)] == [ticket]


def test_without_a_pass_nothing_is_scanned(organisation, registration):
    answer = Client().post(
        reverse("door_scan"),
        {"event_uuid": str(uuid.uuid4()), "code": "x", "kind": "in", "source": "scan"},
        content_type="application/json",
        headers={"authorization": "Door forged"},
    )

    assert answer.status_code == 401


def test_the_right_to_check_in_ends_with_the_role_and_not_with_the_page(
    organisation, door, registration
):
    Grant.objects.filter(membership__user=door).delete()

    answer = scan(organisation, door, registration)

    assert answer.status_code == 403
    assert not PresenceEvidence.objects.exists()


def test_a_role_that_waits_for_a_second_administrator_opens_no_door(
    organisation, door, registration
):
    Grant.objects.filter(membership__user=door).update(waits_since=now())

    answer = scan(organisation, door, registration)

    assert answer.status_code == 403
    assert not PresenceEvidence.objects.exists()


@pytest.mark.parametrize("levels", [0, 1, 2, 3])
def test_a_right_for_a_territory_scans_where_it_may_take_back(organisation, levels):
    held = TerritoryFactory()
    place = held
    for _level in range(levels):
        place = TerritoryFactory(parent=place)
    inside = RegistrationFactory(activity__territory=place)
    outside = RegistrationFactory(activity__territory=TerritoryFactory())
    anywhere = RegistrationFactory()
    user = member(organisation, "door_staff", scope_kind="territory", scope_id=held.pk)
    access = access_of(user, organisation, at=now())

    for registration in (inside, outside, anywhere):
        scanned = scan(organisation, user, registration).status_code == 200
        assert scanned == may_stand_at(access, registration.activity_id)
    assert scan(organisation, user, outside).status_code == 403


def test_a_pass_of_one_organisation_opens_no_door_of_another(organisation, door):
    other = OrganisationFactory()
    with acting_in(other.pk):
        foreign = RegistrationFactory()

    answer = scan(organisation, door, foreign)

    assert answer.json()["verdict"] == "desk"
    assert answer.json()["who"] == ""


def test_an_own_scan_is_taken_back(organisation, door, registration):
    key = str(uuid.uuid4())
    scan(organisation, door, registration, event_uuid=key)

    text = make_pass(Opened(organisation, door), registration.activity_id)
    answer = Client().post(
        reverse("door_undo"),
        {"event_uuid": key, "new_uuid": str(uuid.uuid4())},
        content_type="application/json",
        headers={"authorization": f"Door {text}"},
    )

    assert answer.json() == {"title": "Taken back", "inside": 0}
    assert PresenceEvidence.objects.count() == 2


def test_a_scan_takes_few_statements(
    organisation, door, registration, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        scan(organisation, door, registration)


def test_the_right_to_take_back_ends_with_the_role_too(organisation, door, registration):
    key = str(uuid.uuid4())
    scan(organisation, door, registration, event_uuid=key)
    text = make_pass(Opened(organisation, door), registration.activity_id)
    Grant.objects.filter(membership__user=door).delete()

    answer = Client().post(
        reverse("door_undo"),
        {"event_uuid": key, "new_uuid": str(uuid.uuid4())},
        content_type="application/json",
        headers={"authorization": f"Door {text}"},
    )

    assert answer.status_code == 409
    assert PresenceEvidence.objects.count() == 1


@pytest.mark.parametrize("zone", ["Nowhere/Town", "../../etc/passwd", ""])
def test_a_zone_nobody_knows_is_said_before_anything_is_kept(
    organisation, door, registration, zone
):
    answer = scan(organisation, door, registration, zone=zone)

    assert answer.status_code == 422
    assert not PresenceEvidence.objects.exists()


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("code", "a\0b"),
        ("device", "a\0b"),
        ("device_time", "9999-12-31T23:59:59-12:00"),
        ("device_time", "0001-01-01T00:00:00+14:00"),
    ],
)
def test_what_no_record_can_hold_is_said_before_anything_is_kept(
    organisation, door, registration, part, value
):
    answer = scan(organisation, door, registration, **{part: value})

    assert answer.status_code == 422
    assert part in answer.json()["fields"]


def test_a_session_that_is_no_longer_there_is_said_and_nothing_is_kept(
    organisation, door, registration
):
    elsewhere = SessionFactory()

    for session in (uuid.uuid4(), elsewhere.pk):
        said = scan(organisation, door, registration, session=str(session)).json()
        assert said["verdict"] == "desk"
        assert "not in the agenda any more" in said["lines"][0]
    assert not PresenceEvidence.objects.exists()


def test_a_number_that_another_reading_has_lets_nobody_in(organisation, door, registration):
    other = RegistrationFactory(activity=registration.activity)
    number = str(uuid.uuid4())
    scan(organisation, door, registration, event_uuid=number)

    said = scan(organisation, door, other, event_uuid=number).json()

    assert (said["verdict"], said["who"]) == ("desk", "")
    assert PresenceEvidence.objects.get().registration_id == registration.pk

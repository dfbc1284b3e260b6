import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from symposia.attendance.actions.devices import Post, make_pairing_code, revoke_device
from symposia.attendance.door_pack import hashed
from symposia.attendance.models import DoorDevice, PresenceEvidence
from symposia.attendance.presence import OPENS_BEFORE
from symposia.registrations.tickets import ticket_text
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory

SECRET = "s" * 43


class Phone:
    """A phone that talks as the app does."""

    def __init__(self, client):
        self.client, self.key = client, ""

    def post(self, name, body):
        return self.client.post(
            reverse(name),
            json.dumps(body),
            content_type="application/json",
            headers=self._headers(),
        )

    def _headers(self):
        return {"Authorization": f"Device {self.key}"} if self.key else {}

    def pair(self, code, secret=SECRET):
        answer = self.post("door_pairing", {"code": code, "secret": secret})
        self.key = answer.json().get("key", "")
        return answer

    def pack(self, version=""):
        headers = self._headers() | {"X-Pack-Version": version}
        return self.client.get(reverse("door_pack"), headers=headers)

    def sync(self, *told, **facts):
        body = {"sent_at": now().isoformat(), "seen": list(told)} | facts
        return self.post("door_sync", body)


@pytest.fixture
def phone(client):
    return Phone(client)


@pytest.fixture
def place(organisation):
    return RegistrationFactory(
        clinician__full_name="Radhika Iyer",
        clinician__email="radhika@example.org",
        activity__title="Stroke update",
    )


@pytest.fixture
def coordinator(organisation):
    return member(organisation, "coordinator")


@pytest.fixture
def code(place, coordinator):
    post = Post("Hall A", "Kiran")
    return make_pairing_code(place.activity, post, on_duty=coordinator.pk, by=SYSTEM)[1]


def seen(place, **facts):
    return {
        "event_uuid": str(uuid.uuid4()),
        "sequence": 1,
        "kind": "in",
        "source": "scan",
        "device_time": now().isoformat(),
        "behind": 0,
        "registration": str(place.pk),
    } | facts


def test_a_code_gives_the_phone_its_key_and_post(phone, code):
    answer = phone.pair(code)

    assert answer.status_code == 200
    assert (answer.json()["door"], answer.json()["holder"]) == ("Hall A", "Kiran")
    assert phone.key.startswith("sdv_")


def test_a_used_code_is_refused_in_words_and_the_same_phone_is_not(phone, client, code):
    first = phone.pair(code).json()["key"]

    assert Phone(client).pair(code).json()["key"] == first
    other = Phone(client).pair(code, "t" * 43)
    assert (other.status_code, other.json()["code"]) == (409, "code_used")
    assert "Another phone used this pairing code" in other.json()["detail"]


@pytest.mark.parametrize("code", ["", "nonsense", "NOWHERE-AAAA-BBBB"])
def test_a_code_that_names_nobody_is_refused(phone, db, code):
    assert phone.pair(code).json()["code"] == "code_unknown"


def test_the_pack_holds_names_and_hashes_and_never_how_to_reach_people(
    phone, code, place, organisation
):
    phone.pair(code)

    text = phone.pack().text

    (person,) = json.loads(text)["people"]
    assert (person["name"], person["state"]) == ("Radhika Iyer", "confirmed")
    salt, ticket = json.loads(text)["salt"], ticket_text(organisation.code, place.pk)
    assert hashed(salt, ticket) in person["tickets"]
    assert "radhika@example.org" not in text
    assert place.ticket_code not in text
    assert ticket_text(organisation.code, place.pk) not in text


def test_the_pack_of_one_activity_knows_nobody_of_another(phone, code, place):
    RegistrationFactory(clinician__full_name="Somebody Else")
    ClinicianFactory(full_name="Nobody Registered")
    phone.pair(code)

    names = [one["name"] for one in phone.pack().json()["people"]]

    assert names == ["Radhika Iyer"]


def test_the_same_pack_is_not_sent_twice(phone, code, place):
    phone.pair(code)
    first = phone.pack()

    again = phone.pack(first["X-Pack-Version"])
    RegistrationFactory(activity=place.activity)
    changed = phone.pack(first["X-Pack-Version"])

    assert (again.status_code, changed.status_code) == (204, 200)
    assert len(changed.json()["people"]) == 2


def test_the_pack_says_who_is_in_since_when_and_through_which_door(phone, code, place):
    phone.pair(code)
    phone.sync(seen(place))

    (person,) = phone.pack().json()["people"]

    assert (person["door"], person["by"]) == ("Hall A", "Kiran")
    assert person["since"]


def test_a_batch_is_kept_and_answered_one_by_one(phone, code, place):
    phone.pair(code)
    good, unread = seen(place), {"event_uuid": "not-one", "kind": "dance"}

    answer = phone.sync(good, unread, pending=3, people=1)

    assert answer.status_code == 200
    said = {one["event_uuid"]: one["code"] for one in answer.json()["answers"]}
    assert said == {good["event_uuid"]: "", "not-one": "unreadable"}
    assert PresenceEvidence.objects.get().by_name == "Kiran"
    assert DoorDevice.objects.get().report.pending == 3


def test_a_batch_sent_twice_is_kept_once(phone, code, place):
    phone.pair(code)
    one = seen(place)

    answers = [phone.sync(one).json()["answers"] for _ in range(2)]

    assert answers[0] == answers[1]
    assert PresenceEvidence.objects.count() == 1


def test_more_than_fifty_at_once_are_refused_as_a_whole(phone, code, place):
    phone.pair(code)

    answer = phone.sync(*(seen(place) for _ in range(51)))

    assert answer.status_code == 422
    assert not PresenceEvidence.objects.exists()


def test_a_session_of_the_device_goes_along(phone, code, place):
    session = SessionFactory(activity=place.activity)
    phone.pair(code)

    phone.sync(seen(place, session=str(session.pk)))

    assert PresenceEvidence.objects.get().session_id == session.pk


def test_a_revoked_phone_is_refused_on_its_next_request(phone, code, place):
    phone.pair(code)
    revoke_device(DoorDevice.objects.get(), by=SYSTEM)

    answers = [phone.sync(seen(place)), phone.pack(), phone.post("door_farewell", {})]

    assert [a.status_code for a in answers] == [401, 401, 401]
    assert {a.json()["code"] for a in answers} == {"key_revoked"}
    assert not PresenceEvidence.objects.exists()


def test_a_phone_whose_person_may_not_check_in_any_more_keeps_what_it_has(
    phone, code, place, coordinator
):
    phone.pair(code)
    coordinator.is_active = False
    coordinator.save()

    answer = phone.sync(seen(place))

    assert (answer.status_code, answer.json()["code"]) == (403, "not_on_duty")


def test_a_phone_that_says_farewell_is_ended(phone, code, place):
    phone.pair(code)

    assert phone.post("door_farewell", {}).json() == {"ended": True}
    assert DoorDevice.objects.get().revoked_by_name == "Kiran"
    assert phone.pack().status_code == 401


def test_a_key_of_another_organisation_opens_nothing_here(phone, code, place, organisation):
    other = OrganisationFactory()
    with acting_in(other.pk):
        theirs = ActivityFactory(state="open")
        user = member(other, "coordinator")
        their_code = make_pairing_code(theirs, Post("X", "Y"), on_duty=user.pk, by=SYSTEM)[1]
        phone.pair(their_code)

    answer = phone.sync(seen(place))

    assert answer.json()["answers"][0]["code"] == "unknown_ticket"


def test_without_a_key_nothing_is_told(phone, db):
    assert phone.pack().json()["code"] == "key_unknown"
    assert phone.sync().status_code == 401


def test_a_phone_with_a_clock_days_off_is_heard(phone, code, place):
    phone.pair(code)
    sent = now() + timedelta(days=3)

    phone.sync(seen(place, device_time=sent.isoformat(), behind=None), sent_at=sent.isoformat())

    assert abs(PresenceEvidence.objects.get().occurred_at - now()) < timedelta(seconds=30)


def test_the_empty_app_opens_for_anybody_and_knows_nobody(client, db):
    page = client.get(reverse("door_app"))

    assert page.status_code == 200
    assert b"Pair this phone" in page.content
    assert b"door-app.js" in page.content


def test_the_worker_keeps_the_page_under_a_version(client, db):
    script = client.get(reverse("door_worker"))

    assert script["Content-Type"].startswith("text/javascript")
    assert '"page": "/door/app/"' in script.text
    assert "importScripts" in script.text


def test_the_manifest_stays_within_the_app(client, db):
    facts = json.loads(client.get(reverse("door_manifest")).content)

    assert (facts["start_url"], facts["scope"]) == ("/door/app/", "/door/app/")


@pytest.mark.parametrize("sent_at", ["9999-12-29T00:00:00+00:00", "1970-01-02T00:00:00+00:00"])
def test_a_phone_that_says_a_wild_hour_is_heard(phone, code, place, sent_at):
    phone.pair(code)

    told = seen(place, behind=2_000_000_000, device_time="9999-12-29T00:00:00+00:00")
    answer = phone.sync(told, sent_at=sent_at)

    assert answer.json()["answers"][0]["code"] == ""
    assert PresenceEvidence.objects.get().occurred_at <= now()


def test_the_pack_says_from_when_a_reading_counts(phone, code, place):
    phone.pair(code)
    assert phone.pack().json()["opens_at"] == ""
    session = SessionFactory(activity=place.activity)

    assert phone.pack().json()["opens_at"] == (session.starts_at - OPENS_BEFORE).isoformat()

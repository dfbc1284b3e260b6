from functools import partial

import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.queries import access_of
from symposia.directory.actions.segments import SegmentFacts, save_segment
from symposia.notifications.models import Delivery
from symposia.outreach.models import Campaign
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import UserFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory


@pytest.fixture
def call(client, organisation):
    """A program that may invite."""
    user = member(organisation, "coordinator")
    _made, secret = make_personal_token(
        user,
        access_of(user, organisation, at=now()),
        name="Test",
        permissions=["invite", "view_directory", "view_people_of_activity"],
        by=SYSTEM,
    )
    headers = {"authorization": f"Bearer {secret}"}

    def run(path, body=None, method="post"):
        address = f"/api/v1/campaigns{path}"
        if body is None:
            return client.get(address, headers=headers)
        send = getattr(client, method)
        return send(address, body, content_type="application/json", headers=headers)

    run.put, run.user = partial(run, method="put"), user
    return run


def test_a_campaign_is_made_released_and_recalled(call, organisation):
    activity = ActivityFactory(state="open")
    people = [ClinicianFactory(), ClinicianFactory(email="")]
    body = {"activity": str(activity.pk), "clinicians": [str(each.pk) for each in people]}

    made = call("", body)
    assert made.status_code == 201
    campaign = made.json()
    assert campaign["will_receive"] == 1
    assert campaign["skipped"] == {"no_address": 1}

    refused = call(f"/{campaign['id']}/waves", {"seen": 2})
    assert refused.json()["code"] == "count_changed"

    wave = call(f"/{campaign['id']}/waves", {"seen": 1}).json()
    assert (wave["number"], wave["waiting"], wave["skipped"]) == (1, 1, 1)
    assert call(f"/{campaign['id']}?aim=unanswered").json()["will_receive"] == 0

    recalled = call(f"/{campaign['id']}/waves/1/recalls", {}).json()
    assert recalled == {"kept_back": 1, "out": 0}
    assert [item["state"] for item in call("/people").json()["items"]] == ["Recalled", "Skipped"]


def test_a_campaign_for_a_filter_is_discarded(call, organisation):
    ClinicianFactory(city="Pune")
    body = {"activity": str(ActivityFactory(state="open").pk), "filter": "city=Pune"}

    made = call("", body).json()
    gone = call(f"/{made['id']}/discarding", {})

    assert made["will_receive"] == 1
    assert gone.status_code == 204
    assert Campaign.objects.get().state == "discarded"


def test_a_program_says_who_reads_the_answers(call, organisation):
    reader = member(organisation, "coordinator")
    people = [str(ClinicianFactory().pk)]
    body = {"activity": str(ActivityFactory(state="open").pk), "clinicians": people}
    made = call("", body).json()

    assert call(f"/{made['id']}/answers", {"person": str(reader.pk)}).status_code == 204
    assert Campaign.objects.get().answers_to == reader
    outside = UserFactory()
    assert call(f"/{made['id']}/answers", {"person": str(outside.pk)}).status_code == 404
    assert call(f"/{made['id']}/answers", {"person": None}).status_code == 204
    assert Campaign.objects.get().answers_to is None


def test_a_campaign_gets_words_of_its_own_until_it_has_gone_out(call, organisation):
    people = [str(ClinicianFactory().pk)]
    made = call("", {"activity": str(ActivityFactory(state="open").pk), "clinicians": people})
    path = f"/{made.json()['id']}"
    words = {"subject": "Winter", "body": "Dear {name},\n\n[Answer]({reply_link})"}

    assert call.put(f"{path}/wordings/en", words).json() == words
    assert Campaign.objects.get().subject == "Winter"
    lost = call.put(f"{path}/wordings/en", words | {"body": "No button"})
    assert (lost.status_code, lost.json()["code"]) == (409, "lost_link")
    assert call.put(f"{path}/wordings/xx", words).status_code == 404

    assert call(f"{path}/waves", {"seen": 1}).status_code == 201
    assert call.put(f"{path}/wordings/en", words).json()["code"] == "campaign_released"


def test_a_program_sends_its_person_the_letter_as_an_example(call, organisation):
    clinician = ClinicianFactory()
    activity = ActivityFactory(state="open")
    made = call("", {"activity": str(activity.pk), "clinicians": [str(clinician.pk)]})

    sent = call(f"/{made.json()['id']}/examples", {"clinician": str(clinician.pk)})

    assert sent.status_code == 204
    assert Delivery.objects.get().to_address == call.user.email


def test_a_campaign_for_a_segment_reaches_its_people(call, organisation):
    by = member(organisation, "coordinator").actor()
    shared = save_segment(SegmentFacts("Pune", "", True, "filter", "profession=nurse"), by=by)
    private = save_segment(SegmentFacts("Mine", "", False, "filter", "profession=nurse"), by=by)
    ClinicianFactory(profession="nurse")
    body = {"activity": str(ActivityFactory(state="open").pk), "segment": str(shared.pk)}

    assert call("", body).json()["will_receive"] == 1
    assert call("", {**body, "segment": str(private.pk)}).status_code == 404


def test_a_program_that_may_not_invite_is_turned_away(client, organisation):
    user = member(organisation, "coordinator")
    access = access_of(user, organisation, at=now())
    _made, secret = make_personal_token(
        user, access, name="Reads", permissions=["view_directory"], by=SYSTEM
    )
    body = {"activity": str(ActivityFactory(state="open").pk)}

    answer = client.post(
        "/api/v1/campaigns",
        body,
        content_type="application/json",
        headers={"authorization": f"Bearer {secret}"},
    )

    assert answer.status_code == 403


def test_a_body_without_anybody_or_with_a_stranger_asks_nobody(call, organisation):
    known, activity = ClinicianFactory(), str(ActivityFactory(state="open").pk)

    nobody = call("", {"activity": activity})
    stranger = call("", {"activity": activity, "clinicians": [str(known.pk), activity]})
    assert nobody.json()["code"] == "campaign_to_nobody"
    assert stranger.status_code == 404
    assert not Campaign.objects.exists()

    assert call("", {"activity": activity, "everybody": True}).json()["will_receive"] == 1


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59", "0001-01-01T00:00:00"])
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata"])
def test_an_hour_that_no_calendar_counts_is_refused_in_words(call, organisation, at, zone):
    activity, person = ActivityFactory(state="open"), ClinicianFactory(zone=zone)
    made = call("", {"activity": str(activity.pk), "clinicians": [str(person.pk)]}).json()

    refused = call(f"/{made['id']}/waves", {"local_time": at})

    assert refused.status_code == 409

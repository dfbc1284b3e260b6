from datetime import timedelta

import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.queries import access_of
from symposia.outreach.models import Invitation
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory

READS = ["view_directory", "view_people_of_activity", "view_activities"]


@pytest.fixture
def program(client, organisation):
    """A program of somebody, with some permissions."""

    def of(user, *permissions):
        access = access_of(user, organisation, at=now())
        _made, secret = make_personal_token(
            user, access, name="Test", permissions=[*READS, *permissions], by=SYSTEM
        )
        headers = {"authorization": f"Bearer {secret}"}

        def run(path, body=None):
            address = f"/api/v1{path}"
            if body is None:
                return client.get(address, headers=headers)
            return client.post(address, body, content_type="application/json", headers=headers)

        return run

    return of


def test_what_a_manager_allots_the_representative_sends_and_no_more(organisation, program):
    territory = TerritoryFactory()
    scope = {"scope_kind": "territory", "scope_id": territory.pk}
    person = member(organisation, "field_representative", **scope)
    other = member(organisation, "field_representative", **scope)
    activity = ActivityFactory(state="open", mode="scientific")
    people = [str(each.pk) for each in ClinicianFactory.create_batch(2, territory=territory)]
    manager = program(member(organisation, "coordinator"), "invite", "plan_activities")

    made = manager(
        "/allotments",
        {
            "activity": str(activity.pk),
            "representative": str(person.pk),
            "quantity": 1,
            "until_on": (day_here() + timedelta(days=2)).isoformat(),
        },
    )
    assert made.status_code == 201

    phone = program(person, "invite")
    [allotted] = phone("/allotments/mine").json()
    assert (allotted["number"], allotted["left"]) == (activity.number, 1)
    body = {"activity": str(activity.pk), "clinicians": people}
    sent = phone("/invitations", body).json()
    assert len(sent["invited"]) == 1
    assert [each["code"] for each in sent["skipped"]] == ["beyond_allotment"]
    assert Invitation.objects.get().invited_by_id == person.pk
    assert phone("/allotments/mine").json()[0]["left"] == 0

    assert program(other, "invite")("/invitations", body).json()["code"] == "none_allotted"
    ended = manager(f"/allotments/{made.json()['id']}/ending", {}).json()
    assert (ended["state"], ended["given_back"]) == ("given_back", 0)


def test_a_representative_allots_nothing(organisation, program):
    scope = {"scope_kind": "territory", "scope_id": TerritoryFactory().pk}
    person = member(organisation, "field_representative", **scope)
    body = {"activity": str(ActivityFactory(state="open").pk), "representative": str(person.pk)}

    answer = program(person, "invite")(
        "/allotments", body | {"quantity": 1, "until_on": "2027-01-01"}
    )

    assert answer.status_code == 403

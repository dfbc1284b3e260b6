"""The field through the API, with the gates of its pages."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.insights.field import field_events
from symposia.outreach.models import Wave
from tests.factories.accounts import key_of, member
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.outreach import InvitationFactory
from tests.outreach.test_candidates import allot, says_no
from tests.web.field.test_inviting import Field


@pytest.fixture
def field(organisation):
    return Field(organisation)


@pytest.fixture
def ask(client, organisation, field):
    held = ["invite", "view_directory", "view_people_of_activity", "view_activities"]
    headers = key_of(field.user, organisation, held)

    def asked(method, path, body=None):
        return getattr(client, method)(
            f"/api/v1/field/{path}",
            body or {},
            content_type="application/json",
            headers=headers,
        )

    return asked


def test_events_have_places_allotment_and_answers(ask, field):
    allot(field.activity, field.user, 5)

    [event] = ask("get", "events").json()

    assert (event["title"], event["quantity"], event["left"]) == ("Ninety days", 5, 5)


def test_an_event_says_why_nobody_may_be_asked_as_its_page_does(ask, field, organisation):
    scope = {"scope_kind": "territory", "scope_id": TerritoryFactory().pk}
    allot(field.activity, member(organisation, "field_representative", **scope), 5)
    access = access_of(field.user, organisation, at=now())
    [shown] = field_events(access, at=now())

    [event] = ask("get", "events").json()

    assert shown.objection is None
    assert event["objection"] == str(shown.no_inviting) != ""


def test_doctors_are_those_of_the_territory_with_the_reason(ask, field):
    ClinicianFactory(territory=TerritoryFactory())
    says_no(field.doctors[0])

    rows = {each["id"]: each["reason"] for each in ask("get", "doctors").json()["items"]}

    assert rows.keys() == {str(each.pk) for each in field.doctors}
    assert "said no" in rows[str(field.doctors[0].pk)]


def test_candidates_say_why_not(ask, field):
    says_no(field.doctors[0])

    items = ask("get", f"events/{field.activity.pk}/candidates").json()["items"]

    assert sum(each["may_be_asked"] for each in items) == 2
    assert {each["code"] for each in items} == {"", "consent_withdrawn"}


def test_a_dry_run_sends_nothing_and_the_same_without_it_does(ask, field):
    says_no(field.doctors[0])
    body = {"clinicians": [str(each.pk) for each in field.doctors]}
    path = f"events/{field.activity.pk}/invitations"

    looked = ask("post", path, {**body, "dry_run": True}).json()
    assert (looked["campaign"], len(looked["invited"])) == (None, 2)
    assert not Wave.objects.exists()
    sent = ask("post", path, {**body, "seen": 2})

    assert sent.status_code == 201
    assert sent.json()["number"] == 1
    assert [each["code"] for each in sent.json()["skipped"]] == ["consent_withdrawn"]


def test_whoever_is_approved_for_one_is_whom_one_chooses_from(ask, field):
    path = f"events/{field.activity.pk}/candidates"
    assert len(ask("get", path).json()["items"]) == 3

    allot(field.activity, field.user, 5, field.doctors[1])
    [one] = ask("get", path).json()["items"]

    assert (one["id"], one["may_be_asked"]) == (str(field.doctors[1].pk), True)


def test_a_reminder_to_nobody_is_refused_in_words(ask, field):
    path = f"events/{field.activity.pk}/reminders"

    assert ask("post", path).json()["code"] == "nobody_waits"
    InvitationFactory(
        activity=field.activity,
        clinician=field.doctors[0],
        invited_by_id=field.user.pk,
        sent_at=now() - timedelta(days=2),
    )
    assert ask("post", path, {"seen": 1}).status_code == 201


def test_who_may_not_invite_is_told_so(client, organisation, field):
    headers = key_of(member(organisation, "executive"), organisation, ["view_activities"])

    answer = client.get("/api/v1/field/events", headers=headers)

    assert answer.status_code == 403

import uuid

import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.activities.models import Activity
from symposia.curriculum.models import Gap
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.curriculum import GapFactory

GAP = {
    "title": "Door-to-needle time",
    "statement": "Half are treated too late.",
    "need_type": "performance",
    "population": "Emergency physicians",
}
ACTIVITY = {
    "mode": "independent",
    "title": "Acute stroke",
    "type": "course",
    "wall_starts": "2027-03-11T18:30:00",
    "wall_ends": "2027-03-11T20:00:00",
    "zone": "America/New_York",
    "delivery": "in_person",
}


@pytest.fixture
def token(organisation):
    user = member(organisation, "education_lead")
    access = access_of(user, organisation, at=now())
    wanted = [
        Permission.VIEW_CURRICULUM,
        Permission.MANAGE_CURRICULUM,
        Permission.VIEW_ACTIVITIES,
        Permission.PLAN_ACTIVITIES,
    ]
    _made, secret = make_personal_token(user, access, name="T", permissions=wanted, by=SYSTEM)
    return {"authorization": f"Bearer {secret}"}


def post(client, path, headers, body=None, method="post"):
    send = getattr(client, method)
    return send(f"/api/v1{path}", body or {}, content_type="application/json", headers=headers)


def test_a_gap_is_recorded_with_its_evidence_and_objective(client, token):
    made = post(client, "/gaps", token, GAP)
    path = f"/gaps/{made.json()['id']}"
    post(client, f"{path}/evidence", token, {"kind": "guideline", "citation": "Guideline 2019"})
    body = {"text": "Decide early", "competency": "patient_care"}
    whole = post(client, f"{path}/objectives", token, body).json()

    assert made.status_code == 201
    assert whole["number"] == Gap.objects.get().number
    assert [each["citation"] for each in whole["evidence"]] == ["Guideline 2019"]
    assert [each["text"] for each in whole["objectives"]] == ["Decide early"]


def test_an_activity_is_planned_by_the_same_actions_as_the_pages(client, token):
    made = post(client, "/activities", token, ACTIVITY)
    path = f"/activities/{made.json()['id']}"
    slot = {
        "title": "Who benefits?",
        "wall_starts": "2027-03-11T18:30:00",
        "minutes": 40,
        "creditable_minutes": 30,
    }

    whole = post(client, f"{path}/sessions", token, slot).json()

    assert made.status_code == 201
    assert whole["starts_at"] == "2027-03-11T23:30:00Z"
    assert whole["creditable_minutes"] == 30
    assert {c["name"]: c["state"] for c in whole["readiness"]}["needs"] == "blocked"


def test_a_refusal_is_a_problem_in_words(client, token):
    activity = ActivityFactory()

    response = post(client, f"/activities/{activity.pk}/submission", token)

    assert response.status_code == 409
    assert response.json()["code"] == "not_ready"
    assert "The agenda has no session." in response.json()["detail"]


def test_a_change_on_an_old_version_is_refused(client, token):
    activity = ActivityFactory(version=2)
    body = {k: v for k, v in ACTIVITY.items() if k != "mode"} | {"seen_version": 1}

    response = post(client, f"/activities/{activity.pk}", token, body, method="put")

    assert response.json()["code"] == "changed_meanwhile"
    assert Activity.objects.get().version == 2


@pytest.mark.parametrize(
    "other",
    [
        {"zone": "Mars/Olympus"},
        {"wall_starts": "2027-03-11T18:30:00Z"},
        {"country": "usa"},
        {"capacity": 0},
    ],
    ids=["zone", "an instant instead of a wall time", "country", "no places"],
)
def test_impossible_facts_are_named(client, token, other):
    assert post(client, "/activities", token, ACTIVITY | other).status_code == 422


def test_a_year_out_of_range_is_refused(client, token):
    body = ACTIVITY | {"wall_starts": "0001-01-01T00:00:00"}

    assert post(client, "/activities", token, body).json()["code"] == "no_such_year"


def test_rows_of_another_organisation_do_not_exist(client, token):
    other = OrganisationFactory()
    with acting_in(other.pk):
        gap, activity = GapFactory(), ActivityFactory()

    assert client.get(f"/api/v1/gaps/{gap.pk}", headers=token).status_code == 404
    assert client.get(f"/api/v1/activities/{activity.pk}", headers=token).status_code == 404
    assert post(client, f"/activities/{activity.pk}/submission", token).status_code == 404


def test_lists_have_the_rows_of_the_pages(client, token):
    gap, activity = GapFactory(), ActivityFactory()

    gaps = client.get("/api/v1/gaps", headers=token).json()
    activities = client.get("/api/v1/activities?state=draft", headers=token).json()

    assert [row["number"] for row in gaps["items"]] == [gap.number]
    assert [row["number"] for row in activities["items"]] == [activity.number]


def test_a_token_reaches_no_further_than_it_was_given(client, organisation):
    user = member(organisation, "education_lead")
    access = access_of(user, organisation, at=now())
    only = [Permission.VIEW_ACTIVITIES]
    _made, secret = make_personal_token(user, access, name="T", permissions=only, by=SYSTEM)
    headers = {"authorization": f"Bearer {secret}"}

    assert post(client, "/activities", headers, ACTIVITY).status_code == 403
    assert post(client, f"/gaps/{uuid.uuid4()}/evidence", headers).status_code in (403, 422)

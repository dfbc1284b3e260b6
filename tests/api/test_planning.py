import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.activities.models import Activity
from symposia.curriculum.models import CitationReview
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.curriculum import GapFactory, GuidelineFactory, ObjectiveFactory, PlanFactory


@pytest.fixture
def ask(client, organisation):
    """Calls the API as an education lead."""
    user = member(organisation, "education_lead")
    access = access_of(user, organisation, at=now())
    wanted = [
        Permission.VIEW_CURRICULUM,
        Permission.MANAGE_CURRICULUM,
        Permission.PLAN_ACTIVITIES,
    ]
    _made, secret = make_personal_token(user, access, name="T", permissions=wanted, by=SYSTEM)
    headers = {"authorization": f"Bearer {secret}"}

    def call(method, path, body=None):
        send = getattr(client, method)
        if method == "get":
            return send(f"/api/v1{path}", headers=headers)
        return send(f"/api/v1{path}", body or {}, content_type="application/json", headers=headers)

    return call


def test_a_gap_is_rated_and_its_arithmetic_read(ask):
    gap = GapFactory()

    made = ask("post", f"/gaps/{gap.pk}/ratings", {"criterion": "severity", "points": 5})
    wrong = ask("post", f"/gaps/{gap.pk}/ratings", {"criterion": "severity", "points": 6})
    counted = ask("post", f"/gaps/{gap.pk}/ratings", {"criterion": "evidence", "points": 2})

    assert made.status_code == 201
    assert made.json()["total"] == 15
    assert wrong.status_code == 422
    assert counted.json()["code"] == "not_rated"
    assert ask("get", f"/gaps/{gap.pk}/priority").json()["place"] == 1


def test_statements_are_counted_in_the_api_too(ask):
    gap = GapFactory()

    body = {"kind": "change_outcomes", "text": "word " * 60}
    ask("post", f"/gaps/{gap.pk}/statements", body)

    found = {each["kind"]: each for each in ask("get", f"/gaps/{gap.pk}/statements").json()}
    assert found["change_outcomes"]["too_many"] == 10
    assert found["gap"]["limit"] == 100


def test_an_objective_is_grounded_and_says_what_is_missing(ask):
    objective, guideline = ObjectiveFactory(), GuidelineFactory()

    body = {"guideline": str(guideline.pk), "recommendation": "3.5.1"}
    answer = ask("put", f"/objectives/{objective.pk}/grounds", body)

    assert answer.json()["missing"] == ["no_local_figure"]
    assert ask("get", f"/objectives/{objective.pk}").json()["guideline"] == str(guideline.pk)
    assert ask("get", "/objectives/").json()["count"] == 1


def test_a_superseded_guideline_leaves_reviews(ask):
    words = {"body": "Stroke Council", "title": "Acute stroke", "year": 2019}
    old = ask("post", "/guidelines/", words).json()
    ObjectiveFactory(guideline_id=old["id"])
    newer = GuidelineFactory()

    body = {"newer": str(newer.pk), "reason": "2026 edition"}
    answer = ask("post", f"/guidelines/{old['id']}/newer", body).json()

    assert answer["state"] == "superseded"
    assert ask("get", f"/guidelines/{old['id']}").json()["superseded_by"] == str(newer.pk)
    review = CitationReview.objects.get()
    done = ask("post", f"/guidelines/reviews/{review.pk}", {"changed": True, "reason": "Mended"})
    assert done.json()["state"] == "changed"
    assert ask("get", "/guidelines/reviews").json()["count"] == 1


def test_a_survey_is_built_and_its_results_read(ask):
    made = ask("post", "/surveys/", {"title": "Stroke needs"}).json()
    path = f"/surveys/{made['id']}"
    body = {"kind": "choice", "text": "Best?", "choices": ["Course"]}
    refused = ask("post", f"{path}/questions", body)
    whole = ask("post", f"{path}/questions", body | {"choices": ["Course", "Cases"]}).json()

    assert refused.json()["code"] == "too_few_choices"
    assert [each["text"] for each in whole["questions"]] == ["Best?"]
    assert ask("get", f"{path}/results").json() == {"asked": 0, "answered": 0, "questions": []}
    assert ask("post", f"{path}/rounds").json()["code"] == "never_sent"
    assert ask("post", f"{path}/closing", {"reason": "x"}).json()["code"] == "survey_not_open"
    assert ask("get", "/surveys/").json()["count"] == 1


def test_a_plan_is_made_submitted_and_ended(ask):
    body = {
        "title": "Plan 2027",
        "starts_on": "2027-01-01",
        "ends_on": "2027-12-31",
        "envelope": "1000.00",
    }
    made = ask("post", "/plans/", body)
    path = f"/plans/{made.json()['id']}"
    part = ask("post", "/plans/", body | {"parent": made.json()["id"], "envelope": "1001"})

    assert made.json()["currency"] == "USD"
    assert part.json()["code"] == "over_envelope"
    assert ask("post", f"{path}/submission").json()["state"] == "submitted"
    assert ask("post", f"{path}/end", {"reason": "Merged"}).json()["state"] == "ended"
    assert ask("get", path).json()["state"] == "ended"
    assert ask("get", "/plans/").json()["count"] == 1


def test_an_activity_is_placed_in_a_plan(ask):
    activity = ActivityFactory()
    day = activity.wall_starts.date()
    plan = PlanFactory(starts_on=day, ends_on=day)

    answer = ask("post", f"/plans/{plan.pk}/activities", {"activity": str(activity.pk)})

    assert answer.status_code == 200
    assert Activity.objects.get().plan == plan

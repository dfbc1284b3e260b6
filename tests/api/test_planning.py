import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.activities.models import Activity
from symposia.compliance.models import RulePack
from symposia.curriculum.models import CitationReview
from symposia.shared.actors import SYSTEM
from symposia.work.models import Job
from tests.factories.accounts import UserFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.curriculum import (
    GapFactory,
    GuidelineFactory,
    MeetingFactory,
    NewsItemFactory,
    ObjectiveFactory,
    PlanFactory,
    SurveyFactory,
    SurveyQuestionFactory,
)
from tests.factories.directory import ClinicianFactory


@pytest.fixture
def ask(client, organisation):
    """Calls the API as an education lead."""
    user = member(organisation, "education_lead")
    access = access_of(user, organisation, at=now())
    wanted = [
        Permission.VIEW_CURRICULUM,
        Permission.MANAGE_CURRICULUM,
        Permission.PLAN_ACTIVITIES,
        Permission.VIEW_TODAY,
        Permission.VIEW_DIRECTORY,
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
    assert ask("get", "/objectives").json()["count"] == 1


def test_a_superseded_guideline_leaves_reviews(ask):
    words = {"body": "Stroke Council", "title": "Acute stroke", "year": 2019}
    old = ask("post", "/guidelines", words).json()
    ObjectiveFactory(guideline_id=old["id"])
    newer = GuidelineFactory()

    body = {"newer": str(newer.pk), "reason": "2026 edition"}
    answer = ask("post", f"/guidelines/{old['id']}/successors", body).json()

    assert answer["state"] == "superseded"
    assert ask("get", f"/guidelines/{old['id']}").json()["superseded_by"] == str(newer.pk)
    review = CitationReview.objects.get()
    done = ask("post", f"/guidelines/reviews/{review.pk}", {"changed": True, "reason": "Mended"})
    assert done.json()["state"] == "changed"
    assert ask("get", "/guidelines/reviews").json()["count"] == 1


def test_a_survey_is_built_and_its_results_read(ask):
    made = ask("post", "/surveys", {"title": "Stroke needs"}).json()
    path = f"/surveys/{made['id']}"
    body = {"kind": "choice", "text": "Best?", "choices": ["Course"]}
    refused = ask("post", f"{path}/questions", body)
    whole = ask("post", f"{path}/questions", body | {"choices": ["Course", "Cases"]}).json()

    assert refused.json()["code"] == "survey_too_few_choices"
    assert [each["text"] for each in whole["questions"]] == ["Best?"]
    assert ask("get", f"{path}/results").json() == {"asked": 0, "answered": 0, "questions": []}
    assert ask("post", f"{path}/rounds").json()["code"] == "never_sent"
    assert ask("post", f"{path}/closing", {"reason": "x"}).json()["code"] == "survey_not_open"
    assert ask("get", "/surveys").json()["count"] == 1


def test_a_survey_is_sent_as_a_job(ask):
    survey = SurveyQuestionFactory().survey
    path = f"/surveys/{survey.pk}/sending"

    nobody = ask("post", path, {"specialties": ["Neurology"]})
    ClinicianFactory(specialty="Neurology")
    sent = ask("post", path, {"specialties": ["Neurology"]})
    empty = ask("post", f"/surveys/{SurveyFactory().pk}/sending", {})

    assert nobody.json()["code"] == "nobody_chosen"
    assert (sent.status_code, sent.json()) == (202, {"people": 1, "left_out": 0})
    assert empty.json()["code"] == "survey_without_questions"
    assert Job.objects.get().kind == "survey"


def test_work_is_given_to_members_alone(ask, organisation):
    person, stranger = member(organisation, "coordinator"), UserFactory()
    item, meeting = NewsItemFactory(), MeetingFactory()
    for user, status in ((stranger, 404), (person, 200)):
        answer = ask("post", f"/news/{item.pk}/assignment", {"user": str(user.pk)})
        assert answer.status_code == status
    body = {"text": "Ask again", "owner": str(person.pk), "due_on": "2027-02-01"}
    agreed = ask("post", f"/meetings/{meeting.pk}/actions", body).json()

    assert agreed["actions"][0]["owner"] == str(person.pk)
    done = ask("post", f"/meetings/actions/{agreed['actions'][0]['id']}", {"note": "Asked"})
    assert done.json()["done_note"] == "Asked"


def test_a_plan_is_made_submitted_and_ended(ask):
    body = {
        "title": "Plan 2027",
        "starts_on": "2027-01-01",
        "ends_on": "2027-12-31",
        "envelope": "1000.00",
    }
    made = ask("post", "/plans", body)
    path = f"/plans/{made.json()['id']}"
    part = ask("post", "/plans", body | {"parent": made.json()["id"], "envelope": "1001"})

    assert made.json()["currency"] == "USD"
    assert part.json()["code"] == "over_envelope"
    assert ask("post", f"{path}/submission").json()["state"] == "submitted"
    assert ask("post", f"{path}/ending", {"reason": "Merged"}).json()["state"] == "ended"
    assert ask("get", path).json()["state"] == "ended"
    assert ask("get", "/plans").json()["count"] == 1


def test_an_activity_is_placed_in_a_plan(ask):
    activity = ActivityFactory()
    day = activity.wall_starts.date()
    plan = PlanFactory(starts_on=day, ends_on=day)

    answer = ask("post", f"/plans/{plan.pk}/activities", {"activity": str(activity.pk)})

    assert answer.status_code == 200
    assert Activity.objects.get().plan == plan


def test_a_curriculum_is_ordered_and_published(ask):
    objective = ObjectiveFactory()
    made = ask("post", "/curricula", {"title": "Stroke", "audience": "Residents"}).json()
    path = f"/curricula/{made['id']}"
    empty = ask("post", f"{path}/publication")
    whole = ask("post", f"{path}/steps", {"objective": str(objective.pk)})

    assert empty.json()["code"] == "no_steps"
    assert whole.json()["steps"][0]["text"] == objective.text
    assert ask("post", f"{path}/publication").json()["state"] == "published"
    assert ask("post", f"{path}/editions").json()["edition"] == 2
    assert ask("get", path).json()["edition"] == 1
    assert ask("get", "/curricula").json()["count"] == 2


def test_a_review_is_planned_decided_and_held(ask):
    GapFactory()
    made = ask("post", "/meetings", {"title": "Review", "on": "2027-01-15"}).json()
    path = f"/meetings/{made['id']}"
    point = next(each for each in made["points"] if each["kind"] == "gap")
    ask("post", f"{path}/points", {"title": "Room"})
    ask("post", f"{path}/points/{point['id']}/decision", {"decision": "Teach it"})
    held = ask("post", f"{path}/minutes", {"present": "Anita", "minutes": "Talked"}).json()

    assert held["state"] == "held"
    decided = {each["title"]: each["decision"] for each in held["points"]}
    assert decided[point["title"]] == "Teach it"
    assert ask("get", "/meetings").json()["count"] == 2
    assert ask("get", "/meetings/actions").json()["count"] == 0


def test_news_is_entered_and_decided(ask):
    made = ask("post", "/news", {"title": "Statement", "body": "Accreditor"}).json()
    path = f"/news/{made['id']}"
    pack = RulePack.objects.first()

    refused = ask("post", f"{path}/decision", {"decision": "rules", "reason": "We change"})
    body = {"decision": "rules", "reason": "We change", "pack": f"{pack.code}@{pack.version}"}
    decided = ask("post", f"{path}/decision", body).json()

    assert refused.json()["code"] == "name_the_pack"
    assert decided["pack"] == body["pack"]
    assert ask("get", path).json()["state"] == "decided"
    assert ask("get", "/news").json()["count"] == 1


def test_a_policy_is_written_and_acknowledged(ask):
    body = {"kind": "policy", "title": "Records", "text": "Keep.", "review_on": "2027-01-01"}
    made = ask("post", "/policies", body).json()
    path = f"/policies/{made['id']}"
    second = ask("post", f"{path}/editions", {"text": "Keep it.", "what_changed": "It"}).json()

    assert second["edition"] == 2
    assert ask("post", f"{path}/reading").json()["have_read"]
    assert ask("get", path).json()["text"] == "Keep it."
    assert ask("get", "/policies").json()["count"] == 1

"""What an activity asks for, in which order, and that the claim waits for it."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from symposia.assessment.actions import respond_to_evaluation
from symposia.assessment.models import EvaluationForm
from symposia.assessment.queries import Given, questions_of
from symposia.credits.actions.claims import claim_credit
from symposia.credits.explaining import explain_all, explain_credit
from symposia.credits.models import Certificate
from symposia.credits.policies import objection_to_claim
from symposia.learning.actions.requirements import set_requirements
from symposia.learning.actions.studying import complete_lesson, confirm_start
from symposia.learning.defaults import Asked
from symposia.learning.models import Requirement
from symposia.learning.notice import notice_of
from symposia.learning.steps import steps_of
from symposia.registrations import requirements
from symposia.registrations.requirements import (
    RequirementKind,
    Stand,
    objection_before,
    register_requirement_kind,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Objection, Refused
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CreditOfferFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.learning import course_with, enduring, text
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db
TEST_FIRST = Objection("test_first", "Take the test first.")


@pytest.fixture
def lessons(organisation):
    _course, made = course_with(text("One", 40), text("Two", 20))
    CreditOfferFactory(activity=made[0].activity, creditable_minutes=60, maximum=Decimal("1.00"))
    return made


@pytest.fixture
def learner(lessons):
    clinician = ClinicianFactory(profession="physician")
    place = RegistrationFactory(activity=lessons[0].activity, clinician=clinician)
    confirm_start(place, seen=notice_of(place.activity).sha256, by=SYSTEM)
    return place


@pytest.fixture
def kept_tests(monkeypatch):
    """Somebody keeps tests; who passed is in this set."""
    monkeypatch.setattr(requirements, "_kinds", dict(requirements._kinds))
    passed = set()
    register_requirement_kind(
        RequirementKind(
            "post_test",
            "Test",
            TEST_FIRST,
            lambda registration, _settings: Stand(registration.pk in passed),
            lambda _activity, _settings: passed,
            rank=40,
        )
    )
    return passed


def asked(*kinds):
    return [Asked(kind) for kind in kinds]


def evaluate(place):
    form = EvaluationForm.objects.current_of(place.activity_id)
    given = {q.pk: Given(rating=5) for q in questions_of(form) if q.kind == "rating"}
    return respond_to_evaluation(place, given, by=SYSTEM)


def missing(place):
    objection = objection_to_claim(explain_credit(place), at=now())
    return objection.code if objection else ""


def refusal(activity, *kinds):
    with pytest.raises(Refused) as refused:
        set_requirements(activity, asked(*kinds), by=SYSTEM)
    return refused.value.objection.code


def test_a_course_begins_with_what_its_type_usually_asks(lessons):
    rows = Requirement.objects.of(lessons[0].activity)

    assert [each.kind for each in rows] == ["register", "content", "evaluation", "claim"]


def test_the_claim_waits_for_everything_in_its_order(learner, lessons):
    assert missing(learner) == "content_first"
    complete_lesson(learner, lessons[0], by=SYSTEM)
    assert missing(learner) == "content_first"
    with pytest.raises(Refused) as refused:
        evaluate(learner)
    assert refused.value.objection.code == "content_first"

    complete_lesson(learner, lessons[1], by=SYSTEM)
    assert missing(learner) == "evaluation_left"
    evaluate(learner)
    assert missing(learner) == ""


def test_credit_is_claimed_while_the_material_is_still_offered(learner, lessons):
    for each in lessons:
        complete_lesson(learner, each, by=SYSTEM)
    evaluate(learner)

    entry = claim_credit(learner, Decimal("1.00"), attested=True, by=SYSTEM)

    assert entry.evidence_minutes == 60
    certificate = Certificate.objects.get()
    # Of what is studied at any time the paper names the day on which it was done.
    assert str(now().year) in certificate.printed["date"]
    assert "–" not in certificate.printed["date"]
    assert all(step.stand.is_done for step in steps_of(learner))


def test_credit_is_not_claimed_before_the_content_is_done(learner, lessons):
    complete_lesson(learner, lessons[0], by=SYSTEM)

    with pytest.raises(Refused) as refused:
        claim_credit(learner, Decimal("0.50"), attested=True, by=SYSTEM)

    assert str(refused.value) == "Finish the lessons first. Your progress is kept."


def test_the_explanation_has_a_line_for_each_lesson(learner, lessons):
    complete_lesson(learner, lessons[0], by=SYSTEM)

    explained = explain_credit(learner)

    assert [(line.title, line.creditable, line.counted) for line in explained.lines] == [
        ("One", 40, 40),
        ("Two", 20, 0),
    ]
    (same,) = explain_all(learner.activity)
    assert same.lines == explained.lines
    assert same.studied.missing == explained.studied.missing


def test_one_learner_is_explained_without_reading_what_the_others_did(learner, lessons):
    other = RegistrationFactory(activity=learner.activity)
    confirm_start(other, seen=notice_of(other.activity).sha256, by=SYSTEM)
    complete_lesson(other, lessons[0], by=SYSTEM)

    with CaptureQueriesContext(connection) as found:
        explained = explain_credit(learner)

    assert not explained.studied.done
    of_learners = ("learning_progress", "assessment_response", "credits_certificate")
    asked_for = [each["sql"] for each in found if any(f'"{x}"' in each["sql"] for x in of_learners)]
    assert asked_for
    assert all('registration_id" = ' in sql for sql in asked_for)


def statements_of(activity):
    with CaptureQueriesContext(connection) as found:
        explain_all(activity)
    return len(found)


def test_everybody_is_explained_in_few_statements(learner):
    one = statements_of(learner.activity)
    for _more in range(3):
        RegistrationFactory(activity=learner.activity)

    assert statements_of(learner.activity) == one


def test_a_kind_that_nobody_keeps_is_not_chosen(organisation, monkeypatch):
    kept = {code: kind for code, kind in requirements._kinds.items() if code != "post_test"}
    monkeypatch.setattr(requirements, "_kinds", kept)
    activity = enduring(state="draft")
    course_with(text(), activity=activity)

    assert refusal(activity, "register", "content", "post_test", "claim") == "requirement_unknown"


def test_a_kind_that_somebody_keeps_is_asked_in_its_order(organisation, kept_tests):
    _course, (lesson,) = course_with(text(), activity=enduring(state="approved"))
    kinds = asked("register", "content", "post_test", "evaluation", "claim")
    set_requirements(lesson.activity, kinds, by=SYSTEM)
    type(lesson.activity).objects.filter(pk=lesson.activity.pk).update(state="open")
    place = RegistrationFactory(activity=lesson.activity)
    place.activity.refresh_from_db()
    confirm_start(place, seen=notice_of(place.activity).sha256, by=SYSTEM)

    assert objection_before(place, "post_test").code == "content_first"
    complete_lesson(place, lesson, by=SYSTEM)
    assert objection_before(place, "post_test") is None
    assert objection_before(place, "evaluation") == TEST_FIRST

    kept_tests.add(place.pk)
    assert objection_before(place, "evaluation") is None


def test_registration_is_first_lessons_are_asked_and_the_claim_is_last(organisation):
    activity = enduring(state="draft")
    course_with(text(), activity=activity)

    assert refusal(activity, "content", "register", "claim") == "register_is_first"
    assert refusal(activity, "register", "claim", "content") == "claim_is_last"
    assert refusal(activity, "register", "evaluation", "claim") == "content_is_asked"
    assert refusal(activity, "register", "content", "content", "claim") == "requirement_twice"


def test_a_meeting_that_is_attended_asks_for_no_steps(organisation):
    meeting = ActivityFactory(state="draft")

    assert refusal(meeting, "register", "content", "claim") == "course_of_enduring"


def test_a_setting_stays_within_its_bounds(organisation):
    activity = enduring(state="draft")
    course_with(text(), activity=activity)
    wrong = [Asked("register"), Asked("content", {"watch_percent": 101}), Asked("claim")]

    with pytest.raises(Refused) as refused:
        set_requirements(activity, wrong, by=SYSTEM)

    assert refused.value.objection.code == "requirement_setting"


def test_what_people_rely_on_is_not_changed_any_more(lessons):
    codes = ("register", "content", "claim")

    assert refusal(lessons[0].activity, *codes) == "requirements_relied_on"

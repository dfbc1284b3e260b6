"""A case is written as a draft, published as a version, and reviewed as it is."""

import pytest

from symposia.activities.actions.content_reviews import ReviewFacts
from symposia.activities.actions.disclosures import DisclosureFacts, give_disclosure
from symposia.activities.actions.team import enter_own_contributor
from symposia.activities.standards.reading import review_questions
from symposia.audit.models import Entry
from symposia.learning.actions.cases import begin_case, publish_case, write_case
from symposia.learning.actions.lesson_reviews import review_lesson
from symposia.learning.actions.lessons import LessonFacts, change_lesson, remove_lesson
from symposia.learning.cases.reading import case_of, latest_version
from symposia.learning.digests import digest_of
from symposia.learning.models import Case, CaseVersion, Lesson
from symposia.learning.queries import lesson_judged
from symposia.learning.readiness import _lessons
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.cases import case_lesson, document
from tests.factories.learning import enduring
from tests.factories.team import TeamMemberFactory

pytestmark = pytest.mark.django_db
ALL_YES = {question.code: "yes" for question in review_questions()}


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **{"by": SYSTEM} | kwargs)
    return refused.value.objection.code


def fresh(lesson):
    return Lesson.objects.with_content().get(pk=lesson.pk)


def test_a_case_is_published_whole_as_a_version_that_never_changes(organisation):
    lesson = case_lesson(enduring(state="draft"))
    case = case_of(lesson)

    assert lesson.case.number == 1
    assert lesson.case.best == 10
    assert refusal(publish_case, case, seen_version=2) == "case_unchanged"
    other = document(s2={"title": "Two hours later"})
    changed = write_case(case, other, seen_version=2, by=SYSTEM)
    assert fresh(lesson).case.document.step("s2").title == "An hour later"
    publish_case(changed, seen_version=3, by=SYSTEM)
    assert fresh(lesson).case.document.step("s2").title == "Two hours later"
    assert [each.number for each in CaseVersion.objects.order_by("number")] == [1, 2]
    assert Entry.objects.filter(action="case.published").count() == 2
    assert latest_version(case).number == 2


def test_a_draft_may_be_wrong_and_is_not_published(organisation):
    lesson = case_lesson(enduring(state="draft"), is_published=False, s2={"options": []})

    assert refusal(publish_case, case_of(lesson), seen_version=2) == "case_problems"
    assert fresh(lesson).lacks_case


def test_nobody_writes_over_what_they_have_not_seen(organisation):
    case = case_of(case_lesson(enduring(state="draft"), is_published=False))

    assert refusal(write_case, case, document(), seen_version=1) == "changed_meanwhile"
    same = write_case(case, document(), seen_version=2, by=SYSTEM)
    assert same.version == 2


def test_what_is_over_stays_as_it_was(organisation):
    lesson = case_lesson(enduring(state="open"))
    for state in ("running", "held"):
        type(lesson.activity).objects.filter(pk=lesson.activity_id).update(state=state)

    other = document(s2={"title": "Later"})
    assert refusal(write_case, case_of(lesson), other, seen_version=2) == "course_over"


def test_a_lesson_that_becomes_a_case_has_one_and_loses_it_unpublished(organisation):
    lesson = case_lesson(enduring(state="draft"), is_published=False)
    begin_case(lesson, by=SYSTEM)
    assert Case.objects.count() == 1

    change_lesson(lesson, LessonFacts("case", "Other", 9), seen_version=1, by=SYSTEM)
    remove_lesson(fresh(lesson), by=SYSTEM)

    assert not Case.objects.exists()


def test_a_published_case_stays_on_record(organisation):
    lesson = case_lesson(enduring(state="draft"), is_published=False)
    publish_case(case_of(lesson), seen_version=2, by=SYSTEM)

    assert refusal(remove_lesson, fresh(lesson)) == "case_stays"


@pytest.fixture
def reviewing(organisation):
    """A case, and somebody of the team who reviews and has nothing to disclose."""
    lesson = case_lesson(enduring(state="draft"), is_published=False)
    user = member(organisation, "compliance_officer")
    own = enter_own_contributor(user, by=user.actor())
    give_disclosure(own, DisclosureFacts(nothing=True, attested=True), by=user.actor())
    TeamMemberFactory(activity=lesson.activity, contributor=own, role="reviewer")
    return lesson, user.actor()


def judge(lesson, by):
    said = ReviewFacts("accepted", ALL_YES)
    return review_lesson(lesson, said, seen_digest=digest_of(fresh(lesson)), by=by)


def test_a_verdict_is_on_the_version_as_it_is(reviewing):
    lesson, reviewer = reviewing
    assert refusal(judge, lesson, by=reviewer) == "case_to_publish"
    case = case_of(lesson)
    publish_case(case, seen_version=2, by=SYSTEM)
    judge(lesson, reviewer)
    assert lesson_judged(fresh(lesson)).is_released

    write_case(case, document(e1={"text": "Other words."}), seen_version=2, by=SYSTEM)
    assert lesson_judged(fresh(lesson)).is_released
    publish_case(case, seen_version=3, by=SYSTEM)

    assert not lesson_judged(fresh(lesson)).is_released


def test_nobody_judges_a_case_that_they_wrote(reviewing):
    lesson, reviewer = reviewing
    other = document(e1={"text": "Other words."})
    case = write_case(case_of(lesson), other, seen_version=2, by=reviewer)
    publish_case(case, seen_version=3, by=SYSTEM)

    assert refusal(judge, lesson, by=reviewer) == "own_content"


def test_the_readiness_names_cases_that_nobody_published(organisation):
    lesson = case_lesson(enduring(state="draft"), is_published=False)

    reading = _lessons(lesson.activity)

    assert "Sepsis in the first hour" in str(reading.objection)
    assert reading.objection.code == "cases_not_published"

"""Lessons are written in modules, put in an order, and judged by a reviewer as they are."""

from dataclasses import replace

import pytest

from symposia.activities.actions.content_reviews import (
    ReviewFacts,
    Upload,
    expect_content,
    hand_in_content,
)
from symposia.activities.actions.disclosures import DisclosureFacts, give_disclosure
from symposia.activities.actions.team import enter_own_contributor
from symposia.activities.models import ContentReview
from symposia.activities.standards.reading import review_questions
from symposia.audit.models import Entry
from symposia.learning.actions.courses import (
    CourseFacts,
    add_module,
    begin_course,
    change_course,
    move_module,
    remove_module,
    rename_module,
)
from symposia.learning.actions.lesson_reviews import review_lesson
from symposia.learning.actions.lessons import (
    LessonFacts,
    add_lesson,
    change_lesson,
    move_lesson,
    remove_lesson,
)
from symposia.learning.digests import digest_of
from symposia.learning.models import Course, Lesson, Module
from symposia.learning.queries import lesson_judged
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.activities.slides import pdf
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.learning import course_with, enduring, mp4, text, video
from tests.factories.team import ContributorFactory, TeamMemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
ALL_YES = {question.code: "yes" for question in review_questions()}


@pytest.fixture
def module(organisation):
    course, _made = course_with(activity=enduring(state="draft"))
    return Module.objects.get(activity=course.activity)


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, by=SYSTEM, **kwargs)
    return refused.value.objection.code


def titles(activity):
    return [each.title for each in Lesson.objects.of(activity)]


def test_what_takes_place_at_a_time_has_no_lessons(organisation):
    assert refusal(begin_course, ActivityFactory(state="draft")) == "course_of_enduring"


def test_an_activity_has_one_course(module):
    assert refusal(begin_course, module.activity) == "has_course"


def test_modules_are_renamed_moved_and_removed(module):
    course = Course.objects.get()
    second = add_module(course, " Second   module ", by=SYSTEM)

    move_module(second, 1, by=SYSTEM)
    rename_module(module, "Last", by=SYSTEM)

    assert [m.title for m in Module.objects.of(module.activity)] == ["Second module", "Last"]
    assert refusal(add_module, course, "last") == "module_title"
    add_lesson(second, text(), by=SYSTEM)
    assert refusal(remove_module, second) == "module_has_lessons"
    remove_module(module, by=SYSTEM)
    assert Module.objects.count() == 1


def test_a_lesson_goes_to_another_place_and_another_module(module):
    for title in ("A", "B", "C"):
        add_lesson(module, text(title), by=SYSTEM)
    other = add_module(Course.objects.get(), "Other", by=SYSTEM)

    move_lesson(Lesson.objects.get(title="C"), module, 1, by=SYSTEM)
    move_lesson(Lesson.objects.get(title="A"), other, 9, by=SYSTEM)

    assert titles(module.activity) == ["C", "B", "A"]
    assert Lesson.objects.get(title="A").module == other
    assert Entry.objects.filter(action="lesson.moved").exists()


def test_an_order_has_no_holes_whatever_is_taken_out_of_it(module):
    for title in ("A", "B", "C", "D"):
        add_lesson(module, text(title), by=SYSTEM)
    course = Course.objects.get()
    empty, other = (add_module(course, title, by=SYSTEM) for title in ("Empty", "Other"))

    remove_module(empty, by=SYSTEM)
    remove_lesson(Lesson.objects.get(title="A"), by=SYSTEM)
    move_lesson(Lesson.objects.get(title="B"), other, 1, by=SYSTEM)

    def positions(rows):
        return list(rows.order_by("position").values_list("title", "position"))

    assert positions(Module.objects.all()) == [("First module", 1), ("Other", 2)]
    assert positions(Lesson.objects.filter(module=module)) == [("C", 1), ("D", 2)]
    assert positions(Lesson.objects.filter(module=other)) == [("B", 1)]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (LessonFacts("text", "T", 5), "lesson_text"),
        (LessonFacts("pdf", "T", 5), "lesson_file"),
        (LessonFacts("link", "T", 5), "lesson_address"),
        (LessonFacts("video", "T", 5), "lesson_video"),
        (LessonFacts("text", "T", 0, text="x"), "lesson_minutes"),
        (LessonFacts("text", " ", 5, text="x"), "lesson_title"),
        (LessonFacts("video", "T", 5, address="https://v.example/1"), "lesson_transcript"),
        (LessonFacts("video", "T", 5, file=Upload("a.mp4", mp4())), "lesson_captions"),
        (LessonFacts("video", "T", 5, file=Upload("a.mp4", mp4(0))), "video_length"),
        (LessonFacts("video", "T", 5, file=Upload("a.mp4", b"%PDF-1")), "lesson_file_type"),
        (LessonFacts("pdf", "T", 5, file=Upload("a.pdf", b"<html>")), "lesson_file_type"),
        (
            LessonFacts("image", "T", 5, file=Upload("a.png", b"\x89PNG\r\n\x1a\n")),
            "lesson_description",
        ),
        (
            LessonFacts(
                "video", "T", 5, file=Upload("a.mp4", mp4()), captions=Upload("a.vtt", b"no")
            ),
            "not_captions",
        ),
    ],
)
def test_a_lesson_is_what_its_kind_is_made_of(module, facts, code):
    assert refusal(add_lesson, module, facts) == code
    assert not Lesson.objects.exists()


def test_every_kind_can_be_written(module):
    image = Upload("a.png", b"\x89PNG\r\n\x1a\n")
    for facts in (
        video(),
        text(),
        LessonFacts("pdf", "P", 5, file=Upload("a.pdf", b"%PDF-1.7")),
        LessonFacts("image", "I", 5, file=image, description="A drawing"),
        LessonFacts("link", "L", 5, address="https://paper.example/"),
        LessonFacts("file", "F", 5, file=Upload("a.xlsx", b"PK")),
        LessonFacts("video", "H", 5, address="https://v.example/1", transcript="Words"),
    ):
        add_lesson(module, facts, by=SYSTEM)

    assert Lesson.objects.get(title="The talk").seconds == 100
    assert Lesson.objects.count() == 7


def test_a_file_that_is_not_handed_in_again_stays(module):
    lesson = add_lesson(module, video(), by=SYSTEM)
    facts = LessonFacts("video", "The talk, again", 30, transcript="Other words")

    changed = change_lesson(lesson, facts, seen_version=1, by=SYSTEM)

    assert changed.file == lesson.file
    assert changed.captions.content_type == "text/vtt"
    assert refusal(change_lesson, lesson, facts, seen_version=1) == "changed_meanwhile"


def test_a_lesson_that_nobody_studied_is_removed(module):
    lesson = add_lesson(module, text(), by=SYSTEM)

    remove_lesson(lesson, by=SYSTEM)

    assert not Lesson.objects.exists()


def test_what_is_over_stays_as_it_was(organisation):
    course, (lesson,) = course_with(text())
    for state in ("running", "held"):
        type(course.activity).objects.filter(pk=course.activity_id).update(state=state)

    assert refusal(remove_lesson, lesson) == "course_over"
    assert refusal(change_course, course, CourseFacts(), seen_version=1) == "course_over"


@pytest.fixture
def reviewer(organisation, module):
    """Somebody of the team who reviews and has nothing to disclose."""
    user = member(organisation, "compliance_officer")
    own = enter_own_contributor(user, by=user.actor())
    give_disclosure(own, DisclosureFacts(nothing=True, attested=True), by=user.actor())
    TeamMemberFactory(activity=module.activity, contributor=own, role="reviewer")
    return user.actor()


def judge(lesson, by, digest=None, **said):
    facts = ReviewFacts(**{"verdict": "accepted", "checklist": ALL_YES} | said)
    return review_lesson(lesson, facts, seen_digest=digest or digest_of(lesson), by=by)


def test_a_verdict_is_on_the_lesson_as_it_is(module, reviewer):
    lesson = add_lesson(module, text(), by=SYSTEM)
    judge(lesson, reviewer)
    assert lesson_judged(lesson).is_released

    seen = digest_of(lesson)
    changed = change_lesson(lesson, text(sources="A paper"), seen_version=1, by=SYSTEM)

    assert not lesson_judged(changed).is_released
    with pytest.raises(Refused) as refused:
        judge(changed, reviewer, digest=seen)
    assert refused.value.objection.code == "lesson_changed"


def test_minutes_alone_are_no_other_content(module, reviewer):
    lesson = add_lesson(module, text(), by=SYSTEM)
    judge(lesson, reviewer)

    changed = change_lesson(lesson, text(minutes=25), seen_version=1, by=SYSTEM)

    assert lesson_judged(changed).is_released


def test_nobody_judges_what_they_wrote(module, reviewer):
    lesson = add_lesson(module, text(), by=reviewer)

    with pytest.raises(Refused) as refused:
        judge(lesson, reviewer)

    assert refused.value.objection.code == "own_content"


def test_only_a_reviewer_of_the_team_judges(module):
    lesson = add_lesson(module, text(), by=SYSTEM)

    with pytest.raises(Refused) as refused:
        judge(lesson, SYSTEM)

    assert refused.value.objection.code == "not_a_reviewer"


def test_changes_that_are_needed_are_said_in_words(module, reviewer):
    lesson = add_lesson(module, text(), by=SYSTEM)

    with pytest.raises(Refused) as refused:
        judge(lesson, reviewer, verdict="changes")
    assert refused.value.objection.code == "changes_need_words"

    judge(lesson, reviewer, verdict="changes", note="Cite the trial.")
    assert lesson_judged(lesson).condition == "changes"


def test_a_released_file_with_references_is_looked_at_as_a_lesson(module):
    item = expect_content(module.activity, ContributorFactory(), "Handout", by=SYSTEM)
    version = hand_in_content(item, Upload("handout.pdf", pdf()), by=SYSTEM)
    ContentReview.objects.create(
        version=version,
        sha256=version.sha256,
        reviewer=ContributorFactory(),
        verdict="accepted",
        checklist={},
        by_name="Dr Reviewer",
    )
    facts = LessonFacts("pdf", "Handout", 5, item=item)
    lesson = add_lesson(module, facts, by=SYSTEM)
    assert lesson_judged(lesson).is_released

    facts = replace(facts, sources="A paper")
    changed = change_lesson(lesson, facts, seen_version=1, by=SYSTEM)

    assert not lesson_judged(changed).is_released

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from symposia.activities.lasting import is_enduring
from symposia.activities.models import Activity
from symposia.activities.serving import objection_to_asking_about
from symposia.assessment.models import (
    Attempt,
    AttemptResult,
    BankQuestion,
    BankState,
    Feedback,
    KnowledgeTest,
    PartOfTest,
    Purpose,
    StateOfTest,
)
from symposia.assessment.standing import Standing, is_over
from symposia.curriculum.models import Objective
from symposia.registrations.models import Registration
from symposia.shared.refusals import Objection

HAS_TEST = Objection("has_test", _("The activity has this test already."))
TEST_IS_OUT = Objection(
    "test_is_out", _("Learners can take this test. What it asks and how it counts stays.")
)
NO_PARTS = Objection("test_without_questions", _("A test asks at least one question."))
NOT_ASKED = Objection("test_question_not_published", _("Publish %(number)s before a test asks it."))
EMPTY_PART = Objection(
    "test_part_empty",
    _("Part %(position)s asks nothing: name a question, a tag or an objective."),
)
ASKS_RETIRED = Objection(
    "test_asks_retired",
    _("%(number)s is retired, yet this test goes on asking it. Close the test if nobody should."),
)
TWICE = Objection("test_question_twice", _("%(number)s stands in the test twice."))
TOO_FEW_IN_POOL = Objection(
    "test_pool_too_small",
    ngettext_lazy(
        "Part %(position)s draws %(count)s question, but only %(there)s can be drawn.",
        "Part %(position)s draws %(count)s questions, but only %(there)s can be drawn.",
        "count",
    ),
)
NO_PASS_MARK = Objection(
    "test_no_pass_mark",
    _("Credit waits for this test: say with how many per cent it is passed."),
)
ONLY_POST_WAITS = Objection(
    "test_only_post_required",
    _("Credit waits for a post-test alone: nobody can go back to before the activity."),
)
NOT_OPEN = Objection("test_not_open", _("This test is not open."))
IS_OPEN = Objection("test_open", _("This test is open already."))
NO_TEST = Objection("no_test", _("This activity has no such test."))
NO_PLACE = Objection(
    "test_without_place", _("This place was given up. Only people who take part are tested.")
)
TOO_EARLY = Objection("test_too_early", _("You can take this test from %(at)s on."))
TOO_LATE = Objection("test_too_late", _("This test was to be taken before the activity began."))
IS_PASSED = Objection("test_passed", _("You have passed this test."))
IS_DONE = Objection("test_done", _("You have taken this test. Thank you."))
IS_BEGUN = Objection("test_begun", _("You have begun this test. Go on where you were."))
USED_UP = Objection("test_used_up", _("All attempts at this test are used."))
WAITS = Objection("test_waits", _("You can try again from %(at)s on."))
IS_HANDED_IN = Objection("attempt_handed_in", _("This attempt was handed in."))
TIME_IS_OVER = Objection(
    "attempt_time_over",
    _("The time for this attempt is over. What you answered until then counts."),
)
ANSWER_STANDS = Objection("attempt_answer_stands", _("You have answered this question."))
NO_SUCH_CHOICE = Objection("attempt_no_such_choice", _("This is not one of the answers."))
LEFT_OUT = Objection(
    "attempt_left_out", _("Without an answer: %(count)s. Hand it in as it is, or go back.")
)
NOTHING_ALLOWED = Objection(
    "allowance_of_nothing", _("Say how many minutes or attempts more are allowed.")
)
TOO_MUCH_ALLOWED = Objection(
    "allowance_too_much", _("At most 600 minutes and 10 attempts are allowed at once.")
)
NO_ALLOWANCE_REASON = Objection(
    "allowance_reason", _("Say why; the reason is kept with what is allowed.")
)


@dataclass(frozen=True)
class PartFacts:
    """One question, or so many of a pool."""

    question: BankQuestion | None = None
    tag: str = ""
    objective: Objective | None = None
    count: int = 1


def objection_to_changing_test(test: KnowledgeTest) -> Objection | None:
    """What a test asks and how it counts is settled before anybody takes it."""
    return None if test.state == StateOfTest.DRAFT else TEST_IS_OUT


def objection_to_requiring(test: KnowledgeTest, *, is_required: bool) -> Objection | None:
    """Credit waits for what can still be done when it is claimed."""
    return ONLY_POST_WAITS if is_required and test.purpose != Purpose.POST else None


def objection_to_parts(
    parts: Sequence[PartFacts], taken_on: Collection[Objective]
) -> Objection | None:
    """Why these parts make no test of this activity."""
    for position, part in enumerate(parts, start=1):
        if not (part.question or part.tag.strip() or part.objective):
            return EMPTY_PART.about(position=position)
    fixed = [part.question for part in parts if part.question]
    for place, question in enumerate(fixed):
        if not question.is_asked:
            return NOT_ASKED.about(number=question.number)
        if question in fixed[:place]:
            return TWICE.about(number=question.number)
    wanted = [part.objective for part in parts if part.objective]
    measured = [question.objective for question in fixed if question.objective]
    return objection_to_asking_about([*wanted, *measured], taken_on)


def objection_to_opening_test(
    test: KnowledgeTest, parts: Sequence[PartOfTest], pools: Mapping[UUID, Sequence[UUID]]
) -> Objection | None:
    """Why learners cannot take this test yet."""
    if test.state == StateOfTest.OPEN:
        return IS_OPEN
    if not parts:
        return NO_PARTS
    if test.is_required and test.purpose == Purpose.POST and not test.pass_mark:
        return NO_PASS_MARK
    gone = next((p.question for p in parts if p.question and not p.question.is_asked), None)
    return NOT_ASKED.about(number=gone.number) if gone else _objection_to_pools(parts, pools)


def _objection_to_pools(
    parts: Sequence[PartOfTest], pools: Mapping[UUID, Sequence[UUID]]
) -> Objection | None:
    """Each pool has enough left, whatever the parts before it have drawn."""
    taken = {part.question_id for part in parts if part.question_id}
    drawn = 0
    for part in parts:
        if part.question_id:
            continue
        left = len(set(pools.get(part.pk, ())) - taken)
        overlap = any(
            set(pools.get(part.pk, ())) & set(pools.get(other.pk, ()))
            for other in parts
            if other.pk != part.pk
        )
        there = max(0, left - (drawn if overlap else 0))
        if there < part.count:
            return TOO_FEW_IN_POOL.about(position=part.position, count=part.count, there=there)
        drawn += part.count
    return None


def objections_to_questions(test: KnowledgeTest, parts: Sequence[PartOfTest]) -> list[Objection]:
    """What an open test asks by name although it was retired meanwhile; pools draw it no more."""
    named = [part.question for part in parts if part.question] if test.is_open else []
    retired = [each for each in named if each.state == BankState.RETIRED]
    return [ASKS_RETIRED.about(number=each.number) for each in retired]


def objection_to_closing_test(test: KnowledgeTest) -> Objection | None:
    """Only what is open is closed."""
    return None if test.is_open else NOT_OPEN


def objection_to_beginning(
    registration: Registration, standing: Standing | None, *, at: datetime
) -> Objection | None:
    """Why this learner cannot begin an attempt now."""
    if standing is None:
        return NO_TEST
    test = standing.test
    objections = (
        (standing.begun is not None, IS_BEGUN),
        (standing.passed, IS_PASSED),
        (not test.pass_mark and standing.done, IS_DONE),
        (not registration.is_confirmed, NO_PLACE),
        (not test.is_open, NOT_OPEN),
        (not standing.attempts_left, USED_UP),
    )
    found = next((objection for holds, objection in objections if holds), None)
    return found or _objection_to_the_hour(registration.activity, standing, at)


def _objection_to_the_hour(
    activity: Activity, standing: Standing, at: datetime
) -> Objection | None:
    test, opens = standing.test, opens_at(activity, standing.test)
    if opens and opens > at:
        return TOO_EARLY.about(at=_said(opens, activity))
    if test.purpose == Purpose.PRE and not is_enduring(activity) and activity.starts_at <= at:
        return TOO_LATE
    if standing.waits_until and standing.waits_until > at:
        return WAITS.about(at=_said(standing.waits_until, activity))
    return None


def opens_at(activity: Activity, test: KnowledgeTest) -> datetime | None:
    """From when a test can be taken; a pre-test, and a test of what lasts, at any time."""
    if test.purpose == Purpose.FOLLOW_UP:
        return activity.ends_at + timedelta(days=test.after_days)
    if test.purpose == Purpose.POST and not is_enduring(activity):
        return activity.starts_at
    return None


def _said(at: datetime, activity: Activity) -> str:
    """A moment on the clock of the venue."""
    return date_format(at.astimezone(ZoneInfo(activity.zone)), "j M Y, H:i")


def objection_to_answering(
    attempt: Attempt, result: AttemptResult | None, *, is_answered: bool, at: datetime
) -> Objection | None:
    """Why an answer does not count any more."""
    objections = (
        (result is not None, IS_HANDED_IN),
        (is_over(attempt, at), TIME_IS_OVER),
        (is_answered and attempt.test.feedback == Feedback.AT_ONCE, ANSWER_STANDS),
    )
    return next((objection for holds, objection in objections if holds), None)


def objection_to_choice(positions: Sequence[int], count: int) -> Objection | None:
    """Every position is one that was offered, and there are no more of them than answers."""
    fits = len(positions) <= count and all(0 <= each <= count for each in positions)
    return None if fits else NO_SUCH_CHOICE


def objection_to_handing_in(
    result: AttemptResult | None, *, unanswered: int, anyway: bool
) -> Objection | None:
    """An attempt is handed in once, and not by an oversight with questions left out."""
    if result is not None:
        return IS_HANDED_IN
    return LEFT_OUT.about(count=unanswered) if unanswered and not anyway else None


def objection_to_allowing(minutes: int, attempts: int, reason: str) -> Objection | None:
    """More time or attempts, for a reason."""
    if minutes <= 0 and attempts <= 0:
        return NOTHING_ALLOWED
    if minutes > 600 or attempts > 10:
        return TOO_MUCH_ALLOWED
    return None if reason.strip() else NO_ALLOWANCE_REASON

"""Where a learner stands with a test: folded from attempts and allowances; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from symposia.assessment.models import Allowance, Attempt, Feedback, KnowledgeTest

# What a phone kept while it had no network may come so much later than the time allows.
GRACE = timedelta(minutes=2)


@dataclass(frozen=True)
class Tried:
    """An attempt with what it came to; nothing of that while it is not handed in."""

    attempt: Attempt
    finished_at: datetime | None = None
    percent: Decimal | None = None
    passed: bool | None = None


@dataclass(frozen=True)
class Standing:
    """How far a learner is with a test."""

    test: KnowledgeTest
    attempts_allowed: int
    attempts_used: int
    # The one that is begun and not handed in.
    begun: Attempt | None
    # The best result so far, in per cent.
    best: Decimal | None
    done: bool
    passed: bool
    # From when the next attempt can begin, if it has to wait.
    waits_until: datetime | None
    # For one attempt, with what was allowed beyond the test's own.
    minutes: int | None
    last: Tried | None = None

    @property
    def attempts_left(self) -> int:
        return max(0, self.attempts_allowed - self.attempts_used)

    @property
    def is_met(self) -> bool:
        """Whether the requirement is fulfilled: passed, or done where nobody can fail."""
        return self.passed if self.test.pass_mark else self.done

    @property
    def holds_back(self) -> bool:
        """Whether credit waits for it, and it is not fulfilled."""
        return self.test.is_required and self.test.is_open and not self.is_met

    @property
    def is_used_up(self) -> bool:
        """Nothing is begun, nothing is left, and it is not passed."""
        return not self.is_met and not self.begun and not self.attempts_left

    @property
    def shows_answers(self) -> bool:
        """Whether what was right is told now: not while it would be told before the next try."""
        if self.test.feedback == Feedback.AT_END:
            return self.done and (self.is_met or not self.attempts_left)
        return self.test.feedback == Feedback.AT_ONCE


def fold_standing(
    test: KnowledgeTest, tried: Sequence[Tried], allowances: Sequence[Allowance] = ()
) -> Standing:
    """All attempts of one learner at one test, in any order, as one standing."""
    in_order = sorted(tried, key=lambda each: each.attempt.number)
    begun = next((each.attempt for each in in_order if each.finished_at is None), None)
    done = [each for each in in_order if each.finished_at is not None]
    last = done[-1] if done else None
    passed = any(each.passed for each in done)
    extra = sum(each.extra_minutes for each in allowances)
    return Standing(
        test=test,
        attempts_allowed=test.attempts + sum(each.extra_attempts for each in allowances),
        attempts_used=len(in_order),
        begun=begun,
        best=max((each.percent for each in done if each.percent is not None), default=None),
        done=bool(done),
        passed=passed,
        waits_until=None if passed else _waits(test, last),
        minutes=test.minutes + extra if test.minutes else None,
        last=last,
    )


def _waits(test: KnowledgeTest, last: Tried | None) -> datetime | None:
    if last is None or last.finished_at is None or not test.wait_hours:
        return None
    return last.finished_at + timedelta(hours=test.wait_hours)


def is_over(attempt: Attempt, at: datetime) -> bool:
    """Whether what comes now comes too late, for a phone without network too."""
    return attempt.ends_at is not None and at > attempt.ends_at + GRACE

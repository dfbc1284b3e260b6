"""What a licence still needs: pure arithmetic over what a rule asks and what somebody holds.

Days are calendar days; a cycle includes its first and its last. A credit system counts in its own
units: boards count one credit as one hour, and so do we.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta

# When somebody is reminded, in days before the end of a cycle.
REMINDED = (180, 90, 30, 7)
AT_RISK = timedelta(days=90)
_ALWAYS = date.min


@dataclass(frozen=True)
class TopicRule:
    """Hours, or a share of the whole, about a subject; how often; for whom, in the board's words.
    Without either it is one course."""

    subject: str
    hours: Decimal | None
    share: int | None
    every: str
    condition: str


@dataclass(frozen=True)
class Asked:
    """What a rule asks in one cycle, as values."""

    cycle_months: int
    hours: Decimal
    core_hours: Decimal | None
    core_systems: frozenset[str]
    topics: tuple[TopicRule, ...]


@dataclass(frozen=True)
class Cycle:
    """From the first day to the last, both included."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Earned:
    """Credit that was earned on a day: its system, its amount, its hours by subject."""

    on: date
    system: str
    amount: Decimal
    subjects: Mapping[str, Decimal]
    title: str = ""


@dataclass(frozen=True)
class Need:
    """One line of the arithmetic: what is asked, what counts towards it, what is left.

    `subject` is nothing for the whole, `core` for what must be of certain systems."""

    subject: str
    needed: Decimal
    held: Decimal
    since: date
    counted: tuple[Earned, ...]
    every: str = ""
    condition: str = ""
    is_course: bool = False

    @property
    def left(self) -> Decimal:
        return max(self.needed - self.held, Decimal(0))

    @property
    def is_met(self) -> bool:
        return not self.left


@dataclass(frozen=True)
class Progress:
    """How far somebody is with one licence."""

    cycle: Cycle
    needs: tuple[Need, ...]

    @property
    def is_done(self) -> bool:
        return all(each.is_met for each in self.needs)

    @property
    def open_needs(self) -> list[Need]:
        return [each for each in self.needs if not each.is_met]

    def days_left(self, today: date) -> int:
        return (self.cycle.ends_on - today).days

    def standing(self, today: date) -> str:
        return standing_of(is_done=self.is_done, ends_on=self.cycle.ends_on, today=today)


def standing_of(*, is_done: bool, ends_on: date, today: date) -> str:
    """Done, over without being done, at risk near the end, or on the way."""
    if is_done:
        return "done"
    if ends_on < today:
        return "over"
    return "at_risk" if ends_on - today <= AT_RISK else "on_the_way"


def asked_of(facts: Any) -> Asked:
    """The values of a pack, shipped or the organisation's own."""
    topics = tuple(
        TopicRule(
            each["topic"],
            Decimal(each["hours"]) if each["hours"] else None,
            each["share"],
            each["every"],
            each["condition"],
        )
        for each in facts.topics
    )
    core = frozenset(facts.core_systems)
    return Asked(facts.cycle_months, facts.hours, facts.core_hours, core, topics)


def progress_of(
    asked: Asked, cycle: Cycle, earned: Sequence[Earned], *, left_out: Iterable[str] = ()
) -> Progress:
    """The arithmetic of one licence, line by line; what does not apply to somebody is left out."""
    without = set(left_out)
    needs = [_sum("", asked.hours, cycle.starts_on, cycle, earned)]
    if asked.core_hours:
        core = [each for each in earned if each.system in asked.core_systems]
        needs.append(_sum("core", asked.core_hours, cycle.starts_on, cycle, core))
    needs += [
        _topic(rule, asked, cycle, earned) for rule in asked.topics if rule.subject not in without
    ]
    return Progress(cycle, tuple(each for each in needs if each.needed))


def _sum(
    subject: str, needed: Decimal, since: date, cycle: Cycle, earned: Iterable[Earned]
) -> Need:
    counted = tuple(each for each in earned if since <= each.on <= cycle.ends_on)
    held = sum((each.amount for each in counted), Decimal(0))
    return Need(subject, needed, held, since, counted)


def _topic(rule: TopicRule, asked: Asked, cycle: Cycle, earned: Iterable[Earned]) -> Need:
    since = since_of(rule.every, cycle, asked.cycle_months)
    counted = tuple(
        each
        for each in earned
        if rule.subject in each.subjects and since <= each.on <= cycle.ends_on
    )
    is_course = rule.hours is None and rule.share is None
    if is_course:
        needed, held = Decimal(1), Decimal(min(len(counted), 1))
    else:
        needed = _hours_of(rule, asked)
        held = sum((min(x.subjects[rule.subject], x.amount) for x in counted), Decimal(0))
    return Need(rule.subject, needed, held, since, counted, rule.every, rule.condition, is_course)


def _hours_of(rule: TopicRule, asked: Asked) -> Decimal:
    """The hours of a whole cycle: a share of its hours, or those of each of its years."""
    if rule.hours is None:
        return asked.hours * (rule.share or 0) / 100
    years = max(asked.cycle_months // 12, 1) if rule.every == "year" else 1
    return rule.hours * years


def since_of(every: str, cycle: Cycle, cycle_months: int) -> date:
    """From which day on credit counts for a rule that returns so often: what is asked once counts
    whenever it was earned."""
    if every.endswith("mo"):
        return _before(cycle.ends_on, int(every.removesuffix("mo")))
    if every == "every3rd":
        return _before(cycle.ends_on, 3 * cycle_months)
    if every in {"once", "first", "newlic"}:
        return _ALWAYS
    return cycle.starts_on


def _before(day: date, months: int) -> date:
    """The day after the one so many months before a day: a stretch that ends with that day."""
    begun: date = day - relativedelta(months=months)
    return begun + timedelta(days=1)


def ends_of(starts_on: date, cycle_months: int) -> date:
    """The last day of a cycle that begins on a day."""
    over: date = starts_on + relativedelta(months=cycle_months)
    return over - timedelta(days=1)


def due_reminder(ends_on: date, told: Iterable[int], today: date) -> int | None:
    """Which reminder is due now: the nearest of those that have come, unless it or a later one was
    sent. Who enters a licence late is told once, not four times."""
    left = (ends_on - today).days
    if left < 0:
        return None
    come = [days for days in REMINDED if left <= days]
    nearest = min(come) if come else None
    return None if nearest is None or any(days <= nearest for days in told) else nearest

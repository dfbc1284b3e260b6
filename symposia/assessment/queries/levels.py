"""The outcomes of an activity by Moore's levels, from what the record holds.

After Moore, Green and Gallis, J Contin Educ Health Prof 2009;29:1-15. A level without evidence says
so; figures of fewer people than the evaluation is shown from are kept back; nothing here says why
something differs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.models import Activity
from symposia.activities.queries import objectives_of
from symposia.assessment.counted import all_counted
from symposia.assessment.gain import Interval
from symposia.assessment.models import (
    FEWEST_SHOWN,
    Attempt,
    Kind,
    MeasureFigure,
    Purpose,
    Response,
)
from symposia.assessment.proportions import Difference, Share
from symposia.assessment.queries import QuestionResult, results_of
from symposia.assessment.queries.commitments import CommitmentFigures, figures_of_commitments
from symposia.assessment.queries.outcomes import FEW, GainLine, gains_of
from symposia.assessment.queries.verdicts import GapVerdict, pairs_of, verdicts_of
from symposia.attendance.queries import people_present
from symposia.curriculum.models import NeedType, Objective
from symposia.registrations.models import Registration
from symposia.shared.counting import counted_together


class Level(StrEnum):
    """Moore's levels as far as one activity can tell of them."""

    PARTICIPATION = "participation"
    SATISFACTION = "satisfaction"
    DECLARATIVE = "declarative"
    PROCEDURAL = "procedural"
    COMPETENCE = "competence"
    PERFORMANCE = "performance"
    PATIENT = "patient"


TITLES: dict[Level, tuple[str, str | Promise]] = {
    Level.PARTICIPATION: ("1", gettext_lazy("Participation")),
    Level.SATISFACTION: ("2", gettext_lazy("Satisfaction")),
    Level.DECLARATIVE: ("3A", gettext_lazy("Learning: knows")),
    Level.PROCEDURAL: ("3B", gettext_lazy("Learning: knows how")),
    Level.COMPETENCE: ("4", gettext_lazy("Competence")),
    Level.PERFORMANCE: ("5", gettext_lazy("Performance")),
    Level.PATIENT: ("6", gettext_lazy("Patient health")),
}


@dataclass(frozen=True)
class Figure:
    """One figure of a level: of how many, how it is counted, and what it came to."""

    level: Level
    name: str
    people: int
    how: str
    value: float | None = None
    unit: str = ""
    before: float | None = None
    interval: Interval | None = None
    effect: float | None = None
    # Of so few that nothing but their number is told.
    is_kept_back: bool = False

    @property
    def says_little(self) -> bool:
        return not self.is_kept_back and self.people < FEW


@dataclass(frozen=True)
class Outcomes:
    """Everything that can be told of an activity's outcomes."""

    figures: tuple[Figure, ...]
    gaps: tuple[GapVerdict, ...]
    commitments: CommitmentFigures

    def of(self, level: Level) -> list[Figure]:
        return [each for each in self.figures if each.level == level]


def outcomes_of(activity: Activity, at: datetime) -> Outcomes:
    """The figures of every level, and the verdict on each gap with its evidence."""
    objectives = objectives_of(activity)
    commitments = figures_of_commitments(activity, at)
    records = list(MeasureFigure.objects.of(activity))
    figures = [
        *(participation := list(_participation(activity))),
        *_satisfaction(activity, answered=participation[_ANSWERED].people),
        *_learning(activity, objectives),
        *_intentions(commitments),
        *_kept(commitments),
        *_recorded(records),
    ]
    gaps = verdicts_of(objectives, records)
    return Outcomes(tuple(figures), tuple(gaps), commitments)


def _participation(activity: Activity) -> Iterator[Figure]:
    level = Level.PARTICIPATION
    there = people_present(activity)
    takers = Attempt.objects.filter(
        activity=activity, results__isnull=False, test__purpose=Purpose.POST
    )
    places, answered, tested, *others = counted_together(
        [
            Registration.objects.of(activity).confirmed(),
            Response.objects.of(activity),
            Registration.objects.filter(pk__in=takers.values("registration")),
            *(each.people(activity) for each in all_counted()),
        ]
    )
    rows = (
        (_("Places"), places, _("Confirmed registrations.")),
        (_("Were there"), there, _("Anything observed of them stands.")),
        (_("Evaluation"), answered, _("Responses, whatever was answered.")),
        (_("Post-test"), tested, _("At least one attempt.")),
    )
    for name, count, how in rows:
        yield Figure(level, name, count, how, float(count), "")
    yield from _elsewhere(others)


def _elsewhere(counts: Sequence[int]) -> Iterator[Figure]:
    """What other contexts count, where anybody did it."""
    for each, people in zip(all_counted(), counts, strict=True):
        few = people < FEWEST_SHOWN
        if people:
            value = None if few else float(people)
            level, name, how = Level(each.level), str(each.name), str(each.how)
            yield Figure(level, name, people, how, value, is_kept_back=few)


# Where the number of those who answered stands among the figures of participation.
_ANSWERED = 2


def _satisfaction(activity: Activity, *, answered: int) -> Iterator[Figure]:
    """Ratings and yes/no of the evaluation; those about an objective tell of competence."""
    results = results_of(activity, responses=answered)
    for each in results.questions:
        yield from _of_question(each)


def _of_question(each: QuestionResult) -> Iterator[Figure]:
    question = each.question
    level = Level.COMPETENCE if question.objective_id else Level.SATISFACTION
    name = f"{each.about}: {question.text}" if each.about else question.text
    if question.kind == Kind.RATING:
        how = _("Mean of the ratings in the evaluation, %d the highest.") % question.highest
        mean = None if each.mean is None else float(each.mean)
        unit = _("of %d") % question.highest
        yield Figure(level, name, each.answered, how, mean, unit, is_kept_back=each.is_kept_back)
    elif question.kind == Kind.YES_NO:
        share = Share(each.shares[0].count, each.answered) if each.answered else None
        how = _("Share of those who answered that said yes; 95 % interval after Wilson.")
        yield Figure(
            *(level, name, each.answered, how),
            share.percent if share else None,
            "%",
            interval=share.interval if share else None,
            is_kept_back=each.is_kept_back,
        )


def _learning(activity: Activity, objectives: Sequence[Objective]) -> Iterator[Figure]:
    """Matched gain: of objectives about a need to know, and of those about a need to apply."""
    gains = gains_of(activity)
    how = _(
        "Same people before and after, first attempt at each; effect is Cohen's d of the pairs, "
        "interval of the mean difference after Student."
    )
    if gains.whole is None:
        if gains.people:
            name = _("The whole test")
            yield Figure(Level.DECLARATIVE, name, gains.people, how, is_kept_back=True)
        return
    yield _gain(Level.DECLARATIVE, _("The whole test"), gains.whole, how)
    needs = {each.text: each.gap.need_type for each in objectives}
    for line in gains.objectives:
        knows = needs.get(line.name, NeedType.KNOWLEDGE) == NeedType.KNOWLEDGE
        yield _gain(Level.DECLARATIVE if knows else Level.PROCEDURAL, line.name, line, how)


def _gain(level: Level, name: str, line: GainLine, how: str) -> Figure:
    gain = line.gain
    return Figure(
        *(level, name, gain.people, how, gain.after, "%"),
        before=gain.before,
        interval=gain.interval,
        effect=gain.effect,
    )


def _intentions(figures: CommitmentFigures) -> Iterator[Figure]:
    if not figures.people:
        return
    how = _("Things that learners wrote down to change; they say what is meant, not what is done.")
    shown = figures.is_shown
    count = float(figures.commitments) if shown else None
    yield Figure(
        *(Level.COMPETENCE, _("Commitments to change"), figures.people, how, count),
        is_kept_back=not shown,
    )


def _kept(figures: CommitmentFigures) -> Iterator[Figure]:
    how = _("Of the commitments that something was said of: done. As learners say themselves.")
    for each in figures.stages:
        share = Share(each.done, each.answered)
        name = _("Commitments done after %d days") % each.stage
        yield Figure(
            *(Level.PERFORMANCE, name, each.answered, how, share.percent, "%"),
            interval=share.interval,
        )


def _recorded(records: Sequence[MeasureFigure]) -> Iterator[Figure]:
    """The latest figure of each measure from before and from after, out of somebody's records."""
    for (level, measure, _about), (before, after) in pairs_of(records).items():
        share = Share(after.numerator, after.denominator) if after else None
        first = Share(before.numerator, before.denominator) if before else None
        both = Difference(first, share) if first and share else None
        last = after or before
        if last is None:
            continue
        people = last.denominator
        few = people < FEWEST_SHOWN or (first is not None and first.denominator < FEWEST_SHOWN)
        yield Figure(
            level=Level(level),
            name=measure,
            people=people,
            how=_(
                "From records (%(source)s); interval of the difference after Newcombe. The two "
                "times may differ in more than the activity."
            )
            % {"source": last.source},
            value=None if few or share is None else share.percent,
            unit="%",
            before=None if few or first is None else first.percent,
            interval=None if few or both is None else both.interval,
            is_kept_back=few,
        )

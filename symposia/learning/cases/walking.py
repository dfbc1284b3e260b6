"""How a case goes: what decisions make of the patient, where they lead, what they earn. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from symposia.learning.cases.document import (
    MINUTES,
    POINTS,
    CaseCompare,
    CaseDocument,
    CaseFinding,
    CaseOption,
    CaseStep,
    CaseTurn,
    number_in,
    written,
)

_NAMED = re.compile(r"\{([^{}]{1,60})\}")
# So many moments of all ways together are looked at; above that a condition may go either way.
MOST_MOMENTS = 4_000


@dataclass(frozen=True)
class Patient:
    """How the patient is, how much time has passed, and what was earned so far."""

    values: Mapping[str, str] = field(default_factory=dict)
    minutes: int = 0
    points: int = 0


@dataclass(frozen=True)
class Taken:
    """A finding that was asked for, or a decision, at a step."""

    step: str
    choice: str
    is_decision: bool


@dataclass(frozen=True)
class Passed:
    """A step that was gone through: how the patient was, what was asked, what was decided."""

    step: CaseStep
    patient: Patient
    asked: Sequence[CaseFinding] = ()
    decided: CaseOption | None = None


@dataclass(frozen=True)
class Walk:
    """Where somebody is in a case after what they did."""

    passed: Sequence[Passed]

    @property
    def here(self) -> Passed:
        return self.passed[-1]

    @property
    def last(self) -> Passed | None:
        """The step before this one, with what was decided there."""
        return self.passed[-2] if len(self.passed) > 1 else None

    @property
    def is_over(self) -> bool:
        return self.here.step.ending is not None


def begun(document: CaseDocument) -> Patient:
    """The patient before anything was done."""
    return Patient({each.code: each.start for each in document.values})


def walked(document: CaseDocument, taken: Iterable[Taken]) -> Walk:
    """The way through a document by what was done, in its order. Whatever does not belong where
    one is then is passed over: a version is never changed, so nothing of it ever is."""
    start = document.start
    if start is None:
        raise ValueError("a case without steps cannot be walked")
    passed = [Passed(start, begun(document))]
    for each in taken:
        here = passed[-1]
        if each.step != here.step.code:
            continue
        if each.is_decision:
            passed = _decided(document, passed, each.choice)
        elif finding := here.step.finding(each.choice):
            asked = (*here.asked, finding)
            passed[-1] = replace(here, asked=asked, patient=after_asking(here.patient, finding))
    return Walk(tuple(passed))


def _decided(document: CaseDocument, passed: list[Passed], choice: str) -> list[Passed]:
    here = passed[-1]
    option = here.step.option(choice)
    patient = after_deciding(here.patient, option) if option else here.patient
    following = document.step(leads_to(option, patient)) if option else None
    if option is None or following is None:
        return passed
    return [*passed[:-1], replace(here, decided=option), Passed(following, patient)]


def after_asking(patient: Patient, finding: CaseFinding) -> Patient:
    """Asking takes its time and its points; it changes nothing of the patient."""
    minutes, points = patient.minutes + finding.minutes, patient.points + finding.points
    return replace(patient, minutes=minutes, points=points)


def after_deciding(patient: Patient, option: CaseOption) -> Patient:
    """The patient once it was decided so."""
    values = dict(patient.values)
    for each in option.effects:
        if each.value in values:
            values[each.value] = changed(values[each.value], each.does)
    return Patient(values, patient.minutes + option.minutes, patient.points + option.points)


def changed(was: str, does: str) -> str:
    """A value after an effect on it: `+10`, `-10`, `120`, `=-4`, or words."""
    by, from_ = number_in(does), number_in(was)
    if does[:1] in {"+", "-"} and by is not None and from_ is not None:
        return written(from_ + by)
    return does[1:].strip() if does.startswith("=") else does


def leads_to(option: CaseOption, patient: Patient) -> str:
    """The step after a decision: the first condition that holds, else where the option leads."""
    return next((turn.to for turn in option.turns if holds(turn, patient)), option.to)


def holds(turn: CaseTurn, patient: Patient) -> bool:
    """Whether a condition holds for the patient as they are."""
    than = number_in(turn.than)
    value = _number(turn.value, patient)
    if value is None or than is None:
        is_same = patient.values.get(turn.value, "").casefold() == turn.than.strip().casefold()
        return is_same if turn.compare == CaseCompare.IS else _is_not(turn) and not is_same
    return {
        CaseCompare.BELOW: value < than,
        CaseCompare.AT_MOST: value <= than,
        CaseCompare.ABOVE: value > than,
        CaseCompare.AT_LEAST: value >= than,
        CaseCompare.IS: value == than,
        CaseCompare.IS_NOT: value != than,
    }[turn.compare]


def _is_not(turn: CaseTurn) -> bool:
    return turn.compare == CaseCompare.IS_NOT


def _number(code: str, patient: Patient) -> Decimal | None:
    if code in {MINUTES, POINTS}:
        return Decimal(patient.minutes if code == MINUTES else patient.points)
    return number_in(patient.values.get(code, ""))


def filled(text: str, document: CaseDocument, patient: Patient) -> str:
    """A text with the patient's values in the places that name them: `{Lactate}`."""
    known = {each.label.casefold(): each for each in document.values}

    def said(found: re.Match[str]) -> str:
        value = known.get(found[1].strip().casefold())
        if value is None:
            return found[0]
        return f"{patient.values.get(value.code, '')} {value.unit}".strip()

    return _NAMED.sub(said, text)


def named_in(text: str) -> list[str]:
    """The values that a text names."""
    return [each.strip() for each in _NAMED.findall(text)]


def percent_of(points: int, best: int) -> int:
    """What was earned, of the most that can be, of a hundred; a case without points is all or none
    by its end, and whoever came there has all."""
    return max(0, min(100, round(100 * points / best))) if best > 0 else 100


@dataclass(frozen=True)
class Explored:
    """All ways through a case: the steps that some way comes to, and the most it can earn."""

    reached: frozenset[str]
    best: int


def explored(document: CaseDocument) -> Explored:
    """Go every way of a case that does not go in circles. What asking costs in time and points is
    the learner's choice, so a condition on those may go either way."""
    if document.start is None:
        return Explored(frozenset(), 0)
    found = _Exploring(document)
    best = found.best(document.start, begun(document))
    return Explored(frozenset(found.reached), best)


class _Exploring:
    """Each moment once: a step with the patient as they come to it."""

    def __init__(self, document: CaseDocument) -> None:
        self.document = document
        self.reached: set[str] = set()
        self.known: dict[tuple[object, ...], int] = {}

    def best(self, step: CaseStep, patient: Patient) -> int:
        is_wide = len(self.known) >= MOST_MOMENTS
        key = (step.code,) if is_wide else (step.code, *sorted(patient.values.items()))
        if key not in self.known:
            self.reached.add(step.code)
            self.known[key] = self._asked(step) + max(
                (self._option(option, patient, is_wide) for option in step.options), default=0
            )
        return self.known[key]

    @staticmethod
    def _asked(step: CaseStep) -> int:
        """Findings that are worth points are asked for by whoever does best."""
        return sum(max(0, each.points) for each in step.findings)

    def _option(self, option: CaseOption, patient: Patient, is_wide: bool) -> int:
        after = after_deciding(patient, option)
        steps = (self.document.step(code) for code in self._ways(option, after, is_wide))
        return option.points + max((self.best(each, after) for each in steps if each), default=0)

    @staticmethod
    def _ways(option: CaseOption, patient: Patient, is_wide: bool) -> list[str]:
        ways = []
        for turn in option.turns:
            if is_wide or turn.value in {MINUTES, POINTS}:
                ways.append(turn.to)
            elif holds(turn, patient):
                return [*ways, turn.to]
        return [*ways, option.to]

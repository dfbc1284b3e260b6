"""A moment of a case as a page shows it, to learners and to the author who tries it out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from symposia.learning.cases.document import (
    CaseAsking,
    CaseDocument,
    CaseFinding,
    CaseOption,
    CaseOutcome,
    CaseQuality,
    PatientValue,
    number_in,
)
from symposia.learning.cases.walking import Passed, Patient, Walk, filled
from symposia.learning.texts import Block, blocks_of

QUALITY_TONES: dict[str, str] = {
    CaseQuality.RIGHT: "ok",
    CaseQuality.POSSIBLE: "warn",
    CaseQuality.WRONG: "stop",
}
OUTCOME_TONES: dict[str, str] = {
    CaseOutcome.GOOD: "ok",
    CaseOutcome.FAIR: "warn",
    CaseOutcome.POOR: "stop",
}


@dataclass(frozen=True)
class Shown:
    """A value of the patient: how it is, whether that is usual, and whether it was otherwise."""

    label: str
    text: str
    # `low` or `high` where it is not usual.
    stands_out: str
    was: str


@dataclass(frozen=True)
class Known:
    """A finding that was asked for, and what it showed."""

    finding: CaseFinding
    blocks: Sequence[Block]
    kind: str


@dataclass(frozen=True)
class Open:
    """Findings of one kind that may still be asked for."""

    kind: str
    findings: Sequence[CaseFinding]


@dataclass(frozen=True)
class Feedback:
    """What was decided at the step before, why it is good or not, and where that stands."""

    step: str
    option: CaseOption
    quality: str
    tone: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Line:
    """One step of the way that was gone."""

    step: str
    asked: Sequence[CaseFinding]
    decided: CaseOption | None
    quality: str
    tone: str


@dataclass(frozen=True)
class Scene:
    """Everything that stands on the page of one moment."""

    title: str
    code: str
    blocks: Sequence[Block]
    values: Sequence[Shown]
    asked: Sequence[Known]
    open: Sequence[Open]
    options: Sequence[CaseOption]
    feedback: Feedback | None
    way: Sequence[Line]
    minutes: int
    points: int
    ending: str
    ending_tone: str


def scene_of(document: CaseDocument, walk: Walk) -> Scene:
    """What is seen, known and can be done where somebody is in a case."""
    here, step = walk.here, walk.here.step
    ending = step.ending
    return Scene(
        title=step.title,
        code=step.code,
        blocks=blocks_of(filled(step.text, document, here.patient)),
        values=list(_values(document, walk)),
        asked=list(_asked(document, walk)),
        open=list(_open(here)),
        options=step.options,
        feedback=_feedback(document, walk.last, here.patient) if walk.last else None,
        way=[_line(each) for each in walk.passed],
        minutes=here.patient.minutes,
        points=here.patient.points,
        ending=str(ending.label) if ending else "",
        ending_tone=OUTCOME_TONES[ending] if ending else "",
    )


def _values(document: CaseDocument, walk: Walk) -> Iterator[Shown]:
    now = walk.here.patient.values
    before = walk.last.patient.values if walk.last else now
    for each in document.values:
        is_now, was = now.get(each.code, ""), before.get(each.code, "")
        text = f"{is_now} {each.unit}".strip()
        yield Shown(each.label, text, _stands_out(each, is_now), was if was != is_now else "")


def _stands_out(value: PatientValue, text: str) -> str:
    number, low, high = number_in(text), number_in(value.low), number_in(value.high)
    if number is None:
        return ""
    if low is not None and number < low:
        return "low"
    return "high" if high is not None and number > high else ""


def _asked(document: CaseDocument, walk: Walk) -> Iterator[Known]:
    """What was asked for in the whole case, the latest first: one does not forget it."""
    for passed in reversed(walk.passed):
        for finding in reversed(passed.asked):
            shows = filled(finding.shows, document, passed.patient)
            yield Known(finding, blocks_of(shows), str(finding.kind.label))


def _open(here: Passed) -> Iterator[Open]:
    known = {each.code for each in here.asked}
    left = [each for each in here.step.findings if each.code not in known]
    for kind in CaseAsking:
        of_kind = [each for each in left if each.kind == kind]
        if of_kind:
            yield Open(str(kind.label), of_kind)


def _feedback(document: CaseDocument, last: Passed, patient: Patient) -> Feedback | None:
    option = last.decided
    if option is None:
        return None
    blocks = blocks_of(filled(option.rationale, document, patient))
    quality = option.quality
    return Feedback(last.step.title, option, str(quality.label), QUALITY_TONES[quality], blocks)


def _line(passed: Passed) -> Line:
    option = passed.decided
    tone = QUALITY_TONES[option.quality] if option else ""
    quality = str(option.quality.label) if option else ""
    return Line(passed.step.title, passed.asked, option, quality, tone)

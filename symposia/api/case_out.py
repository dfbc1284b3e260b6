"""Cases as programs send and read them."""

import uuid
from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from symposia.learning.cases.document import CaseDocument
from symposia.learning.cases.problems import problems_of
from symposia.learning.cases.reading import Playing, versions_of
from symposia.learning.cases.walking import filled
from symposia.learning.models import Case


class CaseDraftIn(Schema):
    """A case as it is from now on; `seen_version` is the version that was read."""

    content: CaseDocument
    seen_version: int = Field(ge=0, le=2_000_000_000)


class CaseCheckIn(Schema):
    """A case that is only looked at."""

    content: CaseDocument


class CasePublicationIn(Schema):
    """Which draft is published: `seen_version` is the version that was read."""

    seen_version: int = Field(ge=0, le=2_000_000_000)


class CaseProblemOut(Schema):
    """Something to mend before a case is published, and the step where it is."""

    code: str
    step: str
    detail: str


class CaseVersionOut(Schema):
    """A case as it was published."""

    number: int
    sha256: str
    best: int
    published_at: datetime
    by_name: str


class CaseOut(Schema):
    """A case as its author has it, what is to be mended, and what was published."""

    lesson: uuid.UUID
    version: int
    content: CaseDocument
    problems: list[CaseProblemOut]
    versions: list[CaseVersionOut]


class CaseWayOut(Schema):
    """How many decided so at a step; nothing where that is kept back."""

    option: str
    learners: int | None


class CaseStepFigureOut(Schema):
    """How many came to a step and went on from there; nothing where that is kept back."""

    step: str
    title: str
    came: int | None
    left: int | None
    ways: list[CaseWayOut]


class CasePathsOut(Schema):
    """The ways that learners took through a version when they went for the first time."""

    version: int
    begun: int | None
    percent: int | None
    steps: list[CaseStepFigureOut]


class CaseRunIn(Schema):
    """Whose case is begun: the registration of a learner."""

    registration: uuid.UUID


class CaseAskingIn(CaseRunIn):
    """A finding that a learner asks for at the step where they are."""

    step: str = Field(max_length=12, pattern=r"^[a-z0-9]+$")
    finding: str = Field(max_length=12, pattern=r"^[a-z0-9]+$")


class CaseDecisionIn(CaseRunIn):
    """What a learner decides at the step where they are."""

    step: str = Field(max_length=12, pattern=r"^[a-z0-9]+$")
    option: str = Field(max_length=12, pattern=r"^[a-z0-9]+$")


class CaseChoiceOut(Schema):
    """Something that can be asked for or decided."""

    code: str
    label: str


class CaseMoveOut(Schema):
    """One thing that was done, in its order."""

    kind: str
    step_code: str
    choice_code: str
    next_code: str
    at: datetime


class CaseFeedbackOut(Schema):
    """What came of the last decision: how good it was, why, and where that stands."""

    option: str
    quality: str
    points: int
    rationale: str
    source: str


class CaseRunOut(Schema):
    """Where a learner is in a case."""

    lesson: uuid.UUID
    number: int
    version: int
    step: str
    title: str
    text: str
    values: dict[str, str]
    minutes: int
    points: int
    ending: str | None
    percent: int | None
    feedback: CaseFeedbackOut | None
    findings: list[CaseChoiceOut]
    options: list[CaseChoiceOut]
    moves: list[CaseMoveOut]


def problems_out(document: CaseDocument) -> list[dict[str, Any]]:
    return [
        {"code": each.why.code, "step": each.step, "detail": str(each)}
        for each in problems_of(document)
    ]


def case_out(case: Case) -> dict[str, Any]:
    return {
        "lesson": case.lesson_id,
        "version": case.version,
        "content": case.document,
        "problems": problems_out(case.document),
        "versions": versions_of(case),
    }


def run_out(now: Playing) -> dict[str, Any]:
    here, step = now.walk.here, now.walk.here.step
    known = {each.code for each in here.asked}
    return {
        "lesson": now.run.lesson_id,
        "number": now.run.number,
        "version": now.run.case_version.number,
        "step": step.code,
        "title": step.title,
        "text": filled(step.text, now.document, here.patient),
        "values": here.patient.values,
        "minutes": here.patient.minutes,
        "points": here.patient.points,
        "ending": step.ending,
        "percent": now.result.percent if now.result else None,
        "feedback": _feedback(now),
        "findings": [each for each in step.findings if each.code not in known],
        "options": step.options,
        "moves": now.moves,
    }


def _feedback(now: Playing) -> dict[str, Any] | None:
    option = now.walk.last.decided if now.walk.last else None
    if option is None:
        return None
    names = ("quality", "points", "rationale", "source")
    return {"option": option.code} | {name: getattr(option, name) for name in names}

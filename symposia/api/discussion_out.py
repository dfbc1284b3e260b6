"""Discussions, contributions and shared practice as programs send and read them."""

import uuid
from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from symposia.learning.actions.discussions import DiscussionFacts
from symposia.learning.actions.practices import PracticeFacts
from symposia.learning.discussing import threads_of, voice_of_office
from symposia.learning.models import (
    Adopting,
    Contribution,
    Discussion,
    DiscussionKind,
    Moderation,
    Practice,
    PracticeKind,
    PracticeVerdict,
)
from symposia.learning.practice_rules import digest_of_practice
from symposia.learning.sharing import Checked, adoptions_of, checked
from symposia.shared.actors import Actor

VERSION = Field(ge=0, le=2_000_000_000)


class DiscussionIn(Schema):
    """What is discussed, from when to when, and how it is moderated."""

    kind: DiscussionKind = DiscussionKind.OPEN
    title: str = Field(min_length=1, max_length=200)
    introduction: str = Field("", max_length=5_000)
    citation: str = Field("", max_length=1_000)
    doi: str = Field("", max_length=200)
    address: str = Field("", max_length=500)
    questions: list[str] = Field(default=[], max_length=20)
    opens_on: date
    closes_on: date | None = None
    moderation: Moderation = Moderation.AFTER
    edit_minutes: int = Field(15, ge=0, le=1_440)

    def facts(self) -> DiscussionFacts:
        said = {name: getattr(self, name) for name in DiscussionIn.model_fields}
        return DiscussionFacts(**said)


class DiscussionNewIn(DiscussionIn):
    """A discussion, and the activity it belongs to."""

    activity: uuid.UUID


class DiscussionChangeIn(DiscussionIn):
    """A discussion as it is from now on; `seen_version` is the version that was read."""

    seen_version: int = VERSION


class ContributionOut(Schema):
    """What somebody said, and whether others see it."""

    id: uuid.UUID
    head: uuid.UUID | None
    speaks_as: str
    author_name: str
    registration: uuid.UUID | None
    question: int | None
    text: str
    state: str
    version: int
    written_at: datetime
    edited_at: datetime | None
    pinned_at: datetime | None
    settled_because: str


class DiscussionOut(Schema):
    """A discussion with everything that was said in it, threads in their order."""

    id: uuid.UUID
    activity: uuid.UUID
    kind: str
    title: str
    introduction: str
    citation: str
    doi: str
    paper: str
    questions: list[str]
    opens_on: date
    closes_on: date | None
    moderation: str
    edit_minutes: int
    version: int
    told_at: datetime | None
    contributions: list[ContributionOut]


class RemarkIn(Schema):
    """What somebody says; `head` is what it replies to."""

    text: str = Field(min_length=1, max_length=5_000)
    head: uuid.UUID | None = None
    question: int | None = Field(None, ge=1, le=20)


class ContributionIn(RemarkIn):
    """What a learner says: the one with this place."""

    registration: uuid.UUID


class LearnerIn(Schema):
    """For which learner: the one with this place."""

    registration: uuid.UUID


class ContributionChangeIn(LearnerIn):
    """The own words, changed; `seen_version` is the version that was read."""

    text: str = Field(min_length=1, max_length=5_000)
    seen_version: int = VERSION


class ContributionReportIn(LearnerIn):
    """What a learner finds wrong with somebody's words."""

    reason: str = Field(min_length=1, max_length=1_000)


class ShowingIn(Schema):
    """Which version of a contribution is shown."""

    seen_version: int = VERSION


class HidingIn(Schema):
    """Why a contribution is hidden; its author reads it."""

    reason: str = Field(min_length=1, max_length=1_000)


class PinIn(Schema):
    """Whether a thread stands first."""

    pinned: bool = True


class PracticeIn(LearnerIn):
    """What a learner shares."""

    kind: PracticeKind = PracticeKind.PRACTICE
    title: str = Field(min_length=1, max_length=200)
    done: str = Field(min_length=1, max_length=10_000)
    setting: str = Field("", max_length=10_000)
    result: str = Field("", max_length=10_000)
    reference: str = Field("", max_length=1_000)
    specialty: str = Field("", max_length=120)

    def facts(self) -> PracticeFacts:
        names = [name for name in PracticeIn.model_fields if name != "registration"]
        return PracticeFacts(**{name: getattr(self, name) for name in names})


class PracticeChangeIn(PracticeIn):
    """A practice as it is from now on; `seen_version` is the version that was read."""

    seen_version: int = VERSION


class IdentifierAnswerIn(LearnerIn):
    """What is done about something that may tell who a patient is: taken out, or why it is of
    none."""

    kind: str = Field(max_length=10)
    part: str = Field(max_length=10)
    quoted: str = Field(max_length=200)
    removed: bool = False
    reason: str = Field("", max_length=500)


class AdoptionIn(LearnerIn):
    """How far a colleague takes a practice up."""

    kind: Adopting
    note: str = Field("", max_length=500)


class PracticeCommentIn(LearnerIn):
    """What a colleague says about a practice."""

    text: str = Field(min_length=1, max_length=5_000)
    head: uuid.UUID | None = None


class PracticeDecisionIn(Schema):
    """What an editor decides on exactly what was read (`sha256`), and the words to the author."""

    verdict: PracticeVerdict
    sha256: str = Field("", max_length=64)
    note: str = Field("", max_length=5_000)


class IdentifierFindingOut(Schema):
    """Something that may tell who a patient is, where it stands, and why it is of none."""

    kind: str
    part: str
    quoted: str
    line: int
    start: int
    reason: str


class PracticeOut(Schema):
    """What a colleague shares, what was found in it, and what it came to."""

    id: uuid.UUID
    activity: uuid.UUID
    author_name: str
    kind: str
    title: str
    done: str
    setting: str
    result: str
    reference: str
    specialty: str
    state: str
    version: int
    sha256: str
    decided_because: str
    findings: list[IdentifierFindingOut]
    doing: int
    trying: int
    comments: list[ContributionOut]


def discussion_out(discussion: Discussion, by: Actor) -> dict[str, Any]:
    """A discussion as the office reads it."""
    return _own(discussion, DiscussionOut, ("activity", "contributions")) | {
        "activity": discussion.activity_id,
        "contributions": said_out(discussion, by),
    }


def said_out(place: Discussion | Practice, by: Actor) -> list[dict[str, Any]]:
    """What was said in a place, each beginning before its replies."""
    threads = threads_of(place, voice_of_office(by))
    return [contribution_out(each) for one in threads for each in (one.head, *one.replies)]


def contribution_out(contribution: Contribution) -> dict[str, Any]:
    """What somebody said."""
    return _own(contribution, ContributionOut, ("head", "registration")) | {
        "head": contribution.head_id,
        "registration": contribution.registration_id,
    }


def practice_out(practice: Practice, by: Actor) -> dict[str, Any]:
    """A practice with what was found in it."""
    came = adoptions_of(practice)
    worked = ("activity", "sha256", "findings", "doing", "trying", "comments")
    return _own(practice, PracticeOut, worked) | {
        "activity": practice.activity_id,
        "sha256": digest_of_practice(practice),
        "findings": [_finding_out(each) for each in checked(practice)],
        "doing": came.doing,
        "trying": came.trying,
        "comments": said_out(practice, by),
    }


def _finding_out(each: Checked) -> dict[str, Any]:
    found = each.finding
    return {
        "kind": str(found.kind),
        "part": found.field,
        "quoted": found.quoted,
        "line": found.line,
        "start": found.start,
        "reason": each.reason,
    }


def _own(row: Any, schema: type[Schema], worked: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in schema.model_fields if name not in worked}

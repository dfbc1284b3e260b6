"""Everything between one clinician and the organisation, as far as each part is for whoever looks.

Each source asks its own `visible_to`: a representative reads invitations, places and follow-ups of
the own territory, and neither learning, answers nor credit.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, Subquery, Sum, Value
from django.db.models.expressions import Combinable
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.attendance.models import Kind, PresenceEvidence
from symposia.credits.models import CreditEntry
from symposia.directory.models import Clinician
from symposia.engagement.models import (
    AdverseEvent,
    FollowUp,
    FollowUpState,
    HandedQuestion,
    MaterialOpening,
    MaterialShare,
)
from symposia.engagement.moments import Moment, MomentKind
from symposia.engagement.score import Score, score_of, weights_on
from symposia.learning.models import AudienceQuestion, Progress
from symposia.outreach.models import Invitation
from symposia.outreach.models import State as Answer
from symposia.registrations.models import Registration

# Of each kind the latest; a page of all would be read by nobody.
MOST = 200
M = MomentKind
_ANSWERS = {Answer.ACCEPTED: M.ACCEPTED, Answer.DECLINED: M.DECLINED}
_CLOSED = {
    FollowUpState.DONE: M.FOLLOWED_UP,
    FollowUpState.DECLINED: M.NOT_FOLLOWED_UP,
}
_ACTIVITY = ("activity_id", "activity__title")
_QUESTION, _EVENT = "question", "event"
_HANDED = {
    _QUESTION: _("Question to medical affairs"),
    _EVENT: _("Adverse event to drug safety"),
}
Source = Callable[[Access, Any], Iterator[Moment]]


@dataclass(frozen=True)
class Engagement:
    """The timeline of one clinician, the last first, and the score of what it shows."""

    moments: list[Moment]
    score: Score | None


def engagement_of(access: Access, clinician: Clinician) -> Engagement:
    """What this person may see of somebody."""
    people = Clinician.objects.of_person(clinician.pk)
    found = [moment for source in SOURCES for moment in source(access, people)]
    found.sort(key=lambda each: each.at, reverse=True)
    weights, at = weights_on(local_day()), now()
    return Engagement(found, score_of(found, weights, at=at) if weights else None)


def _invited(access: Access, people: Any) -> Iterator[Moment]:
    rows = Invitation.objects.visible_to(access).filter(clinician__in=people)
    told = rows.order_by("-sent_at", "pk").values_list("sent_at", "replied_at", "state", *_ACTIVITY)
    for sent_at, replied_at, state, activity_id, title in told[:MOST]:
        yield Moment(sent_at, M.INVITED, activity_id, title)
        if replied_at and state in _ANSWERS:
            yield Moment(replied_at, _ANSWERS[Answer(state)], activity_id, title)


def _came(access: Access, people: Any) -> Iterator[Moment]:
    """By the evidence for whoever reads presence; by the follow-ups for whoever follows up."""
    seen = Permission.VIEW_ATTENDANCE
    if not access.holds(seen):
        yield from _came_by_follow_ups(access, people)
        return
    places = Registration.objects.visible_to(access, seen).filter(clinician__in=people)
    evidence = PresenceEvidence.objects.filter(registration=OuterRef("pk")).exclude(kind=Kind.UNDO)
    undone = PresenceEvidence.objects.undoing(OuterRef("event_uuid"), OuterRef("by_id"))
    stands = evidence.filter(~Exists(undone)).order_by().values("registration")
    first = Subquery(stands.annotate(first=Min("occurred_at")).values("first"))
    rows = places.annotate(first_seen=first).exclude(first_seen=None)
    yield from _each(rows, M.CAME, "first_seen")


def _came_by_follow_ups(access: Access, people: Any) -> Iterator[Moment]:
    owed = FollowUp.objects.visible_to(access).filter(clinician__in=people, came=True)
    standing = owed.exclude(state=FollowUpState.DROPPED)
    once = {each.activity_id: each for each in _each(standing, M.CAME, "activity__starts_at")}
    yield from once.values()


def _learned(access: Access, people: Any) -> Iterator[Moment]:
    rows = Progress.objects.visible_to(access).filter(registration__clinician__in=people)
    done = rows.exclude(completed_at=None)
    yield from _each(done, M.LEARNED, "completed_at", "lesson__title")


def _asked(access: Access, people: Any) -> Iterator[Moment]:
    theirs = Q(registration__clinician__in=people) | Q(clinician__in=people)
    rows = AudienceQuestion.objects.visible_to(access).filter(theirs)
    yield from _each(rows, M.ASKED, "asked_at", "text")


def _followed_up(access: Access, people: Any) -> Iterator[Moment]:
    rows = FollowUp.objects.visible_to(access).filter(clinician__in=people)
    standing = rows.exclude(state=FollowUpState.DROPPED).select_related("activity")
    for each in standing.order_by("-made_at", "pk")[:MOST]:
        activity = each.activity_id, each.activity.title
        what = str(each.get_kind_display())
        if each.is_open:
            yield Moment(each.made_at, M.OWED, *activity, what)
        elif each.closed_at:
            said = f"{what}: {each.said}"
            yield Moment(each.closed_at, _CLOSED[FollowUpState(each.state)], *activity, said)


def _given_and_handed(access: Access, people: Any) -> Iterator[Moment]:
    """Materials, their openings, and that something was handed on, in one statement; its words are
    for whoever deals with it."""
    seen = FollowUp.objects.visible_to(access).filter(clinician__in=people)
    shares = MaterialShare.objects.filter(follow_up__in=seen)
    opened = MaterialOpening.objects.filter(share__in=shares)
    asked = HandedQuestion.objects.filter(follow_up__in=seen)
    harmed = AdverseEvent.objects.filter(follow_up__in=seen)
    told = _told(shares, M.GIVEN, "at", F("material__name")).union(
        _told(opened, M.OPENED, "at", F("share__material__name")),
        _told(asked, M.HANDED, "at", Value(_QUESTION)),
        _told(harmed, M.HANDED, "recorded_at", Value(_EVENT)),
        all=True,
    )
    for kind, at, activity_id, title, says in told.order_by("-moment_at")[:MOST]:
        detail = str(_HANDED[says]) if kind == M.HANDED else says
        yield Moment(at, MomentKind(kind), activity_id, title, detail)


def _told(rows: Any, kind: MomentKind, at: str, says: Combinable) -> Any:
    said = {"moment": Value(kind.value), "moment_at": F(at), "says": says}
    return rows.order_by().annotate(**said).values_list("moment", "moment_at", *_ACTIVITY, "says")


def _credited(access: Access, people: Any) -> Iterator[Moment]:
    """What somebody holds of each system: entries that were taken back leave nothing."""
    rows = CreditEntry.objects.visible_to(access).filter(clinician__in=people).order_by()
    held = rows.values(*_ACTIVITY, "system__name").annotate(
        earned_at=Min("entered_at"), held=Sum("amount")
    )
    told = held.filter(held__gt=0).order_by("-earned_at", "activity_id")
    names = ("earned_at", *_ACTIVITY, "held", "system__name")
    for at, activity_id, title, amount, system in told.values_list(*names)[:MOST]:
        yield Moment(at, M.CREDIT, activity_id, title, f"{amount:f} {system}")


def _each(rows: Any, kind: MomentKind, at: str, detail: str = "") -> Iterator[Moment]:
    """Each row as a moment, the latest first; what is said of it stands in a field."""
    names = filter(None, (at, *_ACTIVITY, detail))
    for when, activity_id, title, *told in rows.order_by(f"-{at}", "pk").values_list(*names)[:MOST]:
        yield Moment(when, kind, activity_id, title, told[0] if told else "")


SOURCES: tuple[Source, ...] = (
    *(_invited, _came, _learned, _asked, _followed_up, _given_and_handed, _credited),
)

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from symposia.accounts.permissions import Access, Permission
from symposia.approvals.laying import falls, place_of
from symposia.approvals.models import (
    ApprovalRequest,
    Decision,
    RequestVersion,
    State,
    Verdict,
    Voiding,
)
from symposia.approvals.models.reach import sees_every_request
from symposia.approvals.queries.delegations import Lent, lent_to
from symposia.approvals.signing import fault_of
from symposia.shared.refusals import Objection


@dataclass(frozen=True)
class FactChange:
    """One fact of a subject in two of its versions; nothing where it did not exist."""

    path: tuple[str, ...]
    was: Any
    now: Any


def sees_request(access: Access, pk: uuid.UUID, *, at: datetime) -> bool:
    """Whether this person sees a request, also in another's place."""
    if sees_every_request(access, Permission.VIEW_APPROVALS):
        return True
    asked = ApprovalRequest.objects.filter(pk=pk)
    if asked.visible_to(access).exists():
        return True
    lent = [each.access for each in lent_to(access, at=at)]
    return bool(lent) and asked.visible_to(access, lent=lent).exists()


def requests_waiting_for(access: Access, lent: Collection[Lent] = ()) -> QuerySet[ApprovalRequest]:
    """The requests that wait for a signature this person may give, also in another's place:
    the riskiest first, then the oldest."""
    visible = ApprovalRequest.objects.visible_to(access, lent=[each.access for each in lent])
    mine = visible.to_sign_by(access).exclude(involved__contains=[access.user_id])
    ids = Q(pk__in=mine.values("pk"))
    for each in lent:
        theirs = visible.to_sign_by(each.access).exclude(
            involved__overlap=[access.user_id, each.giver_id]
        )
        ids |= Q(pk__in=theirs.values("pk"))
    rows = visible.filter(ids) if lent else mine
    return rows.order_by("-risk", "opened_at", "pk")


def waiting_for(access: Access, lent: Collection[Lent] = ()) -> int:
    """How many requests wait for this person."""
    return requests_waiting_for(access, lent).count()


def latest_of(subject_type: str, subject_id: uuid.UUID) -> ApprovalRequest | None:
    """The newest request about a subject, whatever became of it."""
    return ApprovalRequest.objects.of_subject(subject_type, subject_id).first()


def living_of(subject_type: str, subject_id: uuid.UUID) -> ApprovalRequest | None:
    """The request that is open, or returned and may come back."""
    found = ApprovalRequest.objects.of_subject(subject_type, subject_id)
    return found.filter(state__in=[State.OPEN, State.RETURNED]).first()


def decisions_of(request: ApprovalRequest) -> list[Decision]:
    """Every signature, newest first."""
    return list(Decision.objects.filter(request=request).order_by("-decided_at", "-pk"))


def kept_signatures(request: ApprovalRequest) -> list[Decision]:
    """Every yes to a request that nothing has voided, whatever version it was given on."""
    yes = Decision.objects.filter(request=request, verdict=Verdict.APPROVE)
    return list(yes.filter(voidings=None).order_by("version", "step"))


def standing_of(request: ApprovalRequest) -> dict[int, Decision]:
    """The signatures that count now, by the place of their step."""
    steps, found = request.route_steps, {}
    for decision in kept_signatures(request):
        place = place_of(decision, steps)
        if place is not None:
            found[place] = decision
    return dict(sorted(found.items()))


def steps_decided(request: ApprovalRequest) -> list[Decision]:
    """The signatures that count now, in the order of their steps."""
    return list(standing_of(request).values())


def asked_again(subject_type: str, subject_id: uuid.UUID, parts: Collection[str]) -> list[str]:
    """The steps whose signatures a change of these facts would take back, before anybody does."""
    request = latest_of(subject_type, subject_id)
    if request is None or not request.follows_changes:
        return []
    steps = request.route_steps
    standing = [
        (decision, steps[place], list(parts)) for place, decision in standing_of(request).items()
    ]
    return [fall.decision.step_name for fall in falls(standing, request.involved)]


def approved_facts(request: ApprovalRequest) -> dict[str, Any]:
    """What stands approved of a subject while a later change of it waits; nothing before that."""
    if request.approved_version is None:
        return {}
    kept = RequestVersion.objects.filter(request=request, version=request.approved_version)
    return next((dict(each.frozen) for each in kept), {})


def frozen_versions(request: ApprovalRequest) -> dict[int, RequestVersion]:
    """What was submitted each time, by its number."""
    return {each.version: each for each in RequestVersion.objects.filter(request=request)}


@dataclass(frozen=True)
class Signature:
    """A decision as a page shows it: whether it still counts, and why not."""

    decision: Decision
    fault: Objection | None
    voiding: Voiding | None


def signatures_of(request: ApprovalRequest) -> list[Signature]:
    """Every decision with what is wrong with it, newest first."""
    versions = frozen_versions(request)
    voided = {v.decision_id: v for v in Voiding.objects.filter(decision__request=request)}
    return [
        Signature(
            decision,
            fault_of(decision, request, versions.get(decision.version), voided.get(decision.pk)),
            voided.get(decision.pk),
        )
        for decision in decisions_of(request)
    ]


def version_before(request: ApprovalRequest, user_id: uuid.UUID) -> RequestVersion | None:
    """The version this person signed last, else the one before the current."""
    signed = (
        Decision.objects.filter(request=request, decided_by_id=user_id, version__lt=request.version)
        .order_by("-version")
        .values_list("version", flat=True)
        .first()
    )
    older = RequestVersion.objects.filter(request=request, version__lt=request.version)
    if signed:
        older = older.filter(version=signed)
    return older.order_by("-version").first()


@dataclass(frozen=True)
class Neighbours:
    """Where a request stands in a person's inbox, and its two neighbours."""

    place: int = 0
    count: int = 0
    previous_id: uuid.UUID | None = None
    next_id: uuid.UUID | None = None


def neighbours_of(request: ApprovalRequest, access: Access) -> Neighbours:
    """The open requests around one, the riskiest and then the oldest first."""
    open_ones = ApprovalRequest.objects.visible_to(access).open()
    ids = list(open_ones.order_by("-risk", "opened_at", "pk").values_list("pk", flat=True)[:500])
    if request.pk not in ids:
        return Neighbours()
    place = ids.index(request.pk)
    after = ids[place + 1] if place + 1 < len(ids) else None
    return Neighbours(place + 1, len(ids), ids[place - 1] if place else None, after)


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FactChange]:
    """Every fact that differs between two frozen versions; a new or lost record is one change."""
    return list(_differences(before, after, ()))


def _differences(was: Any, now: Any, path: tuple[str, ...]) -> Iterator[FactChange]:
    parts_was, parts_now = _parts(was), _parts(now)
    if was == now:
        return
    if parts_was is None or parts_now is None:
        yield FactChange(path, was, now)
        return
    for name in [*parts_now, *(name for name in parts_was if name not in parts_now)]:
        yield from _differences(parts_was.get(name), parts_now.get(name), (*path, name))


def _parts(value: Any) -> dict[str, Any] | None:
    """What a fact is made of: names of a record, records of a list by their `id`; else nothing."""
    if isinstance(value, Mapping):
        return {str(name): item for name, item in value.items() if name != "id"}
    if isinstance(value, list) and all(isinstance(item, Mapping) for item in value):
        return {str(item.get("id", place)): item for place, item in enumerate(value, start=1)}
    return None


@dataclass(frozen=True)
class Alike:
    """How closed requests like one ended, and the latest of them."""

    approved: int
    returned: int
    refused: int
    latest: list[ApprovalRequest]


def alike(request: ApprovalRequest, access: Access) -> Alike:
    """Past cases of the same kind and risk that this person may see."""
    rows = ApprovalRequest.objects.visible_to(access).alike(request)
    ended = {State.APPROVED: 0, State.RETURNED: 0, State.REFUSED: 0}
    counted = rows.order_by().values("state").annotate(number=Count("pk"))
    ended |= {State(each["state"]): each["number"] for each in counted}
    return Alike(ended[State.APPROVED], ended[State.RETURNED], ended[State.REFUSED], list(rows[:3]))

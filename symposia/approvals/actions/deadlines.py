from datetime import datetime, timedelta

from django.db import transaction

from symposia.approvals.letters import tell_deciders
from symposia.approvals.models import ApprovalRequest
from symposia.approvals.versions import roles_waiting
from symposia.audit.actions import record
from symposia.shared.actors import Actor

AGAIN_AFTER = timedelta(hours=24)


def chase_overdue(*, at: datetime, by: Actor) -> int:
    """Remind whoever should have signed by now, and let the role above sign where a route says so.

    Each request at most once a day; the number of requests that were chased.
    """
    overdue = ApprovalRequest.objects.overdue(at).to_remind(at - AGAIN_AFTER)
    return sum(chase_request(each, at=at, by=by) for each in overdue[:500])


@transaction.atomic
def chase_request(request: ApprovalRequest, *, at: datetime, by: Actor) -> bool:
    """Remind of one overdue request and escalate it, unless it was decided meanwhile."""
    request = ApprovalRequest.objects.locked(request.pk)
    if not request.is_open or request.due_at is None or request.due_at > at:
        return False

    request.reminded_at = at
    late = [
        request.step_at(place) for place in request.waiting_steps if _is_late(request, place, at)
    ]
    risen = [step.name for step in late if step.escalates_to and step.name not in request.escalated]
    request.escalated = sorted({*request.escalated, *risen})
    request.waiting_roles = roles_waiting(request)
    request.save()

    action = "approval.escalated" if risen else "approval.reminded"
    details = {"steps": risen or [step.name for step in late]}
    record(by, action, request, details=details)
    tell_deciders(request, at=at, by=by)
    return True


def _is_late(request: ApprovalRequest, place: int, at: datetime) -> bool:
    hours, since = request.step_at(place).hours, request.waiting_since
    return bool(hours and since and since + timedelta(hours=hours) <= at)

"""What waits for a role of somebody who leaves is made known to whoever goes on with it."""

import uuid

from django.db import transaction

from symposia.accounts.models import User
from symposia.approvals.letters import tell_signing_successor
from symposia.approvals.models import ApprovalRequest
from symposia.approvals.open_work import passed_on
from symposia.audit.actions import record
from symposia.shared.actors import Actor


@transaction.atomic
def hand_over_approvals(leaver_id: uuid.UUID, successor_id: uuid.UUID, *, by: Actor) -> int:
    """Ask the successor for each signature that their own role may give; answers how many.

    Signatures are by role: what the successor may not sign, or prepared, is not asked of them.
    """
    several = passed_on(leaver_id, successor_id)
    if not several:
        return 0
    successor, leaver = User.objects.get(pk=successor_id), User.objects.get(pk=leaver_id)
    for each in several:
        request = ApprovalRequest.objects.locked(each.pk)
        details = {"from": leaver_id, "to": successor_id}
        record(by, "approval.handed_over", request, details=details)
        tell_signing_successor(request, successor, leaver, by=by)
    return len(several)

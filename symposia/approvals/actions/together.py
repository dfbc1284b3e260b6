from collections.abc import Collection

from django.db import transaction

from symposia.accounts.permissions import Access
from symposia.approvals.actions.decisions import decide_request
from symposia.approvals.models import ApprovalRequest, Decision, Verdict
from symposia.approvals.policies import CHANGED, objection_to_together
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def approve_together(
    seen: Collection[str], *, reason: str, factor: str, access: Access, by: Actor
) -> list[Decision]:
    """Approve several low-risk requests that the same rules looked at, each with its signature.

    `seen` names each request with the hash that was shown; one that is another by now stops all.
    """
    hashes = dict(each.split(":", 1) for each in seen)
    rows = ApprovalRequest.objects.visible_to(access).filter(pk__in=hashes).order_by("pk")
    requests = list(rows.select_for_update())

    refuse_if(CHANGED if len(requests) != len(hashes) else None)
    refuse_if(objection_to_together(requests))

    decisions = []
    for request in requests:
        refuse_if(None if request.frozen_hash == hashes[str(request.pk)] else CHANGED)
        decisions.append(
            decide_request(
                request,
                verdict=Verdict.APPROVE,
                reason=reason,
                factor=factor,
                access=access,
                by=by,
            )
        )
    return decisions

from collections.abc import Collection

from django.db import transaction

from symposia.accounts.permissions import Access
from symposia.approvals.actions.decisions import DecisionFacts, decide_request
from symposia.approvals.models import ApprovalRequest, Decision, Verdict
from symposia.approvals.policies import CHANGED, objection_to_together
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def approve_together(
    seen: Collection[str], *, reason: str, factor: str, access: Access, by: Actor
) -> list[Decision]:
    """Approve several low-risk requests that the same rules looked at, each with its signature.

    `seen` names each request with the hash and the step that were shown; one that is another by
    now stops all.
    """
    shown = {pk: (hash_, int(step)) for pk, hash_, step in (each.split(":") for each in seen)}
    rows = ApprovalRequest.objects.visible_to(access).filter(pk__in=shown).order_by("pk")
    requests = list(rows.select_for_update())

    refuse_if(CHANGED if len(requests) != len(shown) else None)
    refuse_if(objection_to_together(requests))

    decisions = []
    for request in requests:
        seen_hash, seen_step = shown[str(request.pk)]
        said = DecisionFacts(Verdict.APPROVE, reason, seen_hash, seen_step, factor)
        decisions.append(decide_request(request, said, access=access, by=by))
    return decisions

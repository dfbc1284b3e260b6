from django.db import transaction

from symposia.activities.actions.rules import check_rules
from symposia.activities.models import Activity
from symposia.activities.policies import AMENDABLE, objection_to_findings
from symposia.activities.queries import frozen_of
from symposia.approvals.actions import revise_request
from symposia.approvals.models import ApprovalRequest
from symposia.approvals.preparing import with_preparer
from symposia.compliance.queries import findings_of
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if

SUBJECT = "activity"


@transaction.atomic
def note_preparer(activity: Activity, *, by: Actor) -> None:
    """Whoever changes what is to be signed has prepared it and does not sign it."""
    if with_preparer(activity.prepared_by, by) == activity.prepared_by:
        return
    noted = Activity.objects.locked(activity.pk).prepared_by  # somebody else's too, meanwhile
    activity.prepared_by = with_preparer(noted, by)
    activity.save(update_fields=["prepared_by"])


@transaction.atomic
def ask_again(activity: Activity, *, by: Actor) -> ApprovalRequest | None:
    """Put a change before those whose signature covers it; nobody else is asked.

    Alone only for people of the team and for files: what they lack holds back opening and start by
    facts of their own, and it must be possible to enter them before they disclose or are reviewed.
    Every other change of what is approved goes through `amend_approved`.
    """
    if activity.is_past:  # what happened is signed no more
        return None
    if activity.in_planning:
        note_preparer(activity, by=by)
    return revise_request(
        SUBJECT, activity.pk, frozen=frozen_of(activity), by=by, involved=activity.prepared_by
    )


@transaction.atomic
def amend_approved(activity: Activity, *, by: Actor) -> None:
    """After a change of what was approved: the rules must allow it, and it is asked again."""
    if activity.state in AMENDABLE:
        refuse_blocked(activity, by=by)
    ask_again(activity, by=by)


def refuse_blocked(activity: Activity, *, by: Actor) -> None:
    """Let the rules look at it; where they say no, nothing of the change remains."""
    evaluation = check_rules(activity, by=by, commits=True)
    blocks = [f.message for f in findings_of(evaluation) if f.holds_back]
    refuse_if(objection_to_findings(blocks))

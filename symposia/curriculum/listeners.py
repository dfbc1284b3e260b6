from symposia.accounts.events import MembershipEnded
from symposia.approvals.events import (
    ChangeRefused,
    RequestApproved,
    RequestConfirmed,
    RequestRefused,
    RequestReturned,
)
from symposia.curriculum.actions.handing_over import hand_over_curriculum
from symposia.curriculum.actions.plans import SUBJECT, approve_plan, end_plan, return_plan
from symposia.curriculum.models import Plan
from symposia.curriculum.open_work import KINDS
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to


@listens_to(RequestApproved)
def on_plan_approved(event: RequestApproved) -> None:
    if event.subject_type == SUBJECT:
        approve_plan(Plan.objects.get(pk=event.subject_id), by=event.by)


@listens_to(RequestConfirmed)
def on_plan_signed_again(event: RequestConfirmed) -> None:
    """What changed in a reopened plan has its signatures again."""
    if event.subject_type == SUBJECT:
        approve_plan(Plan.objects.get(pk=event.subject_id), by=event.by)


@listens_to(RequestReturned)
def on_plan_returned(event: RequestReturned) -> None:
    if event.subject_type == SUBJECT:
        return_plan(Plan.objects.get(pk=event.subject_id), reason=event.reason, by=event.by)


@listens_to(ChangeRefused)
def on_plan_change_refused(event: ChangeRefused) -> None:
    """A no to a change of an approved plan does not end it: it is put back, or changed again."""
    if event.subject_type == SUBJECT:
        return_plan(Plan.objects.get(pk=event.subject_id), reason=event.reason, by=event.by)


@listens_to(RequestRefused)
def on_plan_refused(event: RequestRefused) -> None:
    """A final no ends the plan; the reason is the approver's."""
    if event.subject_type == SUBJECT:
        end_plan(Plan.objects.get(pk=event.subject_id), reason=event.reason, by=event.by)


@listens_to(MembershipEnded)
def give_a_leavers_work_to_the_successor(event: MembershipEnded) -> None:
    hand_over_curriculum(event.user_id, event.successors_of(*KINDS), by=SYSTEM)

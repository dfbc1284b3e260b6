"""A second person looks at what is far above what was expected, and agrees to it or not."""

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import person_behind
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.finance.actions.bills import accept_bill
from symposia.finance.actions.deciding import Acceptance
from symposia.finance.actions.expenses import accept_expense
from symposia.finance.handed_in import OVERRUN_DECIDED, objection_to_agreeing_to_overrun
from symposia.finance.models import Overrun
from symposia.shared.actors import Actor
from symposia.shared.proposals import ProposalState
from symposia.shared.refusals import refuse_if


@transaction.atomic
def agree_to_overrun(overrun: Overrun, *, by: Actor) -> Overrun:
    """A second person has read why: it is accepted as the first one found it right."""
    overrun = _locked(overrun)

    refuse_if(objection_to_agreeing_to_overrun(overrun, by_id=person_behind(by)))

    _decide(overrun, ProposalState.AGREED, by=by)
    record(by, "overrun.agreed", overrun, reason=overrun.reason)
    said = Acceptance(overrun.line, overrun.amount, overrun.reason)
    if overrun.bill:
        accept_bill(overrun.bill, said, agreed=overrun, by=by)
    elif overrun.expense:
        accept_expense(overrun.expense, said, agreed=overrun, by=by)
    return overrun


@transaction.atomic
def drop_overrun(overrun: Overrun, *, by: Actor) -> Overrun:
    """It is not accepted like this; the paper waits as before."""
    overrun = _locked(overrun)

    refuse_if(
        None if overrun.is_waiting else OVERRUN_DECIDED.about(state=overrun.get_state_display())
    )

    _decide(overrun, ProposalState.DROPPED, by=by)
    record(by, "overrun.dropped", overrun)
    return overrun


def _decide(overrun: Overrun, state: ProposalState, *, by: Actor) -> None:
    overrun.move(state, decided_at=now(), decided_by_id=person_behind(by), decided_by_name=by.name)


def _locked(overrun: Overrun) -> Overrun:
    """Its activity first, as everybody who decides on a paper holds it."""
    Activity.objects.locked(overrun.line.activity_id)
    return Overrun.objects.select_related("line", "bill", "expense").locked(overrun.pk)

"""What is written to whoever handed a bill in."""

from django.conf import settings

from symposia.accounts.models import User
from symposia.accounts.queries import this_organisation
from symposia.finance.models import Bill, BillState
from symposia.notifications.actions import queue_message
from symposia.shared.actors import Actor

_MESSAGES: dict[str, str] = {
    BillState.ACCEPTED: "finance.bill_accepted",
    BillState.RETURNED: "finance.bill_returned",
}


def write_decision(bill: Bill, *, by: Actor) -> None:
    """Tell the person what became of it; a bill that a program handed in tells nobody."""
    if bill.handed_in_by_id is None:
        return
    person = User.objects.get(pk=bill.handed_in_by_id)
    here = this_organisation()
    queue_message(
        _MESSAGES[bill.state],
        to_address=person.email,
        to_name=person.full_name,
        values={
            "organisation": here.name,
            "name": str(person),
            "number": bill.number,
            "supplier": bill.supplier,
            "supplier_number": bill.supplier_number,
            "amount": str(bill.amount),
            "activity": str(bill.activity),
            "said": bill.decided_because or "-",
            "bill_link": f"{settings.ORIGIN}/bills/{bill.pk}/",
        },
        language=person.language or here.language,
        about=(bill._meta.label, bill.pk),
        by=by,
    )

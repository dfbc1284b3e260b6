import uuid
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MoneyPosted:
    """An amount of an activity's budget is now another."""

    activity_id: uuid.UUID
    kind: str


@dataclass(frozen=True)
class BillHandedIn:
    """A supplier's bill for an activity waits for finance."""

    activity_id: uuid.UUID
    bill_id: uuid.UUID


@dataclass(frozen=True)
class BillAccepted:
    """A bill is posted to a line of the budget."""

    activity_id: uuid.UUID
    bill_id: uuid.UUID


@dataclass(frozen=True)
class BillReturned:
    """Finance sent a bill back to whoever handed it in."""

    activity_id: uuid.UUID
    bill_id: uuid.UUID


@dataclass(frozen=True)
class BillWithdrawn:
    """Whoever handed a bill in took it back."""

    activity_id: uuid.UUID
    bill_id: uuid.UUID


@dataclass(frozen=True)
class FeeCharged:
    """Somebody owes a fee, to be paid before a moment; when whoever has not paid is reminded."""

    charge_id: uuid.UUID
    activity_id: uuid.UUID
    before: datetime
    remind_at: datetime | None


@dataclass(frozen=True)
class InvoiceMailed:
    """An invoice was sent to whoever pays it."""

    activity_id: uuid.UUID
    invoice_id: uuid.UUID


@dataclass(frozen=True)
class ExpenseHandedIn:
    """What somebody paid at a meeting waits for finance, with its receipt."""

    activity_id: uuid.UUID
    expense_id: uuid.UUID


@dataclass(frozen=True)
class ExpenseAccepted:
    """An expense is posted to a line of the budget."""

    activity_id: uuid.UUID
    expense_id: uuid.UUID


@dataclass(frozen=True)
class ExpenseReturned:
    """Finance sent an expense back to whoever handed it in."""

    activity_id: uuid.UUID
    expense_id: uuid.UUID


@dataclass(frozen=True)
class ExpenseWithdrawn:
    """Whoever handed an expense in took it back, with a reason."""

    activity_id: uuid.UUID
    expense_id: uuid.UUID


@dataclass(frozen=True)
class BudgetTransferProposed:
    """Money of the budget waits for a second person to move it."""

    transfer_id: uuid.UUID


@dataclass(frozen=True)
class BudgetTransferred:
    """Money moved from one node of the budget to another."""

    transfer_id: uuid.UUID
    from_node_id: uuid.UUID
    to_node_id: uuid.UUID


@dataclass(frozen=True)
class PeriodClosed:
    """Nothing is posted into these days any more."""

    period_id: uuid.UUID


@dataclass(frozen=True)
class PeriodReopened:
    """Two people opened a closed period again."""

    period_id: uuid.UUID


@dataclass(frozen=True)
class OrderPlaced:
    """Something was ordered from a vendor for an activity."""

    activity_id: uuid.UUID
    order_id: uuid.UUID


@dataclass(frozen=True)
class OrderDelivered:
    """Somebody confirmed that something of an order came."""

    activity_id: uuid.UUID
    order_id: uuid.UUID


@dataclass(frozen=True)
class OverrunAsked:
    """A paper far above what was expected waits for a second person."""

    activity_id: uuid.UUID
    overrun_id: uuid.UUID


@dataclass(frozen=True)
class BankDetailsChanged:
    """Where somebody is paid changed, and waits until a second person has asked back."""

    payee_id: uuid.UUID
    details_id: uuid.UUID


@dataclass(frozen=True)
class BatchReleased:
    """Two people let payments go to the bank."""

    batch_id: uuid.UUID


@dataclass(frozen=True)
class PaymentTold:
    """The bank said of a payment that it was paid, or sent it back."""

    activity_id: uuid.UUID
    payment_id: uuid.UUID
    state: str

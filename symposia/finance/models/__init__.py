"""The budget of an activity as a ledger, and the fees of those who come as another."""

from symposia.finance.models.bank_details import BankDetails, Channel
from symposia.finance.models.bills import Bill, BillQuerySet
from symposia.finance.models.budget_transfers import BudgetTransfer
from symposia.finance.models.budgets import (
    SIDES,
    Account,
    BudgetEntry,
    BudgetLine,
    Category,
    Kind,
    Posting,
)
from symposia.finance.models.card_lines import CardLine, CardLineState
from symposia.finance.models.charges import (
    Charge,
    ChargeState,
    FeeAccount,
    FeeEntry,
    FeePosting,
    FeePostingKind,
)
from symposia.finance.models.checkouts import Checkout, CheckoutState
from symposia.finance.models.expenses import Expense, ExpenseQuerySet
from symposia.finance.models.fees import Discount, Fee, FeeTerms, Method, TaxKind
from symposia.finance.models.handed_in import HandedIn, HandedInQuerySet, HandedInState
from symposia.finance.models.invoices import Invoice, InvoiceState
from symposia.finance.models.nodes import BudgetNode, BudgetPlace, NodeKind, NodeMonth
from symposia.finance.models.openings import OpeningCommitment, OpeningState
from symposia.finance.models.orders import Delivered, OrderState, OrderUnit, PurchaseOrder
from symposia.finance.models.overruns import Overrun
from symposia.finance.models.payees import Payee, PayeeKind
from symposia.finance.models.payments import BatchState, Payment, PaymentBatch, PaymentState
from symposia.finance.models.periods import (
    BooksPeriod,
    PeriodKind,
    PeriodReopening,
    PeriodState,
)
from symposia.finance.models.tax_lines import TaxLine, TaxWay

__all__ = [
    "SIDES",
    "Account",
    "BankDetails",
    "BatchState",
    "Bill",
    "BillQuerySet",
    "BooksPeriod",
    "BudgetEntry",
    "BudgetLine",
    "BudgetNode",
    "BudgetPlace",
    "BudgetTransfer",
    "CardLine",
    "CardLineState",
    "Category",
    "Channel",
    "Charge",
    "ChargeState",
    "Checkout",
    "CheckoutState",
    "Delivered",
    "Discount",
    "Expense",
    "ExpenseQuerySet",
    "Fee",
    "FeeAccount",
    "FeeEntry",
    "FeePosting",
    "FeePostingKind",
    "FeeTerms",
    "HandedIn",
    "HandedInQuerySet",
    "HandedInState",
    "Invoice",
    "InvoiceState",
    "Kind",
    "Method",
    "NodeKind",
    "NodeMonth",
    "OpeningCommitment",
    "OpeningState",
    "OrderState",
    "OrderUnit",
    "Overrun",
    "Payee",
    "PayeeKind",
    "Payment",
    "PaymentBatch",
    "PaymentState",
    "PeriodKind",
    "PeriodReopening",
    "PeriodState",
    "Posting",
    "PurchaseOrder",
    "TaxKind",
    "TaxLine",
    "TaxWay",
]

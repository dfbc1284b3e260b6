"""The budget of an activity as a ledger, and the fees of those who come as another."""

from symposia.finance.models.bills import Bill, BillQuerySet
from symposia.finance.models.budgets import (
    SIDES,
    Account,
    BudgetEntry,
    BudgetLine,
    Category,
    Kind,
    Posting,
)
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

__all__ = [
    "SIDES",
    "Account",
    "Bill",
    "BillQuerySet",
    "BudgetEntry",
    "BudgetLine",
    "Category",
    "Charge",
    "ChargeState",
    "Checkout",
    "CheckoutState",
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
    "Posting",
    "TaxKind",
]

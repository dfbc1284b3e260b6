from symposia.finance.models.bills import Bill, BillQuerySet, BillState
from symposia.finance.models.budgets import (
    SIDES,
    Account,
    BudgetEntry,
    BudgetLine,
    Category,
    Kind,
    Posting,
)

__all__ = [
    "SIDES",
    "Account",
    "Bill",
    "BillQuerySet",
    "BillState",
    "BudgetEntry",
    "BudgetLine",
    "Category",
    "Kind",
    "Posting",
]

"""What money keeps for the papers of an activity: its bills and its receipts."""

import uuid

from symposia.activities.vault import Paper, keeps_papers
from symposia.finance.models import Bill, Expense


@keeps_papers("bills")
def bills_kept(activity_id: uuid.UUID) -> list[Paper]:
    """Every bill that was handed in, whatever became of it."""
    rows = Bill.objects.filter(activity=activity_id).select_related("file").order_by("number")
    return [
        Paper(
            "bills",
            f"{each.number} {each.supplier}",
            1,
            each.file,
            each.handed_in_at,
            each.handed_in_by_name,
            each.what_for,
        )
        for each in rows
    ]


@keeps_papers("expenses")
def receipts_kept(activity_id: uuid.UUID) -> list[Paper]:
    """Every receipt that was handed in, those that came back or were taken back too."""
    rows = Expense.objects.filter(activity=activity_id).select_related("file").order_by("number")
    return [
        Paper(
            "receipts",
            f"{each.number} {each.paid_to}",
            1,
            each.file,
            each.handed_in_at,
            each.handed_in_by_name,
            each.what_for,
        )
        for each in rows
    ]

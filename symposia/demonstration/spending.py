"""Two receipts of a representative in the demonstration: one is too dark, one waits."""

import io
from datetime import timedelta
from decimal import Decimal

from django.utils.formats import date_format
from PIL import Image, ImageDraw, ImageEnhance, ImageFont

from symposia.accounts.models import User
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.demonstration.thread import Cast
from symposia.finance.actions.expenses import Receipt, hand_in_expense, return_expense
from symposia.finance.expensing import ExpenseFacts
from symposia.finance.models import Category
from symposia.finance.queries import books_currency
from symposia.shared.money import Money

DARK = 0.25
# Spent on, paid to, how much, how many days ago, in what light.
PAID = (
    (Category.TRAVEL, "Ulsoor Cabs", "640.00", 3, DARK),
    (Category.MATERIALS, "Lakeside Print and Copy", "1180.00", 1, 1.0),
)
TOO_DARK = "The total cannot be read on this photograph."
_SIZE = (1200, 1600)


def spend_before_meeting(activity: Activity, representative: User, cast: Cast) -> None:
    """A taxi to look at the rooms, and the programme for everybody who will come."""
    for kind, paid_to, amount, days, light in PAID:
        facts = ExpenseFacts(
            kind=kind,
            paid_to=paid_to,
            spent_on=local_day() - timedelta(days=days),
            amount=Money(Decimal(amount), books_currency()),
        )
        receipt = Receipt(f"{paid_to}.jpg", _photograph(facts, light))
        expense = hand_in_expense(activity, facts, receipt, by=representative.actor())
        if light == DARK:
            return_expense(expense, reason=TOO_DARK, by=cast.actor("finance_officer"))


def _photograph(facts: ExpenseFacts, light: float) -> bytes:
    """Paper of a till on a table, in more or less light."""
    picture = Image.new("RGB", _SIZE, (70, 56, 44))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((220, 90, 980, 1510), fill=(244, 242, 236))
    lines = (
        *(facts.paid_to, date_format(facts.spent_on, "j M Y"), "", str(facts.kind).capitalize()),
        *("", f"Total  {facts.amount}", "", "Thank you"),
    )
    for number, line in enumerate(lines):
        font = ImageFont.load_default(size=44 if number else 54)
        pen.text((280, 180 + number * 90), line, fill=(34, 34, 34), font=font)
    out = io.BytesIO()
    ImageEnhance.Brightness(picture).enhance(light).save(out, "JPEG", quality=90)
    return out.getvalue()

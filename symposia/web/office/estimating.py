"""While an estimate is written: what similar activities cost per head, beside each figure."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.finance.queries import books_currency
from symposia.finance.similar import beside, similar_costs
from symposia.shared.money import Money
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.money import EstimateForms
from symposia.web.requests import UserRequest


@require_POST
@requires(Permission.PLAN_MONEY)
def compared(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The same while it is being written; nothing of it is kept."""
    activity = activity_or_404(request, pk, Permission.PLAN_MONEY)
    forms_ = EstimateForms(request.POST)
    forms_.is_valid()
    said = [getattr(form, "cleaned_data", {}) for form in forms_]
    return render(request, "office/money/beside.html", comparison(request, activity, said))


def comparison(
    request: UserRequest, activity: Activity, said: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    """What is written so far by category, beside what similar activities cost."""
    written: dict[str, Money] = {}
    for each in said:
        category, amount = each.get("category"), each.get("amount")
        if category and amount:
            before = written.get(category, Money.zero(books_currency()))
            written[category] = before + Money(amount, before.currency)
    ranges = similar_costs(activity, request.access) if written else {}
    heads = activity.expected_attendance
    return {"beside": beside(written, ranges, heads), "heads": heads, "asked": bool(written)}

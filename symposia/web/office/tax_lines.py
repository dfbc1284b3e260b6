"""The taxes of a bill or an expense."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.finance.actions.tax_lines import set_taxes
from symposia.finance.models import Bill, Expense, TaxLine, TaxWay
from symposia.finance.tax_rules import TaxFacts
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest

POSTS = Permission.POST_MONEY
_WORDS = {
    TaxWay.INCLUDED: (gettext_lazy("Tax in the amount"), gettext_lazy("Its rate, %")),
    TaxWay.WITHHELD: (gettext_lazy("Tax withheld"), gettext_lazy("Rate withheld, %")),
}


class TaxForm(forms.Form):
    """One tax that stands in the amount and one that is withheld; an empty one is none."""

    included_name = forms.CharField(
        label=_WORDS[TaxWay.INCLUDED][0], help_text="GST, VAT", max_length=20, required=False
    )
    included_percent = forms.DecimalField(
        label=_WORDS[TaxWay.INCLUDED][1], max_digits=5, decimal_places=2, required=False
    )
    withheld_name = forms.CharField(
        label=_WORDS[TaxWay.WITHHELD][0], help_text="TDS 194C", max_length=20, required=False
    )
    withheld_percent = forms.DecimalField(
        label=_WORDS[TaxWay.WITHHELD][1], max_digits=5, decimal_places=2, required=False
    )
    citation = forms.CharField(
        label=gettext_lazy("Where it stands in the law"), max_length=300, required=False
    )

    def facts(self) -> list[TaxFacts]:
        said, found = self.cleaned_data, []
        for way in TaxWay:
            name, percent = said[f"{way}_name"], said[f"{way}_percent"]
            if name or percent:
                found.append(TaxFacts(way, name, percent or Decimal(0), said["citation"]))
        return found


@require_http_methods(["GET", "POST"])
@requires(POSTS)
def of_bill(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say which taxes a bill has."""
    rows = Bill.objects.postable_by(request.access)
    return _taxes_of(request, get_object_or_404(rows, pk=pk), reverse("bill", args=[pk]))


@require_http_methods(["GET", "POST"])
@requires(POSTS)
def of_expense(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say which taxes an expense has."""
    rows = Expense.objects.postable_by(request.access)
    return _taxes_of(request, get_object_or_404(rows, pk=pk), reverse("expense", args=[pk]))


def _taxes_of(request: UserRequest, paper: Bill | Expense, back: str) -> HttpResponse:
    first: dict[str, Any] = {}
    for each in TaxLine.objects.of(paper):
        first |= {f"{each.way}_name": each.name, f"{each.way}_percent": each.percent}
        first["citation"] = each.citation
    form = TaxForm(given(request), initial=first)

    def act(_said: dict[str, Any]) -> str:
        set_taxes(paper, form.facts(), by=request.actor)
        return back

    note = _("What is withheld is of the amount without its own tax, and is not paid to the payee.")
    question = Question(_("Taxes"), str(paper), back, _("Save"), note)
    return ask(request, form, question, act)

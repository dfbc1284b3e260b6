"""What is asked about payees, orders and what of them was delivered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from symposia.finance.models import BudgetLine, OrderUnit, Payee, PayeeKind, PurchaseOrder
from symposia.finance.ordering import DeliveredFacts, OrderFacts, PayeeFacts
from symposia.finance.queries import LineTotals
from symposia.shared.money import Money
from symposia.web.office.meeting_forms import DAY
from symposia.web.office.money import AmountField

# Of the house and of those who teach is known by what they hand in and agree to.
BY_HAND = [PayeeKind.VENDOR, PayeeKind.HOUSE]


class PayeeForm(forms.Form):
    """A vendor, or an own account."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[(x.value, x.label) for x in BY_HAND])
    name = forms.CharField(label=_("Name"), max_length=200)
    country = forms.CharField(label=_("Country"), min_length=2, max_length=2, required=False)
    tax_number = forms.CharField(
        label=_("Tax number"),
        help_text=_("With the tax office of its country: GSTIN, PAN, VAT number."),
        max_length=60,
        required=False,
    )

    def facts(self) -> PayeeFacts:
        return PayeeFacts(**self.cleaned_data)


class OrderForm(forms.Form):
    """What is ordered from whom, on which line of the budget."""

    vendor = forms.ChoiceField(label=_("Vendor"))
    line = forms.ChoiceField(label=_("Line"))
    what_for = forms.CharField(label=_("What is ordered"), max_length=300)
    unit = forms.ChoiceField(label=_("Counted in"), choices=OrderUnit.choices)
    quantity = forms.DecimalField(
        label=_("How many"), min_value=0, max_digits=9, decimal_places=2, initial=1
    )
    each = AmountField(label=_("Price of each"), max_digits=14, widget=forms.TextInput)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed where it is more than the line has left."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )

    def __init__(
        self, *args: Any, lines: list[tuple[LineTotals, Money]], currency: str, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self._currency = currency
        self._vendors = {str(each.pk): each for each in Payee.objects.vendors()}
        self._lines: dict[str, BudgetLine] = {str(each.line.pk): each.line for each, _l in lines}
        names = [(pk, each.name) for pk, each in self._vendors.items()]
        words = [(str(x.line.pk), f"{x.line.description} ({left})") for x, left in lines]
        self.fields["vendor"].choices = names  # type: ignore[attr-defined]
        self.fields["line"].choices = words  # type: ignore[attr-defined]

    def facts(self) -> OrderFacts:
        said = self.cleaned_data
        return OrderFacts(
            self._vendors[said["vendor"]],
            self._lines[said["line"]],
            said["what_for"],
            Money(said["each"], self._currency),
            said["quantity"],
            said["unit"],
            said["reason"],
        )


class DeliveredForm(forms.Form):
    """How much of an order came."""

    quantity = forms.DecimalField(
        label=_("How many more came"),
        help_text=_("Below nothing puts right what was confirmed before."),
        max_digits=9,
        decimal_places=2,
    )
    delivered_on = forms.DateField(label=_("Delivered on"), widget=DAY)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def facts(self) -> DeliveredFacts:
        return DeliveredFacts(**self.cleaned_data)


class OrderOfBillForm(forms.Form):
    """Which order a bill is for."""

    order = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(self, *args: Any, orders: list[PurchaseOrder], **more: Any) -> None:
        super().__init__(*args, **more)
        self._orders = {str(each.pk): each for each in orders}
        known = [(pk, f"{x.number}, {x.vendor}: {x.what_for}") for pk, x in self._orders.items()]
        self.fields["order"].choices = [("", _("None")), *known]  # type: ignore[attr-defined]

    def chosen(self) -> PurchaseOrder | None:
        return self._orders.get(self.cleaned_data["order"])

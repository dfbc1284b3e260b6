"""Forms of bills: what a bill says, and to which line it is posted."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.models import Arrangement
from symposia.finance.actions.bills import PaperOfBill
from symposia.finance.billing import BillFacts
from symposia.finance.handed_in import LARGEST
from symposia.finance.queries import LineTotals
from symposia.shared.money import Money
from symposia.web.office.meeting_forms import DAY
from symposia.web.office.money import AmountField
from symposia.work.kinds import PAPERS

# A phone then offers its camera beside its files.
PAPER = forms.ClearableFileInput(attrs={"accept": ",".join(PAPERS)})


class BillForm(forms.Form):
    """A supplier's bill and the paper itself."""

    file = forms.FileField(label=gettext_lazy("Bill"), widget=PAPER)
    supplier = forms.CharField(label=gettext_lazy("Supplier"), max_length=200)
    supplier_number = forms.CharField(label=gettext_lazy("Number on the bill"), max_length=80)
    billed_on = forms.DateField(label=gettext_lazy("Day of the bill"), widget=DAY)
    amount = AmountField(label=gettext_lazy("Amount"), max_digits=14, widget=forms.TextInput)
    currency = forms.CharField(label=gettext_lazy("Currency"), min_length=3, max_length=3)
    what_for = forms.CharField(label=gettext_lazy("What for"), max_length=300)
    arrangement = forms.ChoiceField(label=gettext_lazy("Arranged as"), required=False)

    def __init__(
        self, *args: Any, arrangements: list[Arrangement], currency: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._arrangements = {str(each.pk): each for each in arrangements}
        known = [(pk, _said(each)) for pk, each in self._arrangements.items()]
        self.fields["arrangement"].choices = [("", _("Something else")), *known]  # type: ignore[attr-defined]
        self.fields["currency"].initial = currency
        words = _("A PDF, or a picture of the paper, up to %(megabytes)s megabytes.")
        self.fields["file"].help_text = words % {"megabytes": LARGEST // 1024**2}

    def facts(self) -> BillFacts:
        said = self.cleaned_data
        return BillFacts(
            said["supplier"],
            said["supplier_number"],
            said["billed_on"],
            Money(said["amount"], said["currency"].upper()),
            said["what_for"],
            self._arrangements.get(said["arrangement"]),
        )

    def paper(self) -> PaperOfBill:
        sent = self.cleaned_data["file"]
        return PaperOfBill(sent.name, sent.read(LARGEST + 1))


def _said(arrangement: Arrangement) -> str:
    return ", ".join(filter(None, (arrangement.title, arrangement.supplier)))


class AcceptanceForm(forms.Form):
    """To which line a bill or an expense is posted."""

    line = forms.ChoiceField(label=gettext_lazy("Line"))
    amount = AmountField(max_digits=14, widget=forms.TextInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Needed where it is more than was estimated."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )

    def __init__(
        self, *args: Any, lines: list[LineTotals], currency: str, is_foreign: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._currency = currency
        words = _("%(line)s (%(left)s left)")
        self.fields["line"].choices = [  # type: ignore[attr-defined]
            (str(x.line.pk), words % {"line": x.line.description, "left": x.left}) for x in lines
        ]
        if not is_foreign:
            del self.fields["amount"]
        else:
            label = _("Amount in %(currency)s, as it was paid") % {"currency": currency}
            self.fields["amount"].label = label

    def in_books(self) -> Money | None:
        said = self.cleaned_data.get("amount")
        return None if said is None else Money(said, self._currency)


class ReturnForm(forms.Form):
    """What is wrong with a bill or a receipt."""

    reason = forms.CharField(
        label=gettext_lazy("What is wrong with it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )

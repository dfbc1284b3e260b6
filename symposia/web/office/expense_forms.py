"""The form of an expense: its receipt, what it says, and who shared it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from symposia.accounts.queries import local_day
from symposia.finance.actions.expenses import Receipt
from symposia.finance.expensing import ExpenseFacts, Sharers
from symposia.finance.handed_in import LARGEST
from symposia.finance.models import Category
from symposia.shared.money import Money
from symposia.web.office.bill_forms import PAPER
from symposia.web.office.meeting_forms import DAY
from symposia.web.office.money import AmountField

# What a form must say before it can be divided; the photograph is not among it.
_DIVIDED = {"kind", "amount", "currency", "staff"}
MOST_HEADS = 100_000


class ExpenseForm(forms.Form):
    """A receipt; who shared it is everybody who was there unless somebody says otherwise."""

    file = forms.FileField(label=gettext_lazy("Receipt"), widget=PAPER)
    kind = forms.ChoiceField(label=gettext_lazy("Spent on"), choices=Category.choices)
    paid_to = forms.CharField(label=gettext_lazy("Paid to"), max_length=200)
    spent_on = forms.DateField(label=gettext_lazy("Day of the receipt"), widget=DAY)
    amount = AmountField(label=gettext_lazy("Amount"), max_digits=14, widget=forms.TextInput)
    currency = forms.CharField(label=gettext_lazy("Currency"), min_length=3, max_length=3)
    attendees = forms.IntegerField(
        label=gettext_lazy("Doctors who shared it"), min_value=0, max_value=MOST_HEADS
    )
    faculty = forms.IntegerField(
        label=gettext_lazy("Faculty who shared it"), min_value=0, max_value=MOST_HEADS
    )
    staff = forms.IntegerField(
        label=gettext_lazy("Staff who shared it"),
        help_text=gettext_lazy("People of the house, yourself counted."),
        min_value=0,
        max_value=MOST_HEADS,
        initial=1,
    )
    what_for = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, known: Sharers, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        self.fields["kind"].initial = Category.MEALS
        self.fields["currency"].initial = currency
        self.fields["spent_on"].initial = local_day()
        megabytes = LARGEST // 1024**2
        words = _("A photograph or a PDF, up to %(megabytes)s megabytes.")
        self.fields["file"].help_text = words % {"megabytes": megabytes}
        for name in ("attendees", "faculty"):
            self.fields[name].required = False
        self.fields["attendees"].help_text = ngettext(
            "%d is recorded as present; leave it empty for everybody.",
            "%d are recorded as present; leave it empty for everybody.",
            known.attendees,
        ) % (known.attendees,)
        self.fields["faculty"].help_text = ngettext(
            "%d teaches and is not counted above; leave it empty for everybody.",
            "%d teach and are not counted above; leave it empty for everybody.",
            known.faculty,
        ) % (known.faculty,)

    def facts(self) -> ExpenseFacts:
        said = self.cleaned_data
        return ExpenseFacts(
            kind=said["kind"],
            paid_to=said.get("paid_to", ""),
            spent_on=said.get("spent_on") or local_day(),
            amount=Money(said["amount"], said["currency"].upper()),
            what_for=said.get("what_for", ""),
            attendees=said.get("attendees"),
            faculty=said.get("faculty"),
            staff=said["staff"],
        )

    def facts_so_far(self) -> ExpenseFacts | None:
        """What can be divided already, whether or not all of the form is right."""
        if not self.is_bound:
            return None
        self.is_valid()
        is_enough = self.cleaned_data.keys() >= _DIVIDED
        return self.facts() if is_enough and self.cleaned_data["amount"] > 0 else None

    def receipt(self) -> Receipt:
        sent = self.cleaned_data["file"]
        return Receipt(sent.name, sent.read(LARGEST + 1))

"""What is asked about accounts and batches of payments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from symposia.finance.bank_rules import AccountFacts
from symposia.finance.models import Channel, Payee
from symposia.web.office.meeting_forms import DAY


class AccountForm(forms.Form):
    """Where somebody is paid, and how that came."""

    holder = forms.CharField(label=_("Account holder"), max_length=140)
    account = forms.CharField(
        label=_("Account number or IBAN"),
        help_text=_("Kept sealed; afterwards its last four signs are shown."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    bank_code = forms.CharField(
        label=_("Bank code"),
        help_text=_("BIC, IFSC or routing number."),
        max_length=30,
        required=False,
    )
    came_by = forms.ChoiceField(label=_("How it came"), choices=Channel.choices)
    reason = forms.CharField(label=_("Note"), max_length=300, required=False)

    def facts(self) -> AccountFacts:
        return AccountFacts(**self.cleaned_data)


class ConfirmationForm(forms.Form):
    """How a second person asked back."""

    asked_by = forms.ChoiceField(label=_("How you asked back"), choices=Channel.choices)
    note = forms.CharField(
        label=_("With whom you spoke"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=300,
        required=False,
    )


class BatchForm(forms.Form):
    """From which account, on which day."""

    account = forms.ChoiceField(label=_("Paid from"))
    pays_on = forms.DateField(label=_("Day to pay"), widget=DAY)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._accounts = {str(each.pk): each for each in Payee.objects.accounts()}
        self.fields["account"].choices = [(pk, x.name) for pk, x in self._accounts.items()]  # type: ignore[attr-defined]

    def chosen(self) -> Payee:
        return self._accounts[self.cleaned_data["account"]]

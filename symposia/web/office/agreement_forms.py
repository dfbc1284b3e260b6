"""Forms of agreements and of the rate card."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from symposia.activities.actions.rate_card import RateFacts
from symposia.activities.agreed import AgreementFacts
from symposia.activities.models import Agreement, Service, Tier, Unit
from symposia.shared.money import Money
from symposia.web.office.meeting_forms import DAY
from symposia.web.office.money import AmountField


class AgreementForm(forms.Form):
    """What a person does and what they are paid."""

    person = forms.ChoiceField(label=_("Person"))
    service = forms.ChoiceField(label=_("As"), choices=Service.choices)
    tier = forms.ChoiceField(label=_("Tier"), choices=Tier.choices)
    unit = forms.ChoiceField(label=_("Paid by"), choices=Unit.choices)
    quantity = forms.DecimalField(
        label=_("How many"), max_digits=6, decimal_places=2, min_value=0, widget=forms.TextInput
    )
    each = AmountField(
        label=_("Fee for one"),
        max_digits=14,
        required=False,
        widget=forms.TextInput,
        help_text=_("Empty: the rate of the card on that day."),
    )
    services = forms.CharField(
        label=_("Services"),
        help_text=_("What the person does for it, preparation too."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    covers_until = forms.DateField(
        label=_("Also for later activities until"),
        help_text=_("For a year at most, at the same rate and without signing again."),
        widget=DAY,
        required=False,
    )
    above_because = forms.CharField(
        label=_("Why above the card"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]

    def facts(self, currency: str, card: Money | None) -> AgreementFacts:
        """As it was written; an empty fee is that of the card."""
        said = dict(self.cleaned_data)
        said.pop("person"), said.pop("seen_version")
        amount = said.pop("each")
        each = card or Money.zero(currency)
        if amount is not None:
            each = Money(amount, currency)
        return AgreementFacts(each=each, **said)


class CallOffForm(forms.Form):
    """What somebody does in a later activity under an agreement that is signed."""

    under = forms.ChoiceField(label=_("Under"))
    quantity = forms.DecimalField(
        label=_("How many"), max_digits=6, decimal_places=2, min_value=0, widget=forms.TextInput
    )
    services = forms.CharField(
        label=_("Services"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )

    def __init__(self, *args: Any, covering: list[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["under"].choices = [(str(each.pk), _called(each)) for each in covering]  # type: ignore[attr-defined]


def _called(each: Agreement) -> str:
    rate = f"{each.each} {each.get_unit_display()}"
    return f"{each.contributor.name}, {each.get_service_display()}, {rate} ({each.number})"


class RateForm(forms.Form):
    """A rate from a day on."""

    service = forms.ChoiceField(label=_("Service"), choices=Service.choices)
    tier = forms.ChoiceField(label=_("Tier"), choices=Tier.choices)
    unit = forms.ChoiceField(label=_("Paid by"), choices=Unit.choices)
    amount = AmountField(label=_("Rate"), max_digits=14, widget=forms.TextInput)
    ceiling = AmountField(
        label=_("Ceiling of fair market value"), max_digits=14, widget=forms.TextInput
    )
    from_on = forms.DateField(label=_("From"), widget=DAY)
    source = forms.CharField(
        label=_("Where it comes from"),
        help_text=_("A study and its year. Write “to verify” where nobody has checked it."),
        max_length=300,
    )

    def facts(self, currency: str) -> RateFacts:
        said = dict(self.cleaned_data)
        amount, ceiling = Money(said.pop("amount"), currency), Money(said.pop("ceiling"), currency)
        return RateFacts(amount=amount, ceiling=ceiling, **said)


class WordsForm(forms.Form):
    """The words of agreements."""

    text = forms.CharField(
        label=_("Words"), widget=forms.Textarea(attrs={"rows": 24}), max_length=20000
    )


class ReasonForm(forms.Form):
    """Why something is taken back or ended."""

    reason = forms.CharField(
        label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


class SignedForm(forms.Form):
    """The agreement as both signed it on paper."""

    file = forms.FileField(label=_("Signed agreement"), help_text=_("A PDF."))

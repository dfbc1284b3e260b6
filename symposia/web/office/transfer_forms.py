"""Forms of transfers of value: who had a cost, what files ask of a recipient."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.reporting.actions.attributing import Sharers
from symposia.reporting.actions.disputes import AskedOfRecipient
from symposia.reporting.bodies.open_payments import words
from symposia.reporting.models import DisputeState, Kind
from symposia.reporting.recipients import institution_named
from symposia.reporting.transfers.sharing import Had, PassedOn, Room, Said
from symposia.shared.money import Money
from symposia.web.office.meeting_forms import DAY
from symposia.web.office.money import AmountField

MOST_STAFF = 10_000
_FIRST_YEAR = 2011


class SharersForm(forms.Form):
    """Who had a cost: people who were there, how many of the house, or the organiser as a grant."""

    people = forms.MultipleChoiceField(
        label=gettext_lazy("Who had it"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    staff = forms.IntegerField(
        label=gettext_lazy("People of the house who had it"),
        min_value=0,
        max_value=MOST_STAFF,
        required=False,
        initial=0,
    )
    organisation = forms.CharField(
        label=gettext_lazy("Organisation that received it as a grant"),
        help_text=gettext_lazy("Its name as the directory has it; nothing if it was no grant."),
        max_length=200,
        required=False,
    )

    def __init__(
        self, *args: Any, room: Room, said: Said | None, currency: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._currency, self._said = currency, said
        before = said.people if said else ()
        self._known = {each.key: each for each in (*before, *room.came, *room.taught)}
        shown = sorted(self._known.values(), key=lambda each: each.name.casefold())
        choices = [(each.key, each.name) for each in shown]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]
        self._taught = [each for each in shown if each.taught]
        if said:
            self.initial["people"] = [each.key for each in said.people]
            self.initial["staff"] = said.staff
            self.initial["organisation"] = said.organisation.name if said.organisation else ""

    def add_grant_fields(self) -> None:
        """Of each who taught: what they were paid out of the grant, and how that came about."""
        for each in self._said.passed_on if self._said else ():
            amount = Money.from_minor(each.minor, self._currency).amount
            self.initial[f"paid_{each.who.key}"] = amount
            self.initial[f"directed_{each.who.key}"] = each.directed
            self.initial[f"learned_{each.who.key}"] = each.learned_on
        for who in self._taught:
            named = {"name": who.name}
            self.fields[f"paid_{who.key}"] = AmountField(
                label=_("Paid out of the grant: %(name)s") % named, max_digits=14, required=False
            )
            self.fields[f"directed_{who.key}"] = forms.BooleanField(
                label=_("We chose or directed it: %(name)s") % named, required=False
            )
            self.fields[f"learned_{who.key}"] = forms.DateField(
                label=_("When we learned of it: %(name)s") % named, widget=DAY, required=False
            )

    def clean_organisation(self) -> Had | None:
        name = self.cleaned_data["organisation"].strip()
        found = institution_named(name) if name else None
        if name and found is None:
            raise forms.ValidationError(_("The directory has no organisation of this name."))
        return found

    def sharers(self) -> Sharers:
        """What was said."""
        said = self.cleaned_data
        people = [self._known[key] for key in said["people"]]
        passed = [found for who in self._taught if (found := self._passed(who, said))]
        return Sharers(people, said["staff"] or 0, said["organisation"], passed)

    def _passed(self, who: Had, said: Mapping[str, Any]) -> PassedOn | None:
        amount = said.get(f"paid_{who.key}")
        if not amount:
            return None
        minor = Money(Decimal(amount), self._currency).minor
        return PassedOn(who, minor, bool(said[f"directed_{who.key}"]), said[f"learned_{who.key}"])


class RecipientForm(forms.Form):
    """What files of transfers ask of a recipient and nobody else does."""

    street = forms.CharField(label=gettext_lazy("Street"), max_length=55, required=False)
    postal_code = forms.CharField(label=gettext_lazy("Postal code"), max_length=20, required=False)
    hospital_number = forms.CharField(
        label=gettext_lazy("CMS number of the hospital"),
        help_text=gettext_lazy("Of a teaching hospital of the list of CMS: six characters."),
        max_length=6,
        required=False,
    )
    body_type = forms.ChoiceField(
        label=gettext_lazy("Primary type"),
        help_text=gettext_lazy("As CMS calls the kind of physician."),
        required=False,
    )

    def __init__(self, *args: Any, is_person: bool, profession: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types: Sequence[str] = words()["types"].get(profession, [])
        choices = [("", _("Not said")), *((each, each) for each in types)]
        self.fields["body_type"].choices = choices  # type: ignore[attr-defined]
        self.fields.pop("hospital_number" if is_person else "body_type")

    def facts(self) -> AskedOfRecipient:
        """What was said."""
        return AskedOfRecipient(**self.cleaned_data)


class NewFileForm(forms.Form):
    """Of what a file tells."""

    kind = forms.ChoiceField(label=gettext_lazy("Report"))
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        help_text=gettext_lazy("UCPMP: the year in whose April it begins."),
        min_value=_FIRST_YEAR,
        max_value=2100,
    )

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind, Kind(kind).label) for kind in kinds]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


class AnswerDisputeForm(forms.Form):
    """What becomes of an objection, in words that the recipient reads."""

    state = forms.ChoiceField(
        label=gettext_lazy("What becomes of it"),
        choices=[
            (each.value, each.label) for each in (DisputeState.CORRECTED, DisputeState.UPHELD)
        ],
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )


class DeclarationForm(forms.Form):
    """Who declares, in which position."""

    position = forms.CharField(label=gettext_lazy("Your position"), max_length=120)

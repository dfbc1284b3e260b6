"""What is asked of whoever applies for an activity, in the office and by a personal link."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import Organisation
from symposia.activities.actions.applications import ApplicationFacts
from symposia.activities.models import Application, DeliveryForm, Repeats, Wish
from symposia.activities.own_types import Answer
from symposia.web.office.activity_forms import modes_of, types_of
from symposia.web.venue_fields import (
    city_field,
    country_field,
    delivery_field,
    online_field,
    venue_field,
    zone_field,
)

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class ApplicationForm(forms.Form):
    """One page: who, what, why, when, where."""

    applicant = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("The link to your application comes here."), max_length=254
    )
    department = forms.CharField(
        label=_("Department or organisation"), help_text=_("For whom you apply."), max_length=200
    )
    is_ineligible = forms.BooleanField(
        label=_("It makes, sells or distributes products used by or on patients"), required=False
    )
    title = forms.CharField(label=_("What you wish for"), max_length=200)
    need = forms.CharField(
        label=_("Why it is needed"),
        help_text=_("What happens in practice today, and what should change."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3600,
    )
    audience = forms.CharField(label=_("For whom"), max_length=300, required=False)
    mode = forms.ChoiceField(label=_("Mode"), widget=forms.RadioSelect)
    type = forms.ChoiceField(label=_("Type"))
    wish = forms.ChoiceField(
        label=_("How often"), choices=Wish.choices, widget=forms.RadioSelect, initial=Wish.ACTIVITY
    )
    day = forms.DateField(label=_("Date, or the first one"), widget=_DAY)
    clock = forms.TimeField(label=_("Start"), widget=_CLOCK)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440)
    repeats = forms.ChoiceField(
        label=_("A series takes place"), choices=[("", _("Once")), *Repeats.choices], required=False
    )
    interval = forms.IntegerField(
        label=_("Every"),
        help_text=_("1: every day, week or month. 2: every second one."),
        min_value=1,
        max_value=60,
        initial=1,
    )
    until_on = forms.DateField(label=_("A series ends on"), widget=_DAY, required=False)
    zone = zone_field()
    delivery = delivery_field()
    venue_name = venue_field()
    city = city_field()
    country = country_field()
    online_address = online_field()
    expected_attendance = forms.IntegerField(
        label=_("How many may come"), min_value=0, max_value=1_000_000
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        modes = modes_of(organisation)
        self.fields["mode"].choices = modes  # type: ignore[attr-defined]
        if len(modes) == 1:
            self.fields["mode"].initial = modes[0][0]
        self.fields["type"].choices = types_of(organisation)  # type: ignore[attr-defined]

    def facts(self) -> ApplicationFacts:
        given = {name: self.cleaned_data[name] for name in ApplicationFacts.__dataclass_fields__}
        return ApplicationFacts(**given | {"country": given["country"].upper()})


class AnswersForm(forms.Form):
    """The questions of the type."""

    def __init__(self, *args: Any, asked: Sequence[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {f"q{place}": each.question for place, each in enumerate(asked)}
        for place, each in enumerate(asked):
            self.fields[f"q{place}"] = forms.CharField(
                label=each.question, initial=each.answer, max_length=500, required=False
            )

    def answers(self) -> dict[str, str]:
        return {question: self.cleaned_data[name] for name, question in self.questions.items()}


class WithdrawalForm(forms.Form):
    """Why a wish is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, required=False)


def first_asked(organisation: Organisation) -> dict[str, Any]:
    """What an empty form begins with."""
    mine = {"zone": organisation.zone, "country": organisation.country}
    return mine | {"delivery": DeliveryForm.IN_PERSON, "interval": 1, "wish": Wish.ACTIVITY}


def application_as_asked(application: Application) -> dict[str, Any]:
    """An application as its form shows it."""
    values = {name: getattr(application, name) for name in ApplicationFacts.__dataclass_fields__}
    return values | {
        "clock": f"{application.clock:%H:%M}",
        "seen_version": application.version,
    }

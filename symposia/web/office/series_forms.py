"""What is asked about a series and its days."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import Organisation
from symposia.activities.actions.series import SeriesFacts
from symposia.activities.models import Refresh, Repeats, Series
from symposia.activities.series import objectives_of_series
from symposia.curriculum.models import Objective
from symposia.web.office.activity_forms import modes_of, objective_choices, types_of
from symposia.web.venue_fields import (
    capacity_field,
    city_field,
    country_field,
    delivery_field,
    online_field,
    venue_field,
    zone_field,
)

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class SeriesForm(forms.Form):
    """The facts of a series: what each session is, and when they take place."""

    title = forms.CharField(label=_("Title"), max_length=200)
    type = forms.ChoiceField(label=_("Type"))
    repeats = forms.ChoiceField(
        label=_("Takes place"), choices=Repeats.choices, widget=forms.RadioSelect
    )
    interval = forms.IntegerField(
        label=_("Every"),
        help_text=_("1: every day, week or month. 2: every second one."),
        min_value=1,
        max_value=60,
    )
    first_on = forms.DateField(
        label=_("First day"), help_text=_("Its weekday is that of the series."), widget=_DAY
    )
    until_on = forms.DateField(label=_("Last day"), widget=_DAY)
    clock = forms.TimeField(label=_("Start"), widget=_CLOCK)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440)
    zone = zone_field()
    delivery = delivery_field()
    venue_name = venue_field()
    city = city_field()
    country = country_field(_("Two letters, such as US or IN; its public holidays are kept free."))
    online_address = online_field()
    capacity = capacity_field()
    expected_attendance = forms.IntegerField(
        label=_("Expected attendance"), min_value=0, max_value=1_000_000
    )
    summary = forms.CharField(
        label=_("What it is about"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = types_of(organisation)  # type: ignore[attr-defined]

    def facts(self) -> SeriesFacts:
        given = {k: self.cleaned_data[k] for k in SeriesFacts.__dataclass_fields__}
        return SeriesFacts(**given | {"country": given["country"].upper()})


class NewSeriesForm(SeriesForm):
    """A new series: its mode is chosen here and never again."""

    field_order = ["mode", "title", "type", "objectives"]

    mode = forms.ChoiceField(
        label=_("Mode"),
        help_text=_("Decides which rules apply and who may touch it. It cannot be changed later."),
        widget=forms.RadioSelect,
    )
    objectives = forms.MultipleChoiceField(
        label=_("Objectives"),
        help_text=_("What each session is to change. You can also choose them later."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    plan = forms.ChoiceField(
        label=_("Plan"),
        help_text=_("Its sessions belong to the same plan, and run only when it is approved."),
        required=False,
    )

    def __init__(
        self, *args: Any, organisation: Organisation, plans: list[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, organisation=organisation, **kwargs)
        self.fields["plan"].choices = plans  # type: ignore[attr-defined]
        modes = modes_of(organisation)
        self.fields["mode"].choices = modes  # type: ignore[attr-defined]
        if len(modes) == 1:
            self.fields["mode"].initial = modes[0][0]
        choices = objective_choices(list(Objective.objects.choosable()))
        self.fields["objectives"].choices = choices  # type: ignore[attr-defined]
        self.order_fields(self.field_order)


class DayForm(forms.Form):
    """A day that is skipped, or held on another one."""

    day = forms.ChoiceField(label=_("Day of the series"))
    moved_to = forms.DateField(
        label=_("Held on"), help_text=_("Empty: it is skipped."), widget=_DAY, required=False
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, days: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = days  # type: ignore[attr-defined]


class ExtraDayForm(forms.Form):
    """A day more than the rule has."""

    day = forms.DateField(label=_("Day"), widget=_DAY)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class LookForm(forms.Form):
    """What somebody says who looked at something that was taken over."""

    note = forms.CharField(
        label=_("What you found"),
        help_text=_("Still right, or what you changed."),
        max_length=300,
    )


class LookTogetherForm(LookForm):
    """The same, of several things at once."""

    seen = forms.MultipleChoiceField(
        label=_("Taken over"),
        error_messages={"required": _("Tick what you looked at.")},
    )

    def __init__(self, *args: Any, waiting: Sequence[Refresh], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), each.statement) for each in waiting]
        self.fields["seen"].choices = choices  # type: ignore[attr-defined]


def series_as_asked(series: Series) -> dict[str, Any]:
    """A series as its form shows it."""
    values = {name: getattr(series, name) for name in SeriesFacts.__dataclass_fields__}
    return values | {"clock": f"{series.clock:%H:%M}", "seen_version": series.version}


def objectives_as_asked(series: Series) -> list[str]:
    return [str(each.pk) for each in objectives_of_series(series)]

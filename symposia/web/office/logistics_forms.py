"""Questions about a meal, a journey, a night or a hire."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.actions.arrangements import ArrangementFacts
from symposia.activities.models import (
    Activity,
    Arrangement,
    ArrangementKind,
    Contributor,
    Session,
    Venue,
)
from symposia.shared.money import Money
from symposia.web.office.money import AmountField

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class ArrangementForm(forms.Form):
    """What is arranged, for whom, when, by whom and for how much."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ArrangementKind.choices)
    title = forms.CharField(
        label=gettext_lazy("What"),
        max_length=200,
        help_text=gettext_lazy("Buffet lunch, flight from Delhi, two nights."),
    )
    supplier = forms.CharField(label=gettext_lazy("Supplier"), max_length=200, required=False)
    reference = forms.CharField(
        label=gettext_lazy("Their reference"), max_length=120, required=False
    )
    contributor = forms.ChoiceField(label=gettext_lazy("For"), required=False)
    person = forms.CharField(
        label=gettext_lazy("Or by name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Who travels or stays, if not one of these."),
    )
    session = forms.ChoiceField(label=gettext_lazy("Session"), required=False)
    venue = forms.ChoiceField(label=gettext_lazy("Venue"), required=False)
    day = forms.DateField(label=gettext_lazy("First day"), widget=_DAY, required=False)
    starts = forms.TimeField(label=gettext_lazy("From"), widget=_CLOCK, required=False)
    last_day = forms.DateField(label=gettext_lazy("Last day"), widget=_DAY, required=False)
    ends = forms.TimeField(label=gettext_lazy("Until"), widget=_CLOCK, required=False)
    heads = forms.IntegerField(label=gettext_lazy("People"), min_value=1, max_value=100_000)
    cost = AmountField(
        label=gettext_lazy("Cost in all"),
        max_digits=14,
        min_value=0,
        required=False,
        widget=forms.TextInput,
    )
    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        people: Sequence[Contributor],
        sessions: Sequence[Session],
        venues: Sequence[Venue],
        currency: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self._known: dict[str, dict[str, Any]] = {
            "contributor": {str(each.pk): each for each in people},
            "session": {str(each.pk): each for each in sessions},
            "venue": {str(each.pk): each for each in venues},
        }
        for name, known in self._known.items():
            choices = [("", _("none")), *((pk, str(each)) for pk, each in known.items())]
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> ArrangementFacts:
        said = self.cleaned_data
        chosen: dict[str, Any] = {
            name: known.get(said[name]) for name, known in self._known.items()
        }
        cost = said["cost"]
        starts, ends = stretch(said)
        plain = ("kind", "title", "supplier", "reference", "person", "heads", "notes")
        return ArrangementFacts(
            **{name: said[name] for name in plain},
            **chosen,
            wall_starts=starts,
            wall_ends=ends,
            cost=Money(cost, self.currency) if cost is not None else None,
        )


def stretch(said: dict[str, Any]) -> tuple[datetime | None, datetime | None]:
    """From when to when, as far as it is said; what has no last day ends on its first."""
    day, clock = said.get("day"), said.get("starts")
    last, until = said.get("last_day") or day, said.get("ends") or clock
    return _moment(day, clock), _moment(last, until)


def _moment(day: Any, clock: Any) -> datetime | None:
    return datetime.combine(day, (clock or time()).replace(tzinfo=None)) if day else None


def as_asked(arrangement: Arrangement) -> dict[str, Any]:
    """An arrangement as its form shows it."""
    starts, ends = arrangement.wall_starts, arrangement.wall_ends
    plain = ("kind", "title", "supplier", "reference", "heads", "notes")
    return {name: getattr(arrangement, name) for name in plain} | {
        "contributor": str(arrangement.contributor_id or ""),
        "person": "" if arrangement.contributor_id else arrangement.person,
        "session": str(arrangement.session_id or ""),
        "venue": str(arrangement.venue_id or ""),
        "day": starts.date() if starts else None,
        "starts": starts.time() if starts else None,
        "last_day": ends.date() if ends else None,
        "ends": ends.time() if ends else None,
        "cost": arrangement.cost.amount if arrangement.cost else None,
        "seen_version": arrangement.version,
    }


def first_of(activity: Activity) -> dict[str, Any]:
    """What a new one begins with: a meal for everybody on the day itself."""
    return {
        "kind": ArrangementKind.CATERING,
        "heads": activity.expected_attendance or 1,
        "day": activity.wall_starts.date(),
        "starts": activity.wall_starts.time(),
        "last_day": activity.wall_ends.date(),
        "ends": activity.wall_ends.time(),
    }

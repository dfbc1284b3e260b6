"""The form of a route: its head, and a row for each step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from symposia.approvals.actions import RouteFacts
from symposia.approvals.conditions import as_text, conditions_in
from symposia.approvals.models import Meaning, Route, Step
from symposia.approvals.queries import deciding_roles
from symposia.shared.refusals import Refused

SPARE_ROWS = 2
_CONDITIONS = forms.Textarea(attrs={"rows": 2, "spellcheck": "false"})


class ConditionsField(forms.CharField):
    """Conditions as text, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=2000, widget=_CONDITIONS, **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            return conditions_in(super().clean(value))
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


class HeadForm(forms.Form):
    """For which subjects, and when a subject needs nobody."""

    applies_to = forms.SlugField(
        label=_("Kind of subject"), help_text=_("activity, plan, …"), max_length=40
    )
    code = forms.SlugField(
        label=_("Short name"),
        help_text=_("Empty for the route that takes whatever no other takes."),
        max_length=40,
        required=False,
    )
    name = forms.CharField(label=_("Name"), max_length=80)
    rank = forms.IntegerField(
        label=_("Rank"),
        help_text=_("Of several that fit, the lowest is taken."),
        min_value=1,
        max_value=1000,
        required=False,
    )
    taken_if = ConditionsField(label=_("Taken if"))
    approves_itself_if = ConditionsField(
        label=_("Approves itself if"),
        help_text=_("And only if no rule found anything. Empty: never."),
    )


class StepForm(forms.Form):
    """One signature; an empty name takes the step away."""

    name = forms.CharField(label=_("Step"), max_length=80, required=False)
    role = forms.ChoiceField(label=_("Signed by"), required=False)
    meaning = forms.ChoiceField(label=_("Meaning"), choices=Meaning.choices, required=False)
    needs_factor = forms.BooleanField(label=_("Asks for a second factor"), required=False)
    beside = forms.BooleanField(label=_("Beside the step before"), required=False)
    covers = forms.CharField(
        label=_("Answers for"),
        help_text=_("Facts, separated by commas; empty: all."),
        max_length=500,
        required=False,
    )
    rests_on = forms.CharField(
        label=_("Builds on"),
        help_text=_("Names of earlier steps, separated by commas."),
        max_length=500,
        required=False,
    )
    only_if = ConditionsField(label=_("Only if"))
    hours = forms.IntegerField(
        label=_("Hours to decide"), min_value=0, max_value=2000, required=False
    )
    escalates_to = forms.ChoiceField(label=_("Once overdue also"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = deciding_roles()
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["escalates_to"].choices = [("", _("nobody")), *roles]  # type: ignore[attr-defined]

    def step(self) -> Step | None:
        data = dict(self.cleaned_data)
        if not data["name"]:
            return None
        for name in ("covers", "rests_on"):
            data[name] = [each.strip() for each in data[name].split(",") if each.strip()]
        data["hours"] = data["hours"] or 0
        data["meaning"] = data["meaning"] or str(Meaning.REVIEW)
        return Step(**data)


class RouteEditor:
    """The head and the rows together, from a route or from what was sent."""

    def __init__(self, data: Any, route: Route | None) -> None:
        self.route = route
        steps = route.route_steps if route else []
        rows = (
            int(sent)
            if (sent := (data or {}).get("rows", "")).isdecimal() and len(sent) < 4
            else len(steps) + SPARE_ROWS
        )
        self.rows = max(1, min(rows, 30))
        self.head = HeadForm(data, initial=_head_of(route) if route else {}, prefix="head")
        self.steps = [
            StepForm(
                data,
                initial=_row_of(steps[place]) if place < len(steps) else {},
                prefix=f"step{place}",
            )
            for place in range(self.rows)
        ]
        if route:
            for name in ("applies_to", "code"):
                self.head.fields[name].disabled = True

    @property
    def applies_to(self) -> str:
        given = self.head.cleaned_data if hasattr(self.head, "cleaned_data") else {}
        return str(given.get("applies_to") or (self.route.applies_to if self.route else "activity"))

    @property
    def has_errors(self) -> bool:
        return bool(self.head.errors or any(form.errors for form in self.steps))

    def is_valid(self) -> bool:
        return all([self.head.is_valid(), *(form.is_valid() for form in self.steps)])

    def facts(self) -> RouteFacts:
        steps = [step for form in self.steps if (step := form.step())]
        return RouteFacts(steps=steps, **self.head.cleaned_data)


def _head_of(route: Route) -> dict[str, Any]:
    return {
        "applies_to": route.applies_to,
        "code": route.code,
        "name": route.name,
        "rank": route.rank,
        "taken_if": as_text(route.taken_if),
        "approves_itself_if": as_text(route.approves_itself_if),
    }


def _row_of(step: Step) -> dict[str, Any]:
    return {
        "name": step.name,
        "role": step.role,
        "meaning": step.meaning,
        "needs_factor": step.needs_factor,
        "beside": step.beside,
        "covers": ", ".join(step.covers),
        "rests_on": ", ".join(step.rests_on),
        "only_if": as_text(step.only_if),
        "hours": step.hours or None,
        "escalates_to": step.escalates_to,
    }

"""Why one gap comes before another: points, weights, and the statements accreditors ask for."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.curriculum.actions.priorities import rate_gap, set_weights, write_statement
from symposia.curriculum.models import (
    MOST_POINTS,
    MOST_WEIGHT,
    RATED,
    Criterion,
    Gap,
    StatementKind,
)
from symposia.curriculum.policies.gaps import objection_to_changing_gap
from symposia.curriculum.queries.priorities import weights_in_force
from symposia.curriculum.standards.reading import word_limit
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest

_POINTS = [(n, str(n)) for n in range(MOST_POINTS + 1)]


class RatingForm(forms.Form):
    """Points on each criterion that people judge, with a reason."""

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        for criterion in RATED:
            self.fields[criterion.value] = forms.TypedChoiceField(
                label=criterion.label, choices=_POINTS, coerce=int, widget=forms.RadioSelect
            )
            self.fields[f"{criterion.value}_reason"] = forms.CharField(
                label=_("Why so many"), max_length=300, required=False
            )


class StatementsForm(forms.Form):
    """Every statement that an accreditor's form asks for."""

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        for kind in StatementKind:
            limit = word_limit(kind.limited_as, localdate())
            hint = _("At most %(n)d words on the form of %(body)s.")
            self.fields[kind.value] = forms.CharField(
                label=kind.label,
                help_text=hint % {"n": limit.words, "body": limit.body} if limit else "",
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=2000,
                required=False,
            )


class WeightsForm(forms.Form):
    """How much each criterion counts."""

    reason = forms.CharField(label=gettext_lazy("Why, and who decided it"), max_length=500)

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        for criterion in Criterion:
            self.fields[criterion.value] = forms.IntegerField(
                label=criterion.label, min_value=0, max_value=MOST_WEIGHT
            )
        self.order_fields([*(c.value for c in Criterion), "reason"])


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def rating(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a gap its points."""
    gap = _gap(request, pk)
    first: dict[str, Any] = {}
    for each in gap.ratings.all():
        first |= {each.criterion: each.points, f"{each.criterion}_reason": each.reason}

    def act(data: dict[str, Any]) -> str:
        for criterion in RATED:
            reason = data[f"{criterion.value}_reason"]
            rate_gap(gap, criterion, data[criterion.value], reason=reason, by=request.actor)
        return reverse("gap", args=[gap.pk])

    question = _question(gap, _("Points of the gap"), _("Save the points"))
    return ask(request, RatingForm(given(request), first), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def statements(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Write what the accreditors' forms ask for; the words are counted on the page of the gap."""
    gap = _gap(request, pk)
    first = {each.kind: each.text for each in gap.statements.all()}

    def act(data: dict[str, Any]) -> str:
        for kind in StatementKind:
            write_statement(gap, kind, data[kind.value], by=request.actor)
        return reverse("gap", args=[gap.pk])

    question = _question(gap, _("Statements for the accreditor"), _("Save the statements"))
    return ask(request, StatementsForm(given(request), first), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def weights(request: UserRequest) -> HttpResponse:
    """Say how much each criterion counts in this organisation."""
    back = reverse("gaps")

    def act(data: dict[str, Any]) -> str:
        chosen = {criterion.value: data[criterion.value] for criterion in Criterion}
        set_weights(chosen, reason=data["reason"], by=request.actor)
        return back

    note = _("A gap scores its points on each criterion, from 0 to %(most)s, times this weight.")
    note %= {"most": MOST_POINTS}
    question = Question(_("Weights of the ranking"), _("Gaps"), back, _("Save the weights"), note)
    return ask(request, WeightsForm(given(request), weights_in_force()), question, act)


def _question(gap: Gap, title: str, submit: str) -> Question:
    back = reverse("gap", args=[gap.pk])
    return Question(title, str(gap), back, submit, objection=objection_to_changing_gap(gap))


def _gap(request: UserRequest, pk: uuid.UUID) -> Gap:
    return get_object_or_404(Gap.objects.visible_to(request.access), pk=pk)

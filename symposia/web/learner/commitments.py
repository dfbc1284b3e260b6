"""What a learner wants to change: written down once, asked about after 30, 60 and 90 days."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from symposia.activities.queries import objectives_of
from symposia.assessment.actions.commitments import (
    ReportFacts,
    Wish,
    commit_to_change,
    report_commitment,
)
from symposia.assessment.barriers import BARRIERS, LABELS
from symposia.assessment.models import STAGES, Kept
from symposia.assessment.policies.commitments import MOST, objection_to_committing
from symposia.assessment.queries.commitments import Followed, commitments_of
from symposia.assessment.taking_part import objection_to_coming
from symposia.credits.letters import LEARNING
from symposia.curriculum.models import Objective
from symposia.registrations.models import Registration
from symposia.shared.refusals import Refused
from symposia.web.learner.claim import actor_of, registration_of
from symposia.web.links import personal_link

PAGE = "learner/commitments/commitments.html"


class CommitmentForm(forms.Form):
    """Up to three things to change, each with the objective it comes from."""

    def __init__(self, objectives: Sequence[Objective], data: Any = None) -> None:
        super().__init__(data)
        self._objectives = {str(each.pk): each for each in objectives}
        choices = [("", _("none")), *((pk, each.text) for pk, each in self._objectives.items())]
        for n in range(1, MOST + 1):
            self.fields[f"text{n}"] = forms.CharField(
                label=_("I will change this"),
                max_length=500,
                required=n == 1,
                widget=forms.Textarea({"rows": 2}),
            )
            if self._objectives:
                self.fields[f"objective{n}"] = forms.ChoiceField(
                    label=_("It comes from this objective"), choices=choices, required=False
                )

    def wishes(self) -> list[Wish]:
        said = self.cleaned_data
        return [
            Wish(said[f"text{n}"], self._objectives.get(said.get(f"objective{n}", "")))
            for n in range(1, MOST + 1)
            if said[f"text{n}"]
        ]


class ReportForm(forms.Form):
    """What became of one of them."""

    kept = forms.ChoiceField(
        label=gettext_lazy("How far is it?"), choices=Kept.choices, widget=forms.RadioSelect
    )
    barriers = forms.MultipleChoiceField(
        label=gettext_lazy("What stood in the way?"),
        choices=[(each.code, each.label) for each in BARRIERS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    said = forms.CharField(
        label=gettext_lazy("In your own words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


@require_http_methods(["GET", "POST"])
@personal_link(LEARNING)
def commitments(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Write down what to change; afterwards, what became of it."""
    registration = registration_of(pk)
    form = CommitmentForm(objectives_of(registration.activity), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commit_to_change(registration, form.wishes(), by=actor_of(registration))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Written down. We will ask you what became of it."))
            return redirect("finish_commitments", token)
    return _page(request, registration, token, form=form)


@require_POST
@personal_link(LEARNING)
def report(request: Any, pk: uuid.UUID, token: str, number: int) -> HttpResponse:
    """Say what became of one of them by now."""
    registration = registration_of(pk)
    found = commitments_of(registration, now())
    one = next((each for each in found if each.commitment.number == number), None)
    if one is None:
        raise Http404
    form = ReportForm(request.POST, prefix=f"c{number}")
    if form.is_valid():
        said = form.cleaned_data
        facts = ReportFacts(Kept(said["kept"]), said["barriers"], said["said"])
        try:
            report_commitment(one.commitment, facts, by=actor_of(registration))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Thank you. That is how others learn what helps."))
            return redirect("finish_commitments", token)
    return _page(request, registration, token, reported={number: form})


def _page(
    request: Any,
    registration: Registration,
    token: str,
    *,
    form: CommitmentForm | None = None,
    reported: dict[int, ReportForm] | None = None,
) -> HttpResponse:
    at = now()
    found = commitments_of(registration, at)
    form = form or CommitmentForm(objectives_of(registration.activity))
    reported = reported or {}
    bad = bool(form.errors) or any(each.errors for each in reported.values())
    context = {
        "token": token,
        "activity": registration.activity,
        "found": [_shown(each, reported) for each in found],
        "form": form,
        "stages": ", ".join(str(stage) for stage in STAGES),
        "objection": objection_to_committing(
            registration, ["?"], absent=objection_to_coming(registration), there=bool(found), at=at
        ),
    }
    return render(request, PAGE, context, status=422 if bad else 200)


def _shown(each: Followed, reported: dict[int, ReportForm]) -> dict[str, Any]:
    number = each.commitment.number
    return {
        "followed": each,
        "results": [
            (said, ", ".join(str(LABELS[code]) for code in said.barriers)) for said in each.results
        ],
        "form": reported.get(number, ReportForm(prefix=f"c{number}")),
    }

"""Invitations of an activity allotted to representatives: how many, until when, to whom."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.models import User
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.outreach.actions.allotments import (
    AllotmentFacts,
    allot_invitations,
    end_allotment,
)
from symposia.outreach.allotted import representatives, used_of
from symposia.outreach.allotting import objection_to_ending
from symposia.outreach.approving import approved_from
from symposia.outreach.campaign_lists import ALLOTMENTS
from symposia.outreach.models import Allotment
from symposia.outreach.policies import (
    objection_to_inviting,
)
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.requests import UserRequest


class AllotmentForm(forms.Form):
    """Who may send how many invitations, until when, to whom."""

    representative = forms.ChoiceField(label=gettext_lazy("Representative"))
    quantity = forms.IntegerField(
        label=gettext_lazy("Number of invitations"), min_value=1, max_value=100_000
    )
    until_on = forms.DateField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("What is not used by the end of that day is given back."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    approved = forms.CharField(
        label=gettext_lazy("Approved clinicians"),
        help_text=gettext_lazy(
            "E-mail addresses or numbers, one a line. Without a list everybody of the territory."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=200_000,
        required=False,
    )

    def __init__(self, *args: Any, people: Sequence[User], access: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        choices = [(str(each.pk), str(each)) for each in people]
        self.fields["representative"].choices = choices  # type: ignore[attr-defined]

    def clean_approved(self) -> list[Any]:
        """The clinicians of the lines; a line that names nobody is said."""
        try:
            return approved_from(self.cleaned_data["approved"], self.access)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list: the activity, and whether one may allot."""
    activity = activity_or_404(request, activity_pk, Permission.INVITE)
    return {
        "activity": activity,
        "objection": objection_to_inviting(activity, at=now()),
        "may_allot": request.access.holds(Permission.PLAN_ACTIVITIES),
    }


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Allot invitations to a representative."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    people = representatives(now())
    form = AllotmentForm(given(request), people=people, access=request.access)
    back = reverse(ALLOTMENTS.name, args=[pk])

    def act(data: dict[str, Any]) -> str:
        chosen = next(each for each in people if str(each.pk) == data["representative"])
        facts = AllotmentFacts(data["quantity"], data["until_on"], data["approved"])
        allot_invitations(activity, chosen, facts, by=request.actor)
        return back

    question = Question(_("Allot invitations"), activity.title, back, _("Allot"))
    return ask(request, form, question, act)


@require_GET
@requires(Permission.INVITE)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """How much of an allotment is left, and the list approved for it."""
    allotment = _allotment(request, pk)
    used = used_of(allotment)
    approved = allotment.approved.select_related("clinician").order_by("clinician__search_text")
    context = {
        "allotment": allotment,
        "used": used,
        "left": max(0, allotment.quantity - used),
        "approved": [each.clinician for each in approved[:200]],
        "is_mine": allotment.representative_id == request.user.pk,
        "is_over": allotment.until_on < local_day(),
        "may_end": Allotment.objects.planned_by(request.access).filter(pk=pk).exists(),
        "ended": objection_to_ending(allotment),
    }
    return render(request, "office/allotments/show.html", context)


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Give back at once what is not used."""
    rows = Allotment.objects.planned_by(request.access).for_list()
    allotment = get_object_or_404(rows, pk=pk)
    reason = request.POST.get("reason", "").strip()[:500]
    back = reverse(ALLOTMENTS.name, args=[allotment.activity_id])
    done = _("What was not used is given back.")
    return do(
        request, lambda: end_allotment(allotment, by=request.actor, reason=reason), back, done
    )


def _allotment(request: UserRequest, pk: uuid.UUID) -> Allotment:
    return get_object_or_404(Allotment.objects.visible_to(request.access).for_list(), pk=pk)

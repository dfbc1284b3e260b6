"""Which of the activity's objectives a session works on."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.activities.actions.session_objectives import choose_session_objectives
from symposia.activities.models import Session
from symposia.activities.policies import objection_to_changing
from symposia.activities.queries import objectives_of
from symposia.activities.serving import served_in
from symposia.curriculum.models import Objective
from symposia.web.gates import requires
from symposia.web.office.activity_forms import objective_choices
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest


class ServedForm(forms.Form):
    """The objectives a session works on."""

    objectives = forms.MultipleChoiceField(
        label=gettext_lazy("Objectives"),
        help_text=gettext_lazy("Those that the activity has taken on."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, taken_on: list[Objective], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objectives"].choices = objective_choices(taken_on)  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def choose(request: UserRequest, pk: uuid.UUID, session_pk: uuid.UUID) -> HttpResponse:
    """Say which objectives a session works on."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    session = get_object_or_404(Session.objects.of(activity), pk=session_pk)
    taken_on = objectives_of(activity)
    first = {"objectives": [str(each) for each in served_in(session)]}
    form = ServedForm(given(request), initial=first, taken_on=taken_on)

    def act(data: dict[str, Any]) -> str:
        wanted = [each for each in taken_on if str(each.pk) in data["objectives"]]
        choose_session_objectives(session, wanted, by=request.actor)
        return reverse("activity_session", args=[pk, session_pk])

    back = reverse("activity_session", args=[pk, session_pk])
    objection = objection_to_changing(activity)
    question = Question(_("Objectives"), session.title, back, _("Save"), "", objection)
    return ask(request, form, question, act)

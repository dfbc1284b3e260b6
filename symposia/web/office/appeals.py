"""Appeals about credit: what a learner finds wrong, the explanation then and now, a decision."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.permissions import Permission
from symposia.credits.actions.appeals import decide_appeal
from symposia.credits.appeal_lists import APPEAL_TONES
from symposia.credits.appealing import objection_to_deciding_appeal
from symposia.credits.explaining import explain_credit
from symposia.credits.in_words import other_bodies_in_words, steps_in_words
from symposia.credits.models import CreditAppeal
from symposia.shared.refusals import Objection
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest

FOLDER = "office/appeals"


class AppealForm(forms.Form):
    """What a person decides, and why."""

    granted = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("yes", gettext_lazy("Grant it")), ("no", gettext_lazy("Do not grant it"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


@require_GET
@requires(Permission.VIEW_CREDITS)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What the learner said, beside what is explained now."""
    appeal = _appeal(request, pk, Permission.VIEW_CREDITS)
    explained = explain_credit(appeal.registration)
    context = {
        "appeal": appeal,
        "tone": APPEAL_TONES[appeal.state],
        "explained": explained,
        "steps": steps_in_words(explained),
        "other_bodies": other_bodies_in_words(explained),
        "may_decide": request.access.holds(Permission.AWARD_CREDITS),
        "objection": _objection(request, appeal),
    }
    return render(request, f"{FOLDER}/show.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.AWARD_CREDITS)
def decide(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Decide with a reason; the learner is written to."""
    appeal, back = (
        _appeal(request, pk, Permission.AWARD_CREDITS),
        reverse("credit_appeal", args=[pk]),
    )

    def act(said: dict[str, Any]) -> str:
        granted = said["granted"] == "yes"
        decide_appeal(appeal, granted=granted, reason=said["reason"], by=request.actor)
        return back

    note = _("Mend attendance or credit first where the learner is right; then say what you did.")
    question = Question(
        *(_("Decide on the appeal"), appeal.said, back, _("Decide"), note),
        objection=_objection(request, appeal),
    )
    return ask(request, AppealForm(given(request)), question, act)


def _objection(request: UserRequest, appeal: CreditAppeal) -> Objection | None:
    own = appeal.registration.clinician.as_kept.user_id
    return objection_to_deciding_appeal(appeal, own_user_id=own, by_id=request.user.pk)


def _appeal(request: UserRequest, pk: uuid.UUID, permission: Permission) -> CreditAppeal:
    rows = CreditAppeal.objects.visible_to(request.access, permission)
    return get_object_or_404(
        rows.select_related("registration__activity", "registration__clinician__merged_into"),
        pk=pk,
    )

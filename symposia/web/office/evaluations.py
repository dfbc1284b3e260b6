"""What the learners of an activity answered, counted and without names."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.assessment.actions import prepare_evaluation
from symposia.assessment.queries import current_form, questions_of, results_of
from symposia.credits.explaining import progress_of
from symposia.shared.refusals import Refused
from symposia.web.figures import share
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.requests import UserRequest

TAB = "activity_evaluation"


@require_GET
@requires(Permission.VIEW_EVALUATIONS)
def evaluation(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The questions, and their answers once there are enough to hide who said what."""
    activity = activity_or_404(request, pk, Permission.VIEW_EVALUATIONS)
    results = results_of(activity)
    form = current_form(activity)
    context = {
        **frame_of(request, activity, TAB),
        "results": results,
        "questions": questions_of(form) if form else [],
        "bars": [
            {
                "result": each,
                "shares": [(s.label, s.count, share(s.count, each.answered)) for s in each.shares],
            }
            for each in results.questions
        ],
        "present": progress_of(activity).present,
        "may_manage": request.access.holds(Permission.MANAGE_EVALUATIONS),
    }
    return render(request, "office/evaluations/evaluation.html", context)


@require_POST
@requires(Permission.MANAGE_EVALUATIONS)
def prepare(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Give an activity without evaluation the standard questions."""
    activity = activity_or_404(request, pk, Permission.MANAGE_EVALUATIONS)
    try:
        prepare_evaluation(activity, by=request.actor)
        messages.success(request, _("The evaluation is ready."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(TAB, activity.pk)

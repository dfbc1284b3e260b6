"""The evaluation of an activity: what is asked, how it looks, what was answered without names."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.activities.queries import objectives_of
from symposia.assessment.actions import add_block, change_evaluation, prepare_evaluation
from symposia.assessment.actions.library import (
    keep_in_library,
    retire_library_form,
    take_over_form,
)
from symposia.assessment.blocks import BLOCKS
from symposia.assessment.models import EvaluationForm, LibraryForm
from symposia.assessment.policies import objection_to_changing_questions
from symposia.assessment.queries import current_form, questions_of, results_of
from symposia.assessment.queries.library import forms_offered, library_form
from symposia.assessment.sheets import pages_of
from symposia.assessment.taking_part import agenda_of_activity
from symposia.attendance.queries import people_present
from symposia.curriculum.queries.guidelines import current_guidelines
from symposia.shared.refusals import Refused
from symposia.web.evaluation_forms import EvaluationPage
from symposia.web.figures import share
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import do
from symposia.web.office.evaluation_forms import (
    KeepForm,
    QuestionForms,
    QuestionFormSet,
    ShownForm,
    initial_of,
    shown_options,
)
from symposia.web.requests import UserRequest

TAB = "activity_evaluation"
_VIEW, _MANAGE = Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS


@require_GET
@requires(_VIEW)
def evaluation(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The questions, and their answers once there are enough to hide who said what."""
    activity = activity_or_404(request, pk, _VIEW)
    results = results_of(activity)
    form = results.form
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
        "present": people_present(activity),
        "change_objection": objection_to_changing_questions(activity),
        "may_manage": request.access.holds(_MANAGE),
    }
    return render(request, "office/evaluations/evaluation.html", context)


@require_POST
@requires(_MANAGE)
def prepare(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Give an activity without evaluation the standard questions."""
    activity = activity_or_404(request, pk, _MANAGE)
    back, done = reverse(TAB, args=[activity.pk]), _("The evaluation is ready.")
    return do(request, lambda: prepare_evaluation(activity, by=request.actor), back, done)


@require_GET
@requires(_MANAGE)
def questions(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The questions as fields: change, add, take out, put in another order."""
    activity = activity_or_404(request, pk, _MANAGE)
    return _questions_page(request, activity, _as_asked(activity))


def _to_choose_from(activity: Activity, form: EvaluationForm | None) -> dict[str, Any]:
    """The guidelines a question may cite: current ones, and those that are cited already; and the
    objectives it may ask about: those the activity has taken on."""
    cited = {q.guideline_id: q.guideline for q in (questions_of(form) if form else [])}
    known = {each.pk: each for each in current_guidelines()}
    kept = [each for pk, each in cited.items() if each and pk not in known]
    return {"guidelines": [*known.values(), *kept], "objectives": objectives_of(activity)}


@require_POST
@requires(_MANAGE)
def change(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the questions as the next version."""
    activity = activity_or_404(request, pk, _MANAGE)
    kept = _to_choose_from(activity, current_form(activity))
    forms_, shown = QuestionForms(request.POST, form_kwargs=kept), ShownForm(request.POST)
    if not forms_.is_valid() or not shown.is_valid():
        return _questions_page(request, activity, forms_, shown, status=422)
    shown_from = shown.cleaned_data["shown_from"]
    try:
        change_evaluation(activity, forms_.drafts(), shown_from=shown_from, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return _questions_page(request, activity, forms_, shown)
    messages.success(request, _("The questions are kept as a new version."))
    return redirect(TAB, activity.pk)


@require_POST
@requires(_MANAGE)
def put_block(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask the questions of a shipped block too."""
    activity, code = activity_or_404(request, pk, _MANAGE), request.POST.get("block", "")
    back = reverse("evaluation_questions", args=[activity.pk])
    done = _("The block is asked too, as a new version.")
    return do(request, lambda: add_block(activity, code, by=request.actor), back, done)


@require_POST
@requires(_MANAGE)
def take_over(request: UserRequest, pk: uuid.UUID, form_pk: uuid.UUID) -> HttpResponse:
    """Ask what a form of the library asks."""
    activity = activity_or_404(request, pk, _MANAGE)
    kept = get_object_or_404(LibraryForm.objects.visible_to(request.access), pk=form_pk)
    back = reverse("evaluation_questions", args=[activity.pk])
    done = _("The form is taken over as a new version.")
    return do(request, lambda: take_over_form(activity, kept, by=request.actor), back, done)


@require_POST
@requires(_MANAGE, of_all=True)
def keep(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep this evaluation in the library."""
    activity, form = activity_or_404(request, pk, _MANAGE), KeepForm(request.POST)
    if not form.is_valid():
        return _questions_page(request, activity, _as_asked(activity), keep_=form, status=422)
    said = form.cleaned_data
    back = reverse("evaluation_questions", args=[activity.pk])

    def act() -> None:
        keep_in_library(
            activity, said["name"], activity_type=said["activity_type"], by=request.actor
        )

    return do(request, act, back, _("The form is kept in the library."))


def _as_asked(activity: Activity) -> QuestionFormSet:
    form = current_form(activity)
    asked = questions_of(form) if form else []
    initial = [initial_of(each, asked) for each in asked]
    return QuestionForms(initial=initial, form_kwargs=_to_choose_from(activity, form))


@require_GET
@requires(_VIEW)
def preview(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The form as somebody sees it on a phone who was in every session; nothing is kept."""
    activity = activity_or_404(request, pk, _VIEW)
    form = current_form(activity)
    asked = questions_of(form) if form else []
    page = EvaluationPage(pages_of(asked, agenda_of_activity(activity)), asked)
    context = {"activity": activity, "pages": page.pages(), "count": page.count}
    return render(request, "office/evaluations/preview.html", context)


def _questions_page(
    request: UserRequest,
    activity: Activity,
    forms_: QuestionFormSet,
    shown: ShownForm | None = None,
    *,
    keep_: KeepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    form = current_form(activity)
    context = {
        **frame_of(request, activity, TAB),
        "forms": forms_,
        "shown": shown or ShownForm({"shown_from": form.shown_from} if form else None),
        "keep": keep_ or KeepForm(),
        "may_keep": form is not None and request.access.everywhere(_MANAGE),
        "blocks": BLOCKS,
        "offered": forms_offered(),
        "objection": objection_to_changing_questions(activity),
    }
    return render(request, "office/evaluations/questions.html", context, status=status)


@require_GET
@requires(_VIEW)
def show_library_form(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """A form of the library: what it asks, and taking it out."""
    kept = get_object_or_404(LibraryForm.objects.visible_to(request.access), pk=pk)
    form = library_form(kept)
    asked = questions_of(form) if form else []
    context = {
        "kept": kept,
        "form": form,
        "asked": [(each, shown_options(each)) for each in asked],
        "may_manage": request.access.everywhere(_MANAGE),
    }
    return render(request, "office/evaluations/library_form.html", context)


@require_POST
@requires(_MANAGE, of_all=True)
def retire(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a form out of the library."""
    kept = get_object_or_404(LibraryForm.objects.visible_to(request.access), pk=pk)
    back = reverse("library_form", args=[kept.pk])
    return do(request, lambda: retire_library_form(kept, by=request.actor), back)


def list_extra(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around a list of the evaluation: the activity."""
    return frame_of(request, activity_or_404(request, activity_pk, _VIEW), TAB)

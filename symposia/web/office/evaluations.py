"""What the learners of an activity answered, counted and without names."""

import uuid
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.activities.queries import objectives_of
from symposia.assessment.actions import change_evaluation, prepare_evaluation
from symposia.assessment.models import EvaluationForm, Kind
from symposia.assessment.policies import objection_to_changing_questions
from symposia.assessment.queries import current_form, questions_of, results_of
from symposia.assessment.standard import Draft
from symposia.attendance.queries import people_present
from symposia.curriculum.models import Guideline, Objective
from symposia.curriculum.queries.guidelines import current_guidelines
from symposia.shared.refusals import Refused
from symposia.web.figures import share
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.requests import UserRequest

TAB = "activity_evaluation"
MORE = 2


class QuestionForm(forms.Form):
    """One question of an evaluation; one without words is left out."""

    text = forms.CharField(label=gettext_lazy("Question"), max_length=300, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Answered by"), choices=Kind.choices)
    choices = forms.CharField(
        label=gettext_lazy("Answers to choose from"),
        help_text=gettext_lazy("One on each line."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1500,
        required=False,
    )
    hint = forms.CharField(label=gettext_lazy("Hint"), max_length=200, required=False)
    required = forms.BooleanField(label=gettext_lazy("Must be answered"), required=False)
    guideline = forms.ChoiceField(label=gettext_lazy("Guideline that is asked about"))

    objective = forms.ChoiceField(label=gettext_lazy("Objective that is asked about"))

    def __init__(
        self,
        *args: Any,
        guidelines: Sequence[Guideline] = (),
        objectives: Sequence[Objective] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._objectives = {str(each.pk): each for each in objectives}
        self.fields["objective"] = forms.ChoiceField(
            label=self.fields["objective"].label,
            choices=[("", _("none")), *((pk, str(o)) for pk, o in self._objectives.items())],
            required=False,
        )
        self._guidelines = {str(each.pk): each for each in guidelines}
        self.fields["guideline"] = forms.ChoiceField(
            label=self.fields["guideline"].label,
            choices=[("", _("none")), *((pk, str(each)) for pk, each in self._guidelines.items())],
            required=False,
        )

    def clean_choices(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["choices"].splitlines()]
        if any(len(line) > 120 for line in lines):
            raise forms.ValidationError(_("An answer has at most 120 characters."))
        return [line for line in lines if line]

    def draft(self) -> Draft:
        said = self.cleaned_data
        choices = said["choices"] if said["kind"] == Kind.CHOICE else []
        cited = self._guidelines.get(said["guideline"])
        about = self._objectives.get(said["objective"])
        return Draft(
            Kind(said["kind"]), said["text"], said["hint"], choices, said["required"], cited, about
        )


class QuestionFormSet(forms.BaseFormSet):  # type: ignore[type-arg]  # of its one form
    """The questions in the order of their numbers, without those taken out."""

    def drafts(self) -> list[Draft]:
        kept = [form for form in self.forms if form.cleaned_data.get("text")]
        last = len(self.forms) + 1
        kept = [form for form in kept if not form.cleaned_data.get("DELETE")]
        kept.sort(key=lambda form: form.cleaned_data.get("ORDER") or last)
        return [form.draft() for form in kept]


QuestionForms = cast(
    type[QuestionFormSet],
    forms.formset_factory(
        QuestionForm,
        formset=QuestionFormSet,
        extra=MORE,
        can_order=True,
        can_delete=True,
        max_num=40,
        validate_max=True,
    ),
)


@require_GET
@requires(Permission.VIEW_EVALUATIONS)
def evaluation(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The questions, and their answers once there are enough to hide who said what."""
    activity = activity_or_404(request, pk, Permission.VIEW_EVALUATIONS)
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


@require_GET
@requires(Permission.MANAGE_EVALUATIONS)
def questions(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The questions as fields: change, add, take out, put in another order."""
    activity = activity_or_404(request, pk, Permission.MANAGE_EVALUATIONS)
    form = current_form(activity)
    asked = [
        {
            "text": each.text,
            "kind": each.kind,
            "choices": "\n".join(each.choices),
            "hint": each.hint,
            "required": each.required,
            "guideline": str(each.guideline_id or ""),
            "objective": str(each.objective_id or ""),
        }
        for each in (questions_of(form) if form else [])
    ]
    forms_ = QuestionForms(initial=asked, form_kwargs=_to_choose_from(activity, form))
    return _questions_page(request, activity, forms_)


def _to_choose_from(activity: Activity, form: EvaluationForm | None) -> dict[str, Any]:
    """The guidelines a question may cite: current ones, and those that are cited already; and the
    objectives it may ask about: those the activity has taken on."""
    cited = {q.guideline_id: q.guideline for q in (questions_of(form) if form else [])}
    known = {each.pk: each for each in current_guidelines()}
    kept = [each for pk, each in cited.items() if each and pk not in known]
    return {"guidelines": [*known.values(), *kept], "objectives": objectives_of(activity)}


@require_POST
@requires(Permission.MANAGE_EVALUATIONS)
def change(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the questions as the next version."""
    activity = activity_or_404(request, pk, Permission.MANAGE_EVALUATIONS)
    kept = _to_choose_from(activity, current_form(activity))
    forms_ = QuestionForms(request.POST, form_kwargs=kept)
    if not forms_.is_valid():
        return _questions_page(request, activity, forms_, status=422)
    try:
        change_evaluation(activity, forms_.drafts(), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return _questions_page(request, activity, forms_)
    messages.success(request, _("The questions are kept as a new version."))
    return redirect(TAB, activity.pk)


def _questions_page(
    request: UserRequest, activity: Activity, forms_: QuestionFormSet, *, status: int = 200
) -> HttpResponse:
    context = {
        **frame_of(request, activity, TAB),
        "forms": forms_,
        "objection": objection_to_changing_questions(activity),
    }
    return render(request, "office/evaluations/questions.html", context, status=status)

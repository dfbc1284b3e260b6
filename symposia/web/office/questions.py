"""The bank of questions: written, looked at as learners see it, published, retired."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.assessment.actions.bank import (
    add_bank_question,
    publish_bank_question,
    retire_bank_question,
    reword_bank_question,
)
from symposia.assessment.drawing import order_of
from symposia.assessment.lists.bank import BANK_TONES
from symposia.assessment.models import BankKind, BankQuestion
from symposia.assessment.policies.bank import (
    objection_to_publishing_question,
    objection_to_retiring_question,
)
from symposia.assessment.queries.bank import Worded, latest_of, parts_asking, versions_of
from symposia.audit.queries import entries_about
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.asking import Question, WhyForm, ask, do, given
from symposia.web.office.question_forms import (
    NewOptions,
    OptionForms,
    OptionFormSet,
    QuestionForm,
    first_of,
    kinds_offered,
)
from symposia.web.office.record_history import history_of
from symposia.web.question_cards import AnswerForm, Asked, reasons_of, right_of
from symposia.web.requests import UserRequest

_VIEW, _MANAGE = Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS


@require_GET
@requires(_MANAGE)
def choose_kind(request: UserRequest) -> HttpResponse:
    """A question begins with how it is answered."""
    return render(request, "office/questions/kinds.html", {"kinds": kinds_offered()})


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def new(request: UserRequest, kind: str) -> HttpResponse:
    """Write a question of a kind."""
    if kind not in BankKind.values:
        raise Http404
    chosen = BankKind(kind)
    form = QuestionForm(chosen, given(request))
    options = NewOptions(given(request), form_kwargs={"kind": chosen})
    if request.method == "POST" and _are_valid(form, options):
        try:
            wording = form.wording(options.options())
            question = add_bank_question(wording, form.facts(), by=request.actor)
            return redirect("question", question.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    return _editor(request, form, options, None)


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say it differently: other words are the next version."""
    question = _question(request, pk)
    kind, (first, answers) = BankKind(question.kind), first_of(latest_of(question))
    form = QuestionForm(kind, given(request), initial=first, question=question)
    options = OptionForms(given(request), initial=answers, form_kwargs={"kind": kind})
    if request.method == "POST" and _are_valid(form, options):
        try:
            reword_bank_question(
                question,
                form.wording(options.options()),
                form.facts(),
                seen_version=form.cleaned_data["seen_version"] or 0,
                by=request.actor,
            )
            return redirect("question", question.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    return _editor(request, form, options, question)


def _are_valid(form: QuestionForm, options: OptionFormSet) -> bool:
    is_valid = form.is_valid()
    return (form.kind == BankKind.NUMERIC or options.is_valid()) and is_valid


def _editor(
    request: UserRequest, form: QuestionForm, options: OptionFormSet, question: BankQuestion | None
) -> HttpResponse:
    context = {
        "form": form,
        "options": options,
        "question": question,
        "kind": form.kind,
        "has_options": form.kind != BankKind.NUMERIC,
        "back": reverse("question", args=[question.pk]) if question else reverse("questions"),
    }
    is_wrong = bool(form.errors) or (options.is_bound and options.total_error_count() > 0)
    return render(request, "office/questions/edit.html", context, status=422 if is_wrong else 200)


@require_GET
@requires(_VIEW)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What it asks, what is right and why, its versions, where it is asked."""
    question = _question(request, pk)
    versions = versions_of(question)
    context = {
        "question": question,
        "latest": versions[0],
        "right": right_of(versions[0]),
        "reasons": reasons_of(versions[0]),
        "versions": versions,
        "asking": parts_asking(question),
        "tone": BANK_TONES[question.state],
        "publishing": objection_to_publishing_question(question),
        "retiring": objection_to_retiring_question(question),
        "entries": history_of(entries_about(question.pk)[:50]),
        "may_manage": request.access.holds(_MANAGE),
    }
    return render(request, "office/questions/detail.html", context)


@require_GET
@requires(_VIEW)
def preview(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """As a learner sees it; nothing is kept."""
    question = _question(request, pk)
    form = AnswerForm(asked_alone(latest_of(question)))
    return render(request, "office/questions/preview.html", {"question": question, "form": form})


def asked_alone(worded: Worded) -> Asked:
    """A question as it would stand in a test."""
    seed = worded.question.pk.int % 1_000
    kind, options = worded.question.kind, worded.options
    return Asked(1, worded, tuple(order_of(kind, options, shuffles=True, seed=seed, place=1)))


@require_POST
@requires(_MANAGE)
def publish(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let tests ask the latest version."""
    question = _question(request, pk)
    return do(
        request,
        lambda: publish_bank_question(question, by=request.actor),
        reverse("question", args=[pk]),
        _("Tests ask this version from now on."),
    )


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def retire(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask it no more, for a reason."""
    question = _question(request, pk)
    back = reverse("question", args=[pk])

    def act(data: dict[str, Any]) -> str:
        retire_bank_question(question, reason=data["reason"], by=request.actor)
        messages.success(request, _("It is asked no more. What was answered stays."))
        return back

    asked = Question(
        _("Retire the question"),
        question.number,
        back,
        _("Retire it"),
        _("No attempt draws it any more. Attempts that have begun go on with it."),
        objection_to_retiring_question(question),
    )
    return ask(request, WhyForm(given(request)), asked, act)


def _question(request: UserRequest, pk: uuid.UUID) -> BankQuestion:
    rows = BankQuestion.objects.visible_to(request.access)
    return get_object_or_404(rows.select_related("objective", "guideline"), pk=pk)

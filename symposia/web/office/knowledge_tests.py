"""Tests of an activity: made of the bank's questions, opened, closed; more time for one learner."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.activities.queries import objectives_of
from symposia.assessment.actions.tests import (
    Extra,
    allow_more,
    change_test,
    close_test,
    make_test,
    open_test,
)
from symposia.assessment.models import Allowance, KnowledgeTest, Purpose
from symposia.assessment.policies.tests import (
    objection_to_changing_test,
    objection_to_closing_test,
    objection_to_opening_test,
    objections_to_questions,
)
from symposia.assessment.queries.bank import numbers_offered, tags_in_use
from symposia.assessment.queries.outcomes import taking_of
from symposia.assessment.queries.tests import find_test, parts_of, pools_of, tests_of
from symposia.registrations.models import Registration
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import Question, WhyForm, ask, do, given
from symposia.web.office.test_forms import (
    AllowanceForm,
    FactsForm,
    PartForms,
    PartFormSet,
    first_of_parts,
)
from symposia.web.requests import UserRequest

TAB = "activity_tests"
TONES = {"draft": "info", "open": "ok", "closed": ""}
_VIEW, _MANAGE = Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS
_PEOPLE = Permission.VIEW_CREDITS


@require_GET
@requires(_VIEW)
def tests(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Each test: how it is taken, how far learners are, what can be done with it."""
    activity = activity_or_404(request, pk, _VIEW)
    there, taking = tests_of(activity), taking_of(activity)
    context = {
        **frame_of(request, activity, TAB),
        "cards": [
            {"test": test, "tone": TONES[test.state], "taking": taking[test.purpose]}
            for test in there
        ],
        "missing": [
            {"code": each.value, "label": each.label}
            for each in Purpose
            if each not in {test.purpose for test in there}
        ],
        "may_manage": request.access.holds(_MANAGE),
        "sees_people": request.access.holds(_PEOPLE),
    }
    return render(request, "office/tests/tests.html", context)


@require_POST
@requires(_MANAGE)
def make(request: UserRequest, pk: uuid.UUID, purpose: str) -> HttpResponse:
    """Give the activity a test of this kind."""
    activity = activity_or_404(request, pk, _MANAGE)
    if purpose not in Purpose.values:
        raise Http404
    back = reverse(TAB, args=[pk])
    return do(request, lambda: make_test(activity, Purpose(purpose), by=request.actor), back)


@require_GET
@requires(_VIEW)
def show(request: UserRequest, pk: uuid.UUID, purpose: str) -> HttpResponse:
    """What a test asks and how it is taken; who was allowed more."""
    activity = activity_or_404(request, pk, _VIEW)
    test = _test(activity, purpose)
    parts = parts_of(test)
    pools = pools_of(activity, parts)
    sees = request.access.holds(_PEOPLE)
    context = {
        **frame_of(request, activity, TAB),
        "test": test,
        "tone": TONES[test.state],
        "parts": [{"part": part, "there": len(pools.get(part.pk, ()))} for part in parts],
        "retired": objections_to_questions(test, parts),
        "changing": objection_to_changing_test(test),
        "opening": objection_to_opening_test(test, parts, pools),
        "closing": objection_to_closing_test(test),
        "allowances": Allowance.objects.with_people(test) if sees else [],
        "may_manage": request.access.holds(_MANAGE),
        "sees_people": sees,
    }
    return render(request, "office/tests/test.html", context)


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def edit(request: UserRequest, pk: uuid.UUID, purpose: str) -> HttpResponse:
    """Say what it asks, how it is taken and how it counts."""
    activity = activity_or_404(request, pk, _MANAGE)
    test = _test(activity, purpose)
    form = FactsForm(test, given(request))
    parts = PartForms(
        given(request),
        initial=first_of_parts(parts_of(test)),
        form_kwargs={"objectives": objectives_of(activity)},
    )
    if request.method == "POST" and form.is_valid() and parts.is_valid():
        try:
            seen = form.cleaned_data["seen_version"]
            change_test(test, form.facts(), parts.parts(), seen_version=seen, by=request.actor)
            return redirect("activity_test", activity.pk, purpose)
        except Refused as refused:
            form.add_error(None, str(refused))
    return _editor(request, activity, test, form, parts)


def _editor(
    request: UserRequest,
    activity: Activity,
    test: KnowledgeTest,
    form: FactsForm,
    parts: PartFormSet,
) -> HttpResponse:
    context = {
        **frame_of(request, activity, TAB),
        "test": test,
        "form": form,
        "parts": parts,
        "numbers": numbers_offered(),
        "tags": tags_in_use(),
        "objection": objection_to_changing_test(test),
    }
    is_wrong = bool(form.errors) or (parts.is_bound and parts.total_error_count() > 0)
    return render(request, "office/tests/edit.html", context, status=422 if is_wrong else 200)


@require_POST
@requires(_MANAGE)
def open_(request: UserRequest, pk: uuid.UUID, purpose: str) -> HttpResponse:
    """Let learners take it."""
    test = _test(activity_or_404(request, pk, _MANAGE), purpose)
    back = reverse("activity_test", args=[pk, purpose])
    done = _("Learners can take this test.")
    return do(request, lambda: open_test(test, by=request.actor), back, done)


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def close(request: UserRequest, pk: uuid.UUID, purpose: str) -> HttpResponse:
    """Let nobody begin it any more, for a reason."""
    test = _test(activity_or_404(request, pk, _MANAGE), purpose)
    back = reverse("activity_test", args=[pk, purpose])

    def act(data: dict[str, Any]) -> str:
        close_test(test, reason=data["reason"], by=request.actor)
        return back

    question = Question(
        _("Close the test"),
        test.get_purpose_display(),
        back,
        _("Close it"),
        _("Nobody begins it any more, and credit waits for it no longer."),
        objection_to_closing_test(test),
    )
    return ask(request, WhyForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def allow(request: UserRequest, pk: uuid.UUID, purpose: str) -> HttpResponse:
    """Give one learner more time or attempts."""
    activity = activity_or_404(request, pk, _PEOPLE)
    test = _test(activity_or_404(request, pk, _MANAGE), purpose)
    people = Registration.objects.of(activity).confirmed().with_people()
    in_order = list(people.order_by("clinician__search_text", "pk"))
    back = reverse("activity_test", args=[pk, purpose])

    def act(data: dict[str, Any]) -> str:
        chosen = get_object_or_404(people, pk=data["person"])
        extra = Extra(data["minutes"] or 0, data["attempts"] or 0, data["reason"])
        allow_more(test, chosen, extra, by=request.actor)
        return back

    question = Question(_("Allow one learner more"), str(test), back, _("Allow it"))
    return ask(request, AllowanceForm(in_order, given(request)), question, act)


def result_extra(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list of results: the activity."""
    return frame_of(request, activity_or_404(request, activity_pk, _PEOPLE), TAB)


def _test(activity: Activity, purpose: str) -> KnowledgeTest:
    test = find_test(activity, purpose)
    if test is None:
        raise Http404
    return test

"""Agreements with the people of an activity: written, sent, signed by both, ended."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.actions.agreements import (
    agree_above_card,
    change_agreement,
    countersign_agreement,
    draft_agreement,
    end_agreement,
    hand_in_signed,
    recall_agreement,
    send_agreement,
)
from symposia.activities.agreed import agreements_covering, agreements_of, rate_on
from symposia.activities.agreeing import (
    LARGEST,
    NEEDS_FACTOR,
    blocks_of,
    objection_to_agreeing_above,
    objection_to_countersigning,
    objection_to_sending,
)
from symposia.activities.declared import contributor_rows
from symposia.activities.models import Activity, Agreement, Contributor
from symposia.activities.signed import asked_again_by
from symposia.activities.tasks_of_faculty import invitation_of
from symposia.audit.queries import entries_about
from symposia.finance.queries import books_currency
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from symposia.web.factors import factor_page, fresh_factor
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.agreement_forms import AgreementForm, ReasonForm, SignedForm
from symposia.web.office.asking import Question, ask, do, given, warned_of
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

FOLDER = "office/agreements"


@require_GET
@requires(Permission.VIEW_MONEY)
def of_activity(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Who is engaged for an activity in writing, and how far each agreement is."""
    activity = activity_or_404(request, pk, Permission.VIEW_MONEY)
    context = frame_of(request, activity, "activity_agreements") | {
        "agreements": agreements_of(activity),
        "covering": agreements_covering(activity),
        "may_write": request.access.holds(Permission.PLAN_MONEY),
    }
    return render(request, f"{FOLDER}/activity.html", context)


@require_GET
@requires(Permission.VIEW_MONEY)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One agreement: its words, its fee beside the card, who has signed, what comes next."""
    agreement = _agreement(request, pk, Permission.VIEW_MONEY)
    holds = request.access.holds
    invitation = invitation_of(agreement.activity_id, agreement.contributor_id)
    email = agreement.contributor.email
    context = {
        "agreement": agreement,
        "words": blocks_of(agreement.text),
        "may_write": holds(Permission.PLAN_MONEY),
        "may_agree": holds(Permission.MANAGE_RULES),
        "may_sign": holds(Permission.POST_MONEY),
        "above_objection": objection_to_agreeing_above(agreement, by_id=request.user.pk),
        "send_objection": objection_to_sending(
            agreement, email=email, is_invited=invitation is not None
        ),
        "sign_objection": objection_to_countersigning(agreement),
        "entries": history_of(entries_about(agreement.pk)[:50]),
    }
    return render(request, f"{FOLDER}/show.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MONEY)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Write an agreement with somebody of the activity."""
    activity = activity_or_404(request, pk, Permission.PLAN_MONEY)
    people = {str(each.pk): each for each in contributor_rows(activity.pk)}
    form = AgreementForm(given(request), people=[(pk, p.name) for pk, p in people.items()])

    def act(said: dict[str, Any]) -> str:
        person: Contributor = people[said["person"]]
        facts = form.facts(books_currency(), _of_card(activity, said))
        made = draft_agreement(activity, person, facts, by=request.actor)
        return reverse("agreement", args=[made.pk])

    back = reverse("activity_agreements", args=[activity.pk])
    note = warned_of(asked_again_by(activity, "budget"))
    question = Question(_("New agreement"), str(activity), back, _("Save the draft"), note)
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MONEY)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a draft."""
    agreement = _agreement(request, pk, Permission.PLAN_MONEY)
    names = ("service", "tier", "unit", "quantity", "services", "above_because", "covers_until")
    first = {name: getattr(agreement, name) for name in names}
    first |= {"each": agreement.each.amount, "seen_version": agreement.version}
    person = (str(agreement.contributor_id), agreement.contributor.name)
    form = AgreementForm(given(request), initial=first | {"person": person[0]}, people=[person])
    back = reverse("agreement", args=[pk])

    def act(said: dict[str, Any]) -> str:
        facts = form.facts(books_currency(), _of_card(agreement.activity, said))
        seen = said["seen_version"] or 0
        change_agreement(agreement, facts, seen_version=seen, by=request.actor)
        return back

    question = Question(agreement.number, str(agreement.activity), back, _("Save the draft"))
    return ask(request, form, question, act, first)


def _of_card(activity: Activity, said: dict[str, Any]) -> Money | None:
    day = activity.wall_starts.date()
    rate = rate_on(day, service=said["service"], tier=said["tier"], unit=said["unit"])
    return rate.amount if rate else None


@require_POST
@requires(Permission.MANAGE_RULES)
def agree_above(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Find a fee above the card fair, as a second person."""
    agreement, back = (
        _agreement(request, pk, Permission.VIEW_MONEY),
        reverse("agreement", args=[pk]),
    )
    return do(request, lambda: agree_above_card(agreement, by=request.actor), back)


@require_POST
@requires(Permission.PLAN_MONEY)
def send(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Freeze it and ask the person."""
    agreement, back = (
        _agreement(request, pk, Permission.PLAN_MONEY),
        reverse("agreement", args=[pk]),
    )
    done = _("The agreement is on its way.")
    return do(request, lambda: send_agreement(agreement, by=request.actor), back, done)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MONEY)
def recall(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take it back to be changed."""
    return _with_reason(request, pk, _("Take it back"), recall_agreement)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MONEY)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """It does not bind any more."""
    return _with_reason(request, pk, _("End the agreement"), end_agreement)


def _with_reason(
    request: UserRequest, pk: uuid.UUID, title: str, act_on: Callable[..., Agreement]
) -> HttpResponse:
    agreement, back = (
        _agreement(request, pk, Permission.PLAN_MONEY),
        reverse("agreement", args=[pk]),
    )

    def act(said: dict[str, Any]) -> str:
        act_on(agreement, reason=said["reason"], by=request.actor)
        return back

    question = Question(title, agreement.number, back, title)
    return ask(request, ReasonForm(given(request)), question, act)


@require_POST
@requires(Permission.POST_MONEY)
def sign(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Sign for the organisation, with a second factor used a moment ago."""
    agreement, back = (
        _agreement(request, pk, Permission.POST_MONEY),
        reverse("agreement", args=[pk]),
    )
    try:
        countersign_agreement(agreement, factor=fresh_factor(request), by=request.actor)
    except Refused as refused:
        if refused.objection == NEEDS_FACTOR:
            return redirect(factor_page(request, back))
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Signed by both."))
    return redirect(back)


@require_http_methods(["GET", "POST"])
@requires(Permission.POST_MONEY)
def paper(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand in what both signed on paper."""
    agreement, back = (
        _agreement(request, pk, Permission.POST_MONEY),
        reverse("agreement", args=[pk]),
    )
    factor = fresh_factor(request)
    if not factor:
        return redirect(factor_page(request, reverse("agreement_paper", args=[pk])))
    form = SignedForm(request.POST or None, request.FILES or None)

    def act(said: dict[str, Any]) -> str:
        content = said["file"].read(LARGEST + 1)
        hand_in_signed(agreement, content, factor=factor, by=request.actor)
        return back

    title = _("Signed on paper")
    return ask(request, form, Question(title, agreement.number, back, _("Keep it")), act)


def _agreement(request: UserRequest, pk: uuid.UUID, permission: Permission) -> Agreement:
    rows = Agreement.objects.visible_to(request.access, permission)
    return get_object_or_404(
        rows.select_related("activity", "contributor", "rate", "file", "under"), pk=pk
    )

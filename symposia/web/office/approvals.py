"""Approvals: the review of a request, and the signing of a decision."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import role_names
from symposia.activities.signed import files_signed
from symposia.approvals.actions import DecisionFacts, decide_request
from symposia.approvals.lists import RISK_TONES, TONES
from symposia.approvals.models import ApprovalRequest, Meaning, Verdict
from symposia.approvals.parts import without_parts
from symposia.approvals.policies import (
    NEEDS_FACTOR,
    Seat,
    objection_to_person,
    objection_to_unseen,
    seat_for,
)
from symposia.approvals.queries import (
    Neighbours,
    Signature,
    alike,
    changes_between,
    neighbours_of,
    own_reasons,
    signatures_of,
    standing_of,
    steps_decided,
    version_before,
)
from symposia.compliance.models import Result
from symposia.compliance.queries import findings_of, latest_evaluation
from symposia.shared.refusals import Objection, Refused
from symposia.web.factors import factor_page, factor_way, fresh_factor
from symposia.web.gates import requires
from symposia.web.office.approval_sight import asked_or_404, hidden_here, lent_here
from symposia.web.office.frozen import changes_in_words, files_of, label_of, sheet_of
from symposia.web.openings import link_to
from symposia.web.parts import Stage
from symposia.web.requests import UserRequest

FOLDER = "office/approvals"
DRAFTS = "decision_drafts"
SUBJECT_PAGES = {"activity": "activity", "plan": "plan"}
SUBJECT_LINKS = {
    "activity": gettext_lazy("Open the activity"),
    "plan": gettext_lazy("Open the plan"),
}
VERBS = {
    Verdict.APPROVE: (gettext_lazy("approve"), gettext_lazy("Sign and approve")),
    Verdict.RETURN: (gettext_lazy("return for change"), gettext_lazy("Sign and return")),
    Verdict.REFUSE: (gettext_lazy("refuse"), gettext_lazy("Sign and refuse")),
}


class DecisionForm(forms.Form):
    """A verdict with its reason, on exactly what the page showed."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Whoever asked sees it, and it stays in the record."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )
    seen_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    seen_step = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


@require_GET
@requires(Permission.VIEW_APPROVALS)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """A request with what changed, what it is, what the rules say and who signed."""
    asked = asked_or_404(request, pk)
    form = DecisionForm(initial=_draft(request, pk) | _seen(asked, seat_of(request, asked)))
    return render(request, f"{FOLDER}/show.html", _context(request, asked, form))


@require_POST
@requires(Permission.DECIDE_APPROVALS)
def draft(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep what was typed and go on to the signature; nothing is decided yet."""
    asked = asked_or_404(request, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return render(request, f"{FOLDER}/show.html", _context(request, asked, form), status=422)
    drafts = request.session.get(DRAFTS, {})
    request.session[DRAFTS] = {**drafts, str(pk): form.cleaned_data}
    return redirect("approval_signature", pk)


@require_GET
@requires(Permission.DECIDE_APPROVALS)
def signature(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The plain sentence that is signed, its hash, and the factor it asks for."""
    asked, kept = asked_or_404(request, pk), _draft(request, pk)
    if not kept:
        return redirect("approval", pk)
    verb, submit = VERBS[Verdict(kept["verdict"])]
    factor, seat = fresh_factor(request), seat_of(request, asked)
    step = asked.step_at(seat.place) if seat else asked.step
    context = {
        "asked": asked,
        "step": step,
        "lent": seat.lent if seat else None,
        "files": files_of(
            without_parts(asked.frozen, hidden_here(request, asked)), files_signed(asked.frozen)
        ),
        "kept": kept,
        "verb": verb,
        "decision_meaning": Meaning(step.meaning).label,
        "submit": submit,
        "objection": _objection(request, asked) or _unseen(asked, kept),
        "factor": factor,
        "needs_factor": step.needs_factor and not factor,
        "way": factor_way(request, reverse("approval_signature", args=[pk])),
    }
    return render(request, f"{FOLDER}/signature.html", context)


@require_POST
@requires(Permission.DECIDE_APPROVALS)
def sign(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Sign what was kept, on what was seen; without a fresh factor ask for it and come back."""
    asked, kept = asked_or_404(request, pk), _draft(request, pk)
    if not kept:
        return redirect("approval", pk)
    try:
        said = DecisionFacts(**kept, factor=fresh_factor(request))
        decide_request(asked, said, access=request.access, by=request.actor)
    except Refused as refused:
        if refused.objection == NEEDS_FACTOR:
            return redirect(factor_page(request, reverse("approval_signature", args=[pk])))
        messages.error(request, str(refused))
        return redirect("approval", pk)
    drafts = request.session[DRAFTS]
    request.session[DRAFTS] = {key: value for key, value in drafts.items() if key != str(pk)}
    messages.success(request, _("Signed and sealed."))
    return redirect("approval", pk)


def _draft(request: UserRequest, pk: uuid.UUID) -> dict[str, Any]:
    kept: dict[str, Any] = request.session.get(DRAFTS, {}).get(str(pk), {})
    return kept


def seat_of(request: UserRequest, asked: ApprovalRequest) -> Seat | None:
    """The signature that this person would give now, with an own role or one lent to them."""
    signed, lent = steps_decided(asked), lent_here(request)
    return seat_for(asked, signed, access=request.access, lent=lent)


def _seen(asked: ApprovalRequest, seat: Seat | None) -> dict[str, Any]:
    place = seat.place if seat else asked.current_step
    return {"seen_hash": asked.frozen_hash, "seen_step": place}


def _unseen(asked: ApprovalRequest, kept: dict[str, Any]) -> Objection | None:
    return objection_to_unseen(asked, seen_hash=kept["seen_hash"], seen_step=int(kept["seen_step"]))


def _objection(request: UserRequest, asked: ApprovalRequest) -> Objection | None:
    return objection_to_person(
        asked,
        steps_decided(asked),
        access=request.access,
        person_id=request.user.pk,
        lent=lent_here(request),
        names=role_names(),
    )


def _context(request: UserRequest, asked: ApprovalRequest, form: DecisionForm) -> dict[str, Any]:
    before = version_before(asked, request.user.pk)
    hidden = hidden_here(request, asked)
    frozen = without_parts(asked.frozen, hidden)
    was = without_parts(before.frozen, hidden) if before else {}
    changes = changes_in_words(changes_between(was, frozen), was, frozen) if before else []
    page = SUBJECT_PAGES.get(asked.subject_type)
    seat = seat_of(request, asked) if asked.is_open else None
    may_decide = request.access.holds(Permission.DECIDE_APPROVALS) and asked.is_open
    signatures = signatures_of(asked)
    return {
        "asked": asked,
        "form": form,
        "before": before,
        "changes": changes,
        "sheet": sheet_of(frozen, files_signed(frozen)),
        "kept_back": [label_of(name) for name in sorted(hidden & asked.frozen.keys())],
        "subject_href": link_to(request.access, page, [asked.subject_id]) if page else "",
        "subject_label": SUBJECT_LINKS.get(asked.subject_type, ""),
        "signatures": signatures,
        "fallen": _fallen(signatures) if asked.is_open else [],
        "stages": _stages(asked),
        "waits_for": ", ".join(step.name for step in asked.waits_for),
        "is_overdue": bool(asked.due_at and asked.due_at <= now()),
        "risk_tone": RISK_TONES[asked.risk],
        "state_tone": TONES[asked.state] or "info",
        "objection": _objection(request, asked) if asked.is_open else None,
        "lent": seat.lent if seat else None,
        "may_decide": may_decide,
        "own_reasons": own_reasons(request.user.pk) if may_decide else [],
        "around": neighbours_of(asked, request.access) if asked.is_open else Neighbours(),
        "alike": alike(asked, request.access) if asked.is_open else None,
    } | _rules(asked)


def _fallen(signatures: Sequence[Signature]) -> list[Signature]:
    """The approvals that fell and were not given anew, by whichever change."""
    newest: dict[str, Signature] = {}
    for each in signatures:
        if each.decision.verdict == Verdict.APPROVE:
            newest.setdefault(each.decision.step_name, each)
    return [each for each in newest.values() if each.voiding]


def _rules(asked: ApprovalRequest) -> dict[str, Any]:
    """What the rules last said of the subject."""
    evaluation = latest_evaluation(asked.subject_type, asked.subject_id)
    findings = findings_of(evaluation)
    holding = [f for f in findings if f.result == Result.PASS]
    label = ngettext("%(n)d rule holds", "%(n)d rules hold", len(holding)) % {"n": len(holding)}
    return {
        "evaluation": evaluation,
        "findings": [f for f in findings if f.result != Result.PASS],
        "holding": holding,
        "holding_label": label,
    }


def _stages(asked: ApprovalRequest) -> list[Stage]:
    """The signatures of the route: given, next, waiting."""
    signed = standing_of(asked)
    return [
        Stage(
            step.name,
            "done"
            if place in signed
            else "now"
            if asked.is_open and place in asked.waiting_steps
            else "waiting",
        )
        for place, step in enumerate(asked.route_steps)
    ]

"""Transfers between nodes of the budget: proposed, agreed to by a second person, taken back."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.audit.queries import entries_about
from symposia.finance.actions.budget_transfers import (
    agree_to_transfer,
    drop_transfer,
    propose_transfer,
    take_transfer_back,
)
from symposia.finance.models import BudgetNode, BudgetTransfer
from symposia.finance.transfer_lists import TRANSFER_TONES
from symposia.finance.transfer_rules import objection_to_agreeing_to_transfer
from symposia.shared.money import Money
from symposia.shared.proposals import ProposalState
from symposia.web.gates import requires
from symposia.web.office.asking import Question, WhyForm, ask, do, given
from symposia.web.office.budget_forms import TransferForm
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

SEES, PROPOSES, AGREES = Permission.VIEW_MONEY, Permission.PLAN_MONEY, Permission.POST_MONEY


@require_http_methods(["GET", "POST"])
@requires(PROPOSES)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask that a part of a node's envelope goes to another node."""
    seen = BudgetNode.objects.visible_to(request.access, PROPOSES)
    node, back = get_object_or_404(seen, pk=pk), reverse("budget_node", args=[pk])
    form = TransferForm(given(request), access=request.access, leaving=node)

    def act(said: dict[str, Any]) -> str:
        amount = Money(said["amount"], node.currency)
        made = propose_transfer(
            node, form.coming(), amount, reason=said["reason"], by=request.actor
        )
        return reverse("budget_transfer", args=[made.pk])

    note = _("A second person of finance agrees.")
    if not node.apart_envelope_minor:
        words = _("%(node)s has %(free)s that is neither used nor given on.")
        note = f"{words % {'node': node.name, 'free': node.free}} {note}"
    return ask(
        request, form, Question(_("Move money"), str(node), back, _("Propose it"), note), act
    )


@require_GET
@requires(SEES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What would move or has moved, why, and by whom."""
    transfer = _transfer(request, pk)
    agrees = request.access.everywhere(AGREES)
    context = {
        "transfer": transfer,
        "tone": TRANSFER_TONES[ProposalState(transfer.state)],
        "agreeing": objection_to_agreeing_to_transfer(transfer, by_id=request.user.pk),
        "counter": BudgetTransfer.objects.taking_back(transfer).first(),
        "may_agree": agrees and transfer.is_waiting,
        "may_drop": transfer.is_waiting and (agrees or transfer.proposed_by_id == request.user.pk),
        "may_propose": request.access.holds(PROPOSES),
        "entries": history_of(entries_about(transfer.pk)[:50]),
    }
    return render(request, "office/budget/transfer.html", context)


@require_POST
@requires(AGREES, of_all=True)
def agree(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let it move."""
    transfer, back = _transfer(request, pk), reverse("budget_transfer", args=[pk])
    moved = _("%(amount)s moved.") % {"amount": transfer.amount}
    return do(request, lambda: agree_to_transfer(transfer, by=request.actor), back, moved)


@require_POST
@requires(SEES)
def drop(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Leave everything as it is."""
    transfer, back = _transfer(request, pk), reverse("budget_transfer", args=[pk])
    agrees = request.access.everywhere(AGREES)
    return do(request, lambda: drop_transfer(transfer, agrees=agrees, by=request.actor), back)


@require_http_methods(["GET", "POST"])
@requires(PROPOSES)
def take_back(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask for the counter-transfer of what has moved."""
    transfer, back = _transfer(request, pk), reverse("budget_transfer", args=[pk])

    def act(said: dict[str, Any]) -> str:
        made = take_transfer_back(transfer, reason=said["reason"], by=request.actor)
        return reverse("budget_transfer", args=[made.pk])

    words = _("%(amount)s goes back once a second person agrees; both transfers stay.")
    note = words % {"amount": transfer.amount}
    question = Question(_("Take the transfer back"), str(transfer), back, _("Propose it"), note)
    return ask(request, WhyForm(given(request)), question, act)


def _transfer(request: UserRequest, pk: uuid.UUID) -> BudgetTransfer:
    rows = BudgetTransfer.objects.visible_to(request.access)
    return get_object_or_404(rows.select_related("from_node", "to_node", "reverses"), pk=pk)

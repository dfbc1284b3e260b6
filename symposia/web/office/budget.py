"""Money → Budget: the tree with its bars, a node with what hangs on it, and how it is divided."""

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.audit.queries import entries_about
from symposia.finance.actions.nodes import add_node, change_envelope, remove_node, rename_node
from symposia.finance.actions.placing import choose_node, hang_those_that_hang_nowhere
from symposia.finance.models import BudgetNode, BudgetTransfer
from symposia.finance.models.nodes import kept_apart
from symposia.finance.node_lists import NODE_ACTIVITIES, NODE_POSTINGS
from symposia.finance.queries import books_currency
from symposia.finance.tree import NEAR, Burned, branch_of, burn_of, near_caps, shown_node, unplaced
from symposia.shared.money import Money
from symposia.web.burn_chart import burn
from symposia.web.cells import cells_of
from symposia.web.formats import money_amount
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.budget_forms import EnvelopeForm, HangingForm, NodeForm, NodeNameForm
from symposia.web.office.record_history import history_of
from symposia.web.parts import Column, Figure
from symposia.web.requests import UserRequest

FOLDER = "office/budget"
SEES, PLANS, DIVIDES = Permission.VIEW_MONEY, Permission.PLAN_MONEY, Permission.POST_MONEY
# How many levels a page shows at once, and how many rows of what hangs on a node.
LEVELS, ROWS, NEAREST = 3, 8, 5
FULL = 1000


@require_GET
@requires(SEES)
def tree(request: UserRequest) -> HttpResponse:
    """The tree from where this person's part of it begins, and what is near its cap."""
    nodes = branch_of(request.access, None, levels=LEVELS)
    waiting = unplaced(request.access)
    context = {
        "rows": _rows(nodes, nodes[0].depth if nodes else 1),
        "currency": books_currency(),
        "near": [_row(each, 0) for each in near_caps(request.access)[:NEAREST]],
        "unplaced": waiting.count() if nodes else 0,
        "may_divide": request.access.everywhere(DIVIDES),
        "may_export": request.access.holds(Permission.EXPORT),
    }
    return render(request, f"{FOLDER}/tree.html", context)


@require_GET
@requires(SEES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """A node: its sums, how fast it burns, what is beneath it and what hangs on it."""
    node = shown_node(request.access, pk)
    if node is None:
        raise Http404
    row = _row(node, 0)
    moved = BudgetTransfer.objects.visible_to(request.access).filter(
        Q(from_node=node.pk) | Q(to_node=node.pk)
    )
    transfers = moved.order_by("-proposed_at")
    months = burn_of(request.access, node, row["minor"]["envelope"])
    context = {
        "node": node,
        "row": row,
        "above": _above(request, node),
        "figures": _figures(node, row),
        "burn_title": _pace(months, row["minor"]["envelope"]),
        "burn": burn(months, row["minor"]["envelope"]),
        "months": [
            {
                "burned": each,
                **{n: node.money(getattr(each, n)) for n in ("charged", "actual", "even")},
            }
            for each in months
        ],
        "rows": _rows(branch_of(request.access, node, levels=LEVELS - 1), node.depth + 1),
        "activities": _some(request, NODE_ACTIVITIES, pk),
        "postings": _some(request, NODE_POSTINGS, pk),
        "transfers": transfers.select_related("from_node", "to_node")[:NEAREST],
        "may_propose": request.access.holds(PLANS),
        "entries": history_of(entries_about(pk)[:50]) if _sees_all_of(request, node) else [],
        "may_divide": request.access.everywhere(DIVIDES),
    }
    return render(request, f"{FOLDER}/node.html", context)


@require_http_methods(["GET", "POST"])
@requires(DIVIDES, of_all=True)
def new(request: UserRequest, pk: uuid.UUID | None = None) -> HttpResponse:
    """Divide the budget: a root, or a node beneath another."""
    parent = _node(request, pk) if pk else None
    back = reverse("budget_node", args=[pk]) if pk else reverse("budget")
    form = NodeForm(given(request), parent=parent, currency=books_currency())

    def act(_said: dict[str, Any]) -> str:
        return reverse("budget_node", args=[add_node(form.facts(), by=request.actor).pk])

    note = ""
    if parent:
        left = parent.money(parent.envelope_minor - parent.given_minor)
        words = _("%(node)s has %(left)s to give on. What is left empty is as it is there.")
        note = words % {"node": parent.name, "left": left}
    question = Question(
        _("New node"), str(parent) if parent else _("Budget"), back, _("Add the node"), note
    )
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(DIVIDES, of_all=True)
def envelope(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a node more or less."""
    node, back = _node(request, pk), reverse("budget_node", args=[pk])
    form = EnvelopeForm(given(request), initial={"envelope": node.envelope.amount})

    def act(said: dict[str, Any]) -> str:
        wanted = Money(said["envelope"], node.currency)
        change_envelope(node, wanted, reason=said["reason"], by=request.actor)
        return back

    return ask(request, form, Question(_("Change the envelope"), str(node), back, _("Save")), act)


@require_http_methods(["GET", "POST"])
@requires(DIVIDES, of_all=True)
def name(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Call a node something else."""
    node, back = _node(request, pk), reverse("budget_node", args=[pk])

    def act(said: dict[str, Any]) -> str:
        rename_node(node, said["name"], by=request.actor)
        return back

    form = NodeNameForm(given(request), initial={"name": node.name})
    return ask(request, form, Question(_("Rename the node"), str(node), back, _("Save")), act)


@require_POST
@requires(DIVIDES, of_all=True)
def removal(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take an unused node away."""
    node = _node(request, pk)
    removed = _("%(node)s is removed.") % {"node": node}
    back = reverse("budget_node", args=[node.parent_id]) if node.parent_id else reverse("budget")
    return do(request, lambda: remove_node(node, by=request.actor), back, removed)


@require_POST
@requires(DIVIDES, of_all=True)
def hanging(request: UserRequest) -> HttpResponse:
    """Hang the activities whose money began before their node was there."""
    rows = list(unplaced(request.access)[:500])

    def act() -> None:
        hung = hang_those_that_hang_nowhere(rows, by=request.actor)
        words = ngettext(
            "%(n)d activity found its node.", "%(n)d activities found their node.", hung
        )
        messages.success(request, words % {"n": hung})

    return do(request, act, reverse("budget"))


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def choose(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say on which node the money of an activity hangs, and why there."""
    activity: Activity = activity_or_404(request, pk, PLANS)
    form = HangingForm(
        given(request), access=request.access, is_independent=activity.is_independent
    )
    back = reverse("activity_money", args=[pk])

    def act(said: dict[str, Any]) -> str:
        choose_node(activity, form.chosen(), reason=said["reason"], by=request.actor)
        return back

    note = _("All of its money goes there, and no rule takes it away again.")
    question = Question(_("Hang it on another node"), str(activity), back, _("Hang it there"), note)
    return ask(request, form, question, act)


def _node(request: UserRequest, pk: uuid.UUID) -> BudgetNode:
    return get_object_or_404(BudgetNode.objects.visible_to(request.access, DIVIDES), pk=pk)


def _sees_all_of(request: UserRequest, node: BudgetNode) -> bool:
    """Its history names whole envelopes: nobody beyond the wall reads it where a part is kept
    from them."""
    return not node.apart_envelope_minor or not kept_apart(request.access, SEES)


def _above(request: UserRequest, node: BudgetNode) -> BudgetNode | None:
    """What it is a part of, where this person sees it."""
    seen = BudgetNode.objects.visible_to(request.access)
    return seen.filter(pk=node.parent_id).first() if node.parent_id else None


def _some(request: UserRequest, listed: Any, pk: uuid.UUID) -> dict[str, Any]:
    """The first rows of a list, as its page shows them."""
    found = list(listed.rows_for(request.access, {}, node_pk=pk)[:ROWS])
    shown = [column for column in listed.columns if column.in_page]
    return {
        "title": listed.title,
        "columns": [Column(c.label, "n" if c.kind in {"n", "money"} else "") for c in shown],
        "cells": cells_of(shown, found, request.access),
        "href": reverse(listed.name, args=[pk]),
    }


def _rows(nodes: list[Any], first: int) -> list[dict[str, Any]]:
    return [_row(each, each.depth - first) for each in nodes]


def _row(node: Any, indent: int) -> dict[str, Any]:
    """A node as tree and page show it: its sums as this person may know them."""
    names = ("envelope", "estimate", "committed", "actual", "charged", "free")
    minor = {each: getattr(node, f"seen_{each}") for each in names}
    used = node.used or 0
    tone = "stop" if used >= FULL else "warn" if used >= NEAR else ""
    return {
        "node": node,
        "indent": indent,
        "minor": minor,
        "money": {each: node.money(value) for each, value in minor.items()},
        "used": None if node.used is None else node.used // 10,
        "used_words": _("%(n)s %% used") % {"n": used // 10},
        "tone": tone,
    }


def _pace(months: list[Burned], envelope: int) -> str:
    """What the chart answers: how far it is, beside how far an even pace would be."""
    told = [each for each in months if not each.is_ahead]
    if not envelope or not told:
        return _("Its period has not begun") if envelope else _("It has no envelope")
    now_, words = told[-1], _("%(used)s %% promised or spent; an even pace is at %(even)s %%")
    return words % {"used": 100 * now_.charged // envelope, "even": 100 * now_.even // envelope}


def _figures(node: BudgetNode, row: dict[str, Any]) -> list[Figure]:
    postings, money = reverse("budget_node_postings", args=[node.pk]), row["money"]
    share = "" if row["used"] is None else row["used_words"]
    return [
        Figure(_("Envelope"), money_amount(money["envelope"])),
        Figure(_("Estimate"), money_amount(money["estimate"]), f"{postings}?kind=estimate"),
        Figure(_("Committed"), money_amount(money["committed"]), f"{postings}?kind=commitment"),
        Figure(_("Actual"), money_amount(money["actual"]), f"{postings}?kind=actual&kind=reversal"),
        Figure(_("Free"), money_amount(money["free"]), note=share),
    ]

"""Somebody leaves: the membership ends, with a reason, and others go on with the work, reviewed
kind by kind before it happens."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.actions import end_membership
from symposia.accounts.memberships import members
from symposia.accounts.models import Membership
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import change_of_member
from symposia.accounts.succession import Passing, Succession, passings_of
from symposia.audit.actions import record
from symposia.shared.columns import Words
from symposia.shared.refusals import Objection, Refused
from symposia.shared.sheets import csv_chunks, csv_head
from symposia.web.gates import requires
from symposia.web.office.leaving_forms import LeavingForm
from symposia.web.requests import UserRequest

PAGE = "office/access/leaving.html"


@dataclass(frozen=True)
class Shown:
    """Open work of one kind on the page: what may be named with its address, how much is not, who
    goes on with it, and what stands against that."""

    label: Words
    count: int
    named: list[tuple[str, str]]
    unnamed: int
    handed_over: bool
    field: forms.BoundField | None
    objections: list[Objection]
    note: Objection | None


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ACCESS)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """End a membership: what moves is shown first, with what stands against it."""
    leaver = _leaver(request, pk)
    passings = _passings(request, leaver, Succession())
    form = LeavingForm(leaver, [each.left for each in passings], members(), _sent(request))
    if not form.is_bound or not form.is_valid_choice():
        return _page(request, leaver, form, passings)
    checked = form.succession()
    passings = _passings(request, leaver, checked)
    if request.POST.get("step") == "check":
        form.errors.pop("reason", None)
        return _page(request, leaver, form, passings, checked=checked)
    if not form.is_valid():
        return _page(request, leaver, form, passings)
    try:
        end_membership(leaver, by=request.actor, **form.said())
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, leaver, form, passings, checked=checked)
    waits = change_of_member(leaver) is not None
    messages.success(request, _waits() if waits else _("The membership has ended."))
    return redirect("access")


@require_GET
@requires(Permission.MANAGE_ACCESS, Permission.EXPORT)
def preview_file(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What would move, row by row, as a file to go through with the team."""
    leaver = _leaver(request, pk)
    left = [each.left for each in _passings(request, leaver, Succession())]
    form = LeavingForm(leaver, left, members(), request.GET)
    succession = form.succession() if form.is_valid_choice() else Succession()
    found = passings_of(leaver.user_id, request.access, succession, at=now(), most=None)
    record(request.actor, "list.exported", leaver, details={"list": "leaving", "as": "csv"})
    head = [_("Kind of work"), _("What"), _("Who goes on"), _("What stands against it")]
    body = csv_head(head) + b"".join(csv_chunks([list(_lines(found))]))
    answer = HttpResponse(body, content_type="text/csv")
    answer["Content-Disposition"] = f'attachment; filename="leaving_{now():%Y-%m-%d_%H%MZ}.csv"'
    return answer


def _lines(passings: list[Passing]) -> Iterator[list[str]]:
    for each in passings:
        label, whom = str(each.left.work.label), str(each.successor or "")
        notes = [each.note] if each.note else []
        against = " ".join(map(str, [*notes, *each.objections]))
        for _key, title in each.left.named:
            yield [label, title, whom, against]
        if unnamed := each.left.count - len(each.left.named):
            yield [label, _("%(count)s that you may not see") % {"count": unnamed}, whom, against]


def _page(
    request: UserRequest,
    leaver: Membership,
    form: LeavingForm,
    passings: list[Passing],
    *,
    checked: Succession | None = None,
) -> HttpResponse:
    shown = [_shown(each, form) for each in passings]
    against = any(each.objections for each in shown)
    if not against:
        del form.fields["in_spite"]
    preview = reverse("leaving_preview", args=[leaver.pk])
    context = {
        "leaver": leaver.user,
        "form": form,
        "shown": shown,
        "is_checked": checked is not None,
        "against": against,
        "csv_href": f"{preview}?{urlencode(form.chosen())}" if form.is_bound else preview,
        "can_export": request.access.holds(Permission.EXPORT),
    }
    return render(request, PAGE, context, status=422 if form.errors else 200)


def _shown(passing: Passing, form: LeavingForm) -> Shown:
    left, work = passing.left, passing.left.work
    named = [(title, reverse(work.page, args=[key][: work.has_page])) for key, title in left.named]
    field = form[form.name_of(left.name)] if work.handed_over else None
    unnamed = left.count - len(named)
    objections = passing.objections
    return Shown(
        *(work.label, left.count, named, unnamed, work.handed_over, field, objections),
        note=passing.note,
    )


def _passings(request: UserRequest, leaver: Membership, succession: Succession) -> list[Passing]:
    return passings_of(leaver.user_id, request.access, succession, at=now())


def _leaver(request: UserRequest, pk: uuid.UUID) -> Membership:
    rows = Membership.objects.visible_to(request.access).standing().with_user()
    return get_object_or_404(rows, pk=pk)


def _sent(request: UserRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _waits() -> str:
    return _(
        "Nothing has changed yet. The membership ends once another administrator, or the person,"
        " agrees."
    )

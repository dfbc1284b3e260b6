"""The store of statements (xAPI): who may send to it, by which keys, and what it holds."""

import json
import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.wall import settings_of
from symposia.shared.refusals import Refused
from symposia.statements.actions.keys import make_provider_key, revoke_provider_key
from symposia.statements.models import ProviderKey, Scope, Statement
from symposia.statements.policies import LONGEST
from symposia.web.gates import answers_with_a_secret, requires
from symposia.web.requests import UserRequest

FOLDER = "office/statements"
# What the page shows of each; all of them stand in their lists.
MOST = 20


class KeyForm(forms.Form):
    """A key for an activity provider."""

    name = forms.CharField(
        label=gettext_lazy("Who holds it"),
        max_length=100,
        help_text=gettext_lazy("A tool, a course of a publisher, a partner."),
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("It may"), choices=Scope.choices, initial=Scope.WRITE
    )
    days = forms.IntegerField(
        label=gettext_lazy("Good for so many days"),
        min_value=1,
        max_value=LONGEST.days,
        initial=365,
    )


@require_GET
@requires(Permission.MANAGE_ACCESS, of_all=True)
def store(request: UserRequest) -> HttpResponse:
    return _page(request, KeyForm())


@answers_with_a_secret("statement_store")
@never_cache
@require_POST
@requires(Permission.MANAGE_ACCESS, of_all=True)
def make_key(request: UserRequest) -> HttpResponse:
    """A key, whose secret is on this answer and nowhere else; the form has no idempotency key, so
    that a second click still shows one."""
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    said = form.cleaned_data
    try:
        made = make_provider_key(
            said["name"],
            Scope(said["scope"]),
            days=said["days"],
            wall=settings_of(request.access),
            by=request.actor,
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, form, status=422)
    return _page(request, KeyForm(), made=made)


@require_POST
@requires(Permission.MANAGE_ACCESS, of_all=True)
def revoke_key(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    key = get_object_or_404(ProviderKey.objects.visible_to(request.access), pk=pk)
    try:
        revoke_provider_key(key, by=request.actor)
        messages.success(request, _("The key no longer opens anything. What it sent stays."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("statement_store")


@require_GET
@requires(Permission.MANAGE_ACCESS, of_all=True)
def statement(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One statement as it is kept."""
    rows = Statement.objects.visible_to(request.access).with_voided()
    found = get_object_or_404(rows, pk=pk)
    told = json.loads(found.body)
    context = {
        "statement": found,
        "body": json.dumps(told, indent=2, ensure_ascii=False),
        "attachments": told.get("attachments", []),
    }
    return render(request, f"{FOLDER}/statement.html", context)


def _page(
    request: UserRequest,
    form: KeyForm,
    *,
    made: tuple[ProviderKey, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    keys = ProviderKey.objects.visible_to(request.access).filter(revoked_at=None)
    told = Statement.objects.visible_to(request.access).defer("body")
    latest = told.order_by("-stored_at", "-id")
    context: dict[str, Any] = {
        "address": f"{settings.ORIGIN}/xapi/",
        "made": made,
        "keys": list(keys.order_by("-made_at", "pk")[:MOST]),
        "latest": list(latest[:MOST]),
        "form": form,
        "at": now(),
    }
    return render(request, f"{FOLDER}/store.html", context, status=status)

"""The connection with the organisation's own directory: its address and key, what its groups give,
who left it, and what it asked for last."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.actions import make_personal_token
from symposia.accounts.actions.synced_groups import map_group
from symposia.accounts.memberships import role_of_code, roles, tokens_of
from symposia.accounts.models import DirectoryGroup
from symposia.accounts.permissions import Permission
from symposia.accounts.synced import KEPT_FOR, MOST_KEPT, latest_steps, leavers_to_review
from symposia.shared.refusals import Refused
from symposia.web.gates import answers_with_a_secret, requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest

PAGE = "office/access/scim.html"
# A directory is set up once a year rather than four times.
DAYS = 365
# What the page shows of the groups; all of them stand in their list.
MOST_GROUPS = 50


class GroupForm(forms.Form):
    """Which role a group gives."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        required=False,
        help_text=gettext_lazy(
            "For the whole organisation. A role that decides waits for a second administrator, for"
            " each person apart."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(role.code, role.name) for role in roles()]
        self.fields["role"].choices = [("", _("None: it gives nothing")), *named]  # type: ignore[attr-defined]


@require_GET
@requires(Permission.MANAGE_ACCESS)
def connection(request: UserRequest) -> HttpResponse:
    return _page(request)


@answers_with_a_secret("scim")
@never_cache
@require_POST
@requires(Permission.MANAGE_ACCESS, Permission.SYNC_DIRECTORY)
def make_key(request: UserRequest) -> HttpResponse:
    """A key that opens the directory's own way in and nothing else; shown once."""
    try:
        _token, secret = make_personal_token(
            request.user,
            request.access,
            name=_("Directory sync"),
            permissions=[Permission.SYNC_DIRECTORY],
            days=DAYS,
            by=request.actor,
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("scim")
    return _page(request, secret=secret)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ACCESS)
def group_role(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say which role a group gives."""
    rows = DirectoryGroup.objects.visible_to(request.access).select_related("role")
    group, back = get_object_or_404(rows, pk=pk), reverse("scim")

    def act(said: dict[str, Any]) -> str:
        kept = map_group(group, role_of_code(said["role"]), by=request.actor)
        messages.success(request, _("Its people hold it from the next click on."))
        for note in kept.notes:
            messages.warning(request, note)
        return back

    first = {"role": group.role.code if group.role else ""}
    title = _("What the group “%(group)s” gives") % {"group": group}
    note = _(
        "Whoever is in the group gets the role, whoever leaves the group loses it. Roles that were"
        " given by hand stay."
    )
    question = Question(title, _("Directory"), back, _("Save"), note)
    return ask(request, GroupForm(given(request), initial=first), question, act)


def _page(request: UserRequest, *, secret: str = "") -> HttpResponse:
    groups = DirectoryGroup.objects.visible_to(request.access).with_people()
    keys = [each for each in tokens_of(request.user) if _is_of_sync(each)]
    context = {
        "address": f"{settings.ORIGIN}/scim/v2",
        "secret": secret,
        "keys": keys,
        "leavers": leavers_to_review(),
        "groups": list(groups.order_by("display_name", "pk")[:MOST_GROUPS]),
        "steps": latest_steps(request.access),
        "kept_days": KEPT_FOR.days,
        "most_kept": MOST_KEPT,
    }
    return render(request, PAGE, context)


def _is_of_sync(token: Any) -> bool:
    return Permission.SYNC_DIRECTORY in token.permissions and token.revoked_at is None

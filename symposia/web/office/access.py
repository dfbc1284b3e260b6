"""Who may do what here: members and their roles, offers of membership, keys to the API."""

import uuid
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts import memberships
from symposia.accounts.actions import (
    confirm_grant,
    invite_member,
    make_personal_token,
    remove_grant,
    revoke_personal_token,
    withdraw_offer,
)
from symposia.accounts.models import Grant, Role
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import administrators, change_waiting_for
from symposia.shared.refusals import Refused
from symposia.web.gates import answers_with_a_secret, requires
from symposia.web.office.reaches import RoleForm, names_of_reaches
from symposia.web.requests import UserRequest

FOLDER = "office/access"
_WAITS = gettext_lazy(
    "Nothing has changed yet. The role is taken away once another administrator, or the person,"
    " agrees."
)


def _spoken(permission: str) -> str:
    """A permission as people say it."""
    return permission.replace("_", " ").replace(" api", " the API")


class OfferForm(RoleForm):
    """Who is invited to work here, as what, how far it reaches, and until when."""

    field_order = ("full_name", "email", "role", "territory", "activity", "until")

    full_name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)


class RemovalForm(forms.Form):
    """Why somebody no longer holds a role."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is taken away"),
        help_text=gettext_lazy("It stays in the journal."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )


class TokenForm(forms.Form):
    """A key for a program: what it is for and how far it reaches."""

    name = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=80,
        help_text=gettext_lazy("As you know it."),
    )
    permissions = forms.MultipleChoiceField(
        label=gettext_lazy("It may"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, request: UserRequest, *args: Any) -> None:
        super().__init__(*args)
        field = cast(forms.MultipleChoiceField, self.fields["permissions"])
        field.choices = [
            (str(each), _spoken(str(each))) for each in Permission if request.access.holds(each)
        ]


@require_GET
@requires(Permission.MANAGE_ACCESS)
def members(request: UserRequest) -> HttpResponse:
    return _page(request, OfferForm(access=request.access))


@require_POST
@requires(Permission.MANAGE_ACCESS)
def offer(request: UserRequest) -> HttpResponse:
    """Invite somebody to work here; the mail leaves by itself."""
    form = OfferForm(request.POST, access=request.access)
    if not form.is_valid():
        return _page(request, form, status=422)
    facts = form.cleaned_data
    person = {"email": facts["email"], "full_name": facts["full_name"]}
    until = form.valid_until(request)
    try:
        reach = form.scope()
        invite_member(_role(facts["role"]), valid_until=until, by=request.actor, **person, **reach)
        messages.success(request, _("The offer is on its way by e-mail."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("access")


@require_POST
@requires(Permission.MANAGE_ACCESS)
def withdraw(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    found = memberships.offer_of_id(pk)
    if found is None:
        raise Http404
    try:
        withdraw_offer(found, by=request.actor)
        messages.success(request, _("The offer is withdrawn."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("access")


@require_POST
@requires(Permission.MANAGE_ACCESS)
def confirm(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Agree, as a second administrator, to a role that decides."""
    try:
        confirm_grant(_grant(pk), by=request.actor)
        messages.success(request, _("The role is held from now on."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("access")


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ACCESS)
def remove(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a role away: asked for its reason first."""
    found = _grant(pk)
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            remove_grant(found, by=request.actor, reason=form.cleaned_data["reason"])
            waits = change_waiting_for(found) is not None
            messages.success(request, _WAITS if waits else _("The role is taken away."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("access")
    context = {
        "grant": found,
        "person": found.membership.user,
        "waits": found.role.manages_access and not found.waits_since,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, f"{FOLDER}/removal.html", context, status=status)


@require_GET
@requires(Permission.MANAGE_ACCESS)
def roles(request: UserRequest) -> HttpResponse:
    """Which role may do what."""
    found = [(role, [_spoken(name) for name in role.permissions]) for role in memberships.roles()]
    context = {"roles": found}
    return render(request, f"{FOLDER}/roles.html", context)


@require_GET
@requires(Permission.USE_API)
def tokens(request: UserRequest) -> HttpResponse:
    return _tokens(request, TokenForm(request))


@answers_with_a_secret("tokens")
@never_cache
@require_POST
@requires(Permission.USE_API)
def make_token(request: UserRequest) -> HttpResponse:
    """The secret is on this answer and nowhere else; the form has no idempotency key, so that a
    second click still shows one."""
    form = TokenForm(request, request.POST)
    if not form.is_valid():
        return _tokens(request, form, status=422)
    wanted = [Permission(name) for name in form.cleaned_data["permissions"]]
    try:
        _token, secret = make_personal_token(
            request.user,
            request.access,
            name=form.cleaned_data["name"],
            permissions=wanted,
            by=request.actor,
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("tokens")
    return _tokens(request, TokenForm(request), secret=secret)


@require_POST
@requires(Permission.USE_API)
def revoke_token(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    found = memberships.token_of_id(request.user, pk)
    if found is None:
        raise Http404
    revoke_personal_token(found, by=request.actor)
    messages.success(request, _("The key no longer opens anything."))
    return redirect("tokens")


def _page(request: UserRequest, form: OfferForm, *, status: int = 200) -> HttpResponse:
    members = memberships.members()
    context = {
        "members": members,
        "reaches": names_of_reaches(members),
        "offers": memberships.open_offers(now()),
        "is_alone": len(administrators(now())) == 1,
        "form": form,
        "may_view_as": request.access.holds(Permission.VIEW_AS),
    }
    return render(request, f"{FOLDER}/members.html", context, status=status)


def _tokens(
    request: UserRequest, form: TokenForm, *, secret: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "tokens": [
            (token, [_spoken(name) for name in token.permissions])
            for token in memberships.tokens_of(request.user)
        ],
        "form": form,
        "secret": secret,
        "at": now(),
    }
    return render(request, f"{FOLDER}/tokens.html", context, status=status)


def _grant(pk: uuid.UUID) -> Grant:
    found = memberships.grant_of_id(pk)
    if found is None:
        raise Http404
    return found


def _role(text: str) -> Role:
    try:
        found = memberships.role_of_id(uuid.UUID(text))
    except ValueError as problem:
        raise Http404 from problem
    if found is None:
        raise Http404
    return found

"""Setting up a second factor, with the way back to what asked for one."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from symposia.web.factors import FRESH_SECONDS, STRONG
from symposia.web.gates import signed_in

BACK = "factor_back"
SIGNED_IN = "signed_in_at"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library is untyped
    """What the library says of factors, in the words of the product."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("Whoever has a second factor keeps the address it was set up for."),
        "cannot_delete_authenticator": _("This second factor cannot be removed."),
        "cannot_generate_recovery_codes": _("Set up a second factor first."),
        "incorrect_code": _("This code does not fit. Enter the one that is shown now."),
        "unverified_email": _("Confirm your e-mail address first."),
    }


@require_GET
@signed_in
def set_up(request: Any) -> HttpResponse:
    """Remember what asked for a factor, and go where one is set up."""
    back = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    ):
        request.session[BACK] = back
    return redirect("mfa_index")


@require_GET
@signed_in
def go_back(request: Any) -> HttpResponse:
    """Go on with what asked for a factor."""
    return redirect(request.session.pop(BACK, "") or "profile")


@receiver(user_logged_in)
def remember_when(request: Any, **_facts: Any) -> None:
    """Since when this session is signed in; taking a session over does not make it younger."""
    if request is not None:
        request.session[SIGNED_IN] = time.time()


def lately_signed_in(view: Callable[..., Any]) -> Callable[..., Any]:
    """A first factor or password is set up by whoever has just shown who they are.

    The library asks for the password or for a factor that is held. Whoever has neither signs in
    by a new link, as a session alone may lie open on somebody else's table.
    """

    @wraps(view)
    def gated(request: Any, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated or _is_proven(request):
            return view(request, *args, **kwargs)
        messages.info(
            request,
            _(
                "A password or second factor is set up within five minutes of signing in. Ask for a"
                " link, open it here, and go on."
            ),
        )
        return redirect("sign_in_link")

    return gated


def _is_proven(request: Any) -> bool:
    if get_adapter().get_reauthentication_methods(request.user):
        return True
    at = float(request.session.get(SIGNED_IN, 0))
    return at > time.time() - FRESH_SECONDS


@receiver(authenticator_added)
def proven(user: Any, request: Any, authenticator: Authenticator, **_facts: Any) -> None:
    """Whoever has just set a factor up has just used it."""
    if authenticator.type in STRONG:
        kind = str(authenticator.type)
        record_authentication(
            request, user, method="mfa", type=kind, id=authenticator.pk, reauthenticated=True
        )

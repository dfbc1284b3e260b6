"""Our own sign-in link: asked for by e-mail address, opened by GET, spent by POST alone."""

from typing import Any

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.actions import VISITOR, use_sign_in_link
from symposia.accounts.tasks import send_sign_in_link
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import INSTALLATION, acting_in
from symposia.web.gates import open_to_all


class AddressForm(forms.Form):
    """Where the link goes."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)


@require_http_methods(["GET", "POST"])
@open_to_all("asks for a sign-in link; answers the same for known and unknown addresses")
def request_link(request: HttpRequest) -> HttpResponse:
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not ratelimit.consume(request, action="request_login_code", key=email.lower()):
            return _too_often(request)
        # Whether anybody signs in with it, the job alone looks up: asking takes equally long.
        with acting_in(INSTALLATION):
            send_sign_in_link.defer(address=email.lower())
        return redirect("sign_in_link_sent")
    status = 422 if form.is_bound else 200
    return render(request, "account/link_request.html", {"form": form}, status=status)


@require_GET
@open_to_all("says that a link may be on its way, to anybody")
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "account/link_sent.html")


@never_cache
@require_GET
@open_to_all("shows the button that spends a sign-in link; mail scanners only follow GET")
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "account/link_confirm.html", {"token": token})


@never_cache
@require_POST
@open_to_all("spends a sign-in link")
def use(request: Any, token: str) -> HttpResponse:
    """Sign in; a person with a second factor is asked for it as after a password."""
    try:
        user = use_sign_in_link(token, by=VISITOR)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("sign_in_link")
    if user is None:
        messages.error(request, _("This link is not one of ours. Ask for a new one."))
        return redirect("sign_in_link")
    answer: HttpResponse = perform_login(request, user)
    return answer


def _too_often(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = ratelimit.respond_429(request)
    return answer

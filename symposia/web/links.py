"""Pages reached by a personal link: no account, one organisation, GET changes nothing."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import (
    Http404,
    HttpResponseBadRequest,
    HttpResponseBase,
    HttpResponseNotAllowed,
)
from django.shortcuts import redirect

from symposia.accounts.queries import organisation_by_code
from symposia.shared.actors import Actor
from symposia.shared.links import read_link
from symposia.shared.tenancy import acting_in
from symposia.web.gates import open_to_all, own_transaction
from symposia.web.middleware.tenancy import run_once

View = Callable[..., HttpResponseBase]


def personal_link(
    *purposes: str, address_of: Callable[[uuid.UUID], str] | None = None
) -> Callable[[View], View]:
    """Open the organisation named in the link for this view, which gets the id as `pk`.

    Anything else than a link we signed for one of these purposes is a page that does not exist. So
    is one that went to another address than `address_of` the person is now, where the view asks for
    that.
    """

    def gate(view: View) -> View:
        @wraps(view)
        def opened(request: Any, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            signed = ((each, read_link(each, token)) for each in purposes)
            purpose, link = next((each for each in signed if each[1]), ("", None))
            organisation = organisation_by_code(link.organisation_code) if link else None
            if link is None or organisation is None:
                raise Http404
            request.organisation = organisation
            request.actor = Actor("link", link.id, f"{purpose} link")
            with acting_in(organisation.pk):
                if address_of and not link.was_sent_to(address_of(link.id)):
                    raise Http404
                return run_once(
                    request, lambda: view(request, *args, pk=link.id, token=token, **kwargs)
                )

        return open_to_all(f"a personal {' or '.join(purposes)} link, signed, acts only on POST")(
            own_transaction(opened)
        )

    return gate


def one_click(page: str) -> Callable[[View], View]:
    """Only what RFC 8058 sends acts: a POST that says so. Whoever follows the address is led to
    the page with the button, and programs that follow every link stop nothing."""

    def gate(view: View) -> View:
        @wraps(view)
        def pressed(request: Any, token: str, **kwargs: Any) -> HttpResponseBase:
            if request.method in {"GET", "HEAD"}:
                return redirect(page, token)
            if request.method != "POST":
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
            if request.POST.get("List-Unsubscribe") != "One-Click":
                return HttpResponseBadRequest("Send List-Unsubscribe=One-Click (RFC 8058).")
            return view(request, token=token, **kwargs)

        return pressed

    return gate

"""What one was given and what is published of it: one's own, signed in or by a personal link.

Looking changes nothing; an objection is a button that posts.
"""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.directory.models import Clinician
from symposia.directory.queries import address_of_person
from symposia.reporting.actions.disputes import dispute_transfer, withdraw_dispute
from symposia.reporting.published import own_dispute as dispute_of
from symposia.reporting.published import own_transfer, print_statement, statement_of, told_of
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.links import personal_link
from symposia.web.pdfs import pdf_file
from symposia.web.requests import UserRequest

PAGE = "learner/transfers/show.html"
_OWN = Permission.OWN_LEARNING


@require_GET
@requires(_OWN)
def own(request: UserRequest) -> HttpResponse:
    """What the person who is signed in was given."""
    clinician = Clinician.objects.of_user(request.user.pk).first()
    if clinician is None:
        return render(request, "learner/own_data/nobody.html")
    return _page(request, clinician, "layouts/office.html", "")


@require_GET
@personal_link("person", address_of=address_of_person)
def by_link(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """The same page without an account."""
    return _page(request, _linked(pk), "layouts/learner.html", token)


@require_POST
@requires(_OWN)
def own_dispute(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say that something of one's own is not right."""
    clinician = get_object_or_404(Clinician.objects.of_user(request.user.pk))
    _dispute(request, clinician, pk, by=request.actor)
    return redirect("own_transfers")


@require_POST
@personal_link("person", address_of=address_of_person)
def dispute_by_link(
    request: Any, pk: uuid.UUID, token: str, transfer_pk: uuid.UUID
) -> HttpResponse:
    """The same without an account."""
    clinician = _linked(pk)
    by = Actor("link", clinician.pk, clinician.called)
    _dispute(request, clinician, transfer_pk, by=by)
    return redirect("own_transfers_link", token)


@require_POST
@requires(_OWN)
def own_withdrawal(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one's objection back."""
    clinician = get_object_or_404(Clinician.objects.of_user(request.user.pk))
    _withdraw(request, clinician, pk, by=request.actor)
    return redirect("own_transfers")


@require_POST
@personal_link("person", address_of=address_of_person)
def withdraw_by_link(
    request: Any, pk: uuid.UUID, token: str, transfer_pk: uuid.UUID
) -> HttpResponse:
    """The same without an account."""
    clinician = _linked(pk)
    by = Actor("link", clinician.pk, clinician.called)
    _withdraw(request, clinician, transfer_pk, by=by)
    return redirect("own_transfers_link", token)


@require_GET
@requires(_OWN)
def own_pdf(request: UserRequest, year: int) -> HttpResponse:
    """The statement of a year as a letter."""
    return _pdf(get_object_or_404(Clinician.objects.of_user(request.user.pk)), year)


@require_GET
@personal_link("person", address_of=address_of_person)
def pdf_by_link(_request: Any, pk: uuid.UUID, token: str, year: int) -> HttpResponse:
    """The same without an account."""
    return _pdf(_linked(pk), year)


def _linked(pk: uuid.UUID) -> Clinician:
    return get_object_or_404(Clinician.objects.of_link(pk))


def _dispute(request: Any, clinician: Clinician, pk: uuid.UUID, *, by: Actor) -> None:
    transfer = own_transfer(clinician, pk)
    if transfer is None:
        raise Http404
    try:
        dispute_transfer(transfer, clinician, request.POST.get("words", ""), by=by)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Thank you. You are answered on this page."))


def _withdraw(request: Any, clinician: Clinician, pk: uuid.UUID, *, by: Actor) -> None:
    dispute = dispute_of(clinician, pk)
    if dispute is None:
        raise Http404
    withdraw_dispute(dispute, by=by)
    messages.success(request, _("Taken back."))


def _pdf(clinician: Clinician, year: int) -> HttpResponse:
    found = next((each for each in told_of(clinician) if each.year == year), None)
    if found is None:
        raise Http404
    paper = statement_of(clinician, found) | {
        "language": (get_language() or "en")[:2],
        "rtl": get_language_bidi(),
    }
    return pdf_file(print_statement(paper, now()), f"statement-{year}")


def _page(request: Any, clinician: Clinician, layout: str, token: str) -> HttpResponse:
    suffix, first = ("_link", [token]) if token else ("", [])
    years = told_of(clinician)
    shown = [
        {
            "year": each,
            "pdf": reverse(f"own_transfers_pdf{suffix}", args=[*first, each.year]),
            "rows": [
                {
                    "told": told,
                    "object_to": reverse(f"own_dispute{suffix}", args=[*first, told.transfer.pk]),
                    "remove_to": reverse(
                        f"own_dispute_removal{suffix}", args=[*first, told.transfer.pk]
                    ),
                }
                for told in each.told
            ],
        }
        for each in years
    ]
    context = {
        "layout": layout,
        "clinician": clinician,
        "organisation": request.organisation,
        "years": shown,
        "back": reverse(f"own_data{suffix}", args=first),
    }
    return render(request, PAGE, context)

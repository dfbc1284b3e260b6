"""Proofs that verify without us: the badge of a certificate, the keys that sign badges."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.permissions import Permission
from symposia.credits.actions.issuer_keys import change_issuer_key
from symposia.credits.actions.paper_keys import bring_paper_key, change_paper_key
from symposia.credits.issuer_keys import address_of, did_of
from symposia.credits.models import Certificate, IssuerKey, PaperKey
from symposia.credits.proof_lists import ISSUER_KEYS, PAPER_KEYS
from symposia.web.badge_files import badge_file
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest

LARGEST_BOUGHT = 256 * 1024
_PAPERS_CHANGED = gettext_lazy("Papers are signed with this certificate from now on.")


class KeyReasonForm(forms.Form):
    """Why badges or papers are signed anew."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("Kept in the journal.")
    )


@require_GET
@requires(Permission.VIEW_CREDITS)
def badge(request: UserRequest, pk: uuid.UUID, kind: str) -> HttpResponse:
    """The Open Badge of a certificate."""
    found = get_object_or_404(Certificate.objects.visible_to(request.access), pk=pk)
    return badge_file(found, request.organisation, kind)


def listed(request: UserRequest) -> dict[str, Any]:
    """Around the list of keys: the issuer's name, and where its document is."""
    code = request.organisation.code
    present = IssuerKey.objects.present()
    return {
        "present": present,
        "did": did_of(code),
        "document": f"{address_of(code)}/did.json",
        "may_change": request.access.everywhere(Permission.MANAGE_ORGANISATION),
    }


class BoughtForm(KeyReasonForm):
    """A certificate that was bought, as its issuer sends it."""

    file = forms.FileField(
        label=gettext_lazy("Certificate with its key"),
        help_text=gettext_lazy("A PKCS #12 file, its name ends in .p12 or .pfx."),
    )
    password = forms.CharField(
        label=gettext_lazy("Password of the file"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        required=False,
        strip=False,
        max_length=200,
    )
    field_order = ["file", "password", "reason"]


def papers_listed(request: UserRequest) -> dict[str, Any]:
    """Around the list of certificates that sign papers: the present one as a file."""
    return {"present": PaperKey.objects.visible_to(request.access).present()}


@require_GET
@requires(Permission.MANAGE_ORGANISATION)
def paper_certificate(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """A certificate that signs papers, to be given to whoever wants to trust it."""
    found = get_object_or_404(PaperKey.objects.visible_to(request.access), pk=pk)
    response = HttpResponse(found.chain, content_type="application/x-pem-file")
    response["Content-Disposition"] = f'attachment; filename="papers-{found.number}.pem"'
    return response


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ORGANISATION, of_all=True)
def change_paper(request: UserRequest) -> HttpResponse:
    """Sign papers with a new certificate of our own."""
    back = reverse(PAPER_KEYS.name)

    def act(said: dict[str, Any]) -> str:
        change_paper_key(request.organisation, reason=said["reason"], by=request.actor)
        messages.success(request, _PAPERS_CHANGED)
        return back

    question = Question(
        _("Sign papers with a new certificate of our own"),
        PAPER_KEYS.title,
        back,
        _("Make the certificate"),
        _("Papers that were signed before keep their signature."),
    )
    return ask(request, KeyReasonForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ORGANISATION, of_all=True)
def bring_paper(request: UserRequest) -> HttpResponse:
    """Sign papers with a certificate that was bought."""
    back, sent = reverse(PAPER_KEYS.name), request.FILES if request.method == "POST" else None

    def act(said: dict[str, Any]) -> str:
        content, password = said["file"].read(LARGEST_BOUGHT), said["password"]
        bring_paper_key(
            request.organisation, content, password, reason=said["reason"], by=request.actor
        )
        messages.success(request, _PAPERS_CHANGED)
        return back

    question = Question(
        _("Sign papers with a bought certificate"),
        PAPER_KEYS.title,
        back,
        _("Use this certificate"),
        _("The key is kept sealed; the file and its password are not kept."),
    )
    return ask(request, BoughtForm(given(request), sent), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ORGANISATION, of_all=True)
def change_key(request: UserRequest) -> HttpResponse:
    """Sign badges with a new key from now on."""
    back = reverse(ISSUER_KEYS.name)

    def act(said: dict[str, Any]) -> str:
        change_issuer_key(request.organisation, reason=said["reason"], by=request.actor)
        messages.success(request, _("Badges are signed with a new key from now on."))
        return back

    note = _("Badges that were given out stay valid: the earlier key stays in the document.")
    question = Question(
        _("Sign badges with a new key"), _("Keys of badges"), back, _("Change the key"), note
    )
    return ask(request, KeyReasonForm(given(request)), question, act)

"""From presence to certificate on a phone: what is done, what is left, one step at a time."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from symposia.attendance.explaining import explain_presence
from symposia.credits.actions.appeals import appeal_credit
from symposia.credits.actions.claims import claim_credit, issue_certificate
from symposia.credits.amounts import steps_up_to
from symposia.credits.appealing import objection_to_appealing
from symposia.credits.explaining import Explanation, explain_credit
from symposia.credits.in_words import other_bodies_in_words, steps_in_words
from symposia.credits.letters import LEARNING
from symposia.credits.models import Certificate, CreditAppeal
from symposia.credits.papers import printed_name
from symposia.credits.policies import objection_to_certificate, objection_to_claim
from symposia.credits.queries import (
    current_certificate,
    file_of,
    open_file,
    revocation_of,
    signing_now,
    token_key,
)
from symposia.credits.wording import filled
from symposia.learning.discussing import has_discussions
from symposia.learning.steps import asks_for_steps
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.web.badge_files import badge_file
from symposia.web.formats import clock_in
from symposia.web.learner.steps import first_open, minutes_left, requirements_of
from symposia.web.links import personal_link
from symposia.web.presence_timeline import presence_drawn
from symposia.web.qr import qr_svg

PAGE = "learner/claim/finish.html"


class ClaimForm(forms.Form):
    """How much, and that it is no more than the time of taking part."""

    amount = forms.DecimalField(widget=forms.HiddenInput, max_digits=7, decimal_places=2)
    attested = forms.BooleanField(
        label=gettext_lazy("I claim only the credit for the time I took part."),
        required=False,
    )


@require_GET
@personal_link(LEARNING)
def finish(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Where the learner stands, and the one next step."""
    return _page(request, registration_of(pk), token)


@require_POST
@personal_link(LEARNING)
def claim(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Claim credit; the certificate follows by a job."""
    registration = registration_of(pk)
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return _page(request, registration, token, form=form, status=422)
    try:
        claim_credit(
            registration,
            form.cleaned_data["amount"],
            attested=form.cleaned_data["attested"],
            by=actor_of(registration),
        )
    except Refused as refused:
        form.add_error("attested", str(refused))
        return _page(request, registration, token, form=form)
    messages.success(request, _("Your credit is recorded."))
    return redirect("finish", token)


@require_POST
@personal_link(LEARNING)
def certificate(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Get the certificate of participation or attendance."""
    registration = registration_of(pk)
    try:
        issue_certificate(registration, by=actor_of(registration))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("finish", token)


@require_POST
@personal_link(LEARNING)
def appeal(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Say what is wrong with the credit; a person decides."""
    registration = registration_of(pk)
    try:
        appeal_credit(registration, request.POST.get("said", ""), by=actor_of(registration))
        messages.success(request, _("Thank you. Somebody looks at it and writes to you."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("finish", token)


@require_GET
@personal_link(LEARNING)
def pdf(request: Any, pk: uuid.UUID, token: str) -> HttpResponseBase:  # of the link
    """The certificate as a file."""
    return pdf_of(_certificate_of(pk))


@require_GET
@personal_link(LEARNING)
def badge(request: Any, pk: uuid.UUID, token: str, kind: str) -> HttpResponse:  # of the link
    """The certificate as an Open Badge."""
    return badge_file(_certificate_of(pk), request.organisation, kind)


def _certificate_of(pk: uuid.UUID) -> Certificate:
    found = current_certificate(registration_of(pk))
    if found is None:
        raise Http404
    return found


def pdf_of(certificate: Certificate) -> HttpResponseBase:
    """The kept file of a certificate; a page that says to wait while it is being made."""
    file = file_of(certificate)
    if file is None:
        raise Http404(_("The file is still being made. Try again in a moment."))
    name = f"{certificate.number}-v{certificate.version}.pdf"
    return FileResponse(
        open_file(file), as_attachment=True, filename=name, content_type="application/pdf"
    )


def registration_of(pk: uuid.UUID) -> Registration:
    return get_object_or_404(Registration.objects.with_people(), pk=pk)


def actor_of(registration: Registration) -> Actor:
    """Whoever holds the link, by the learner's name."""
    return Actor("link", registration.pk, registration.clinician.called)


def _page(
    request: Any,
    registration: Registration,
    token: str,
    *,
    form: ClaimForm | None = None,
    status: int = 200,
) -> HttpResponse:
    explained = explain_credit(registration)
    at = now()
    steps = requirements_of(explained, token)
    context = {
        "token": token,
        "registration": registration,
        "activity": registration.activity,
        "organisation": request.organisation,
        "explained": explained,
        "requirements": steps,
        "first": first_open(steps) if explained.studied else None,
        "objection": objection_to_certificate(explained, at=at),
        "left": minutes_left(explained),
        "steps": steps_in_words(explained),
        "other_bodies": other_bodies_in_words(explained),
        "appeals": CreditAppeal.objects.of(registration)[:5],
        "appealing": objection_to_appealing(explained, at=at),
        "has_discussions": has_discussions(registration.activity),
        **_seen(registration),
        **_claiming(request, explained, form),
        **_certificate(explained),
    }
    if explained.is_credit:
        context["objection"] = objection_to_claim(explained, at=at)
    return render(request, PAGE, context, status=status)


def _seen(registration: Registration) -> dict[str, Any]:
    """When the learner was there, and why it counts as it does."""
    if asks_for_steps(registration.activity):
        return {}
    explained, zone = explain_presence(registration), registration.activity.zone
    return {
        "drawn": presence_drawn(explained.presence, explained.sessions, zone)
        if explained.presence.was_there
        else None,
        "seen_because": explained.sentences(clock_in(zone)),
    }


def _claiming(request: Any, explained: Explanation, form: ClaimForm | None) -> dict[str, Any]:
    """The stepper: the amount chosen now, one less and one more."""
    if not (explained.is_credit and explained.offer and explained.allowed):
        return {}
    steps = steps_up_to(explained.allowed, explained.offer.system.step)
    asked = request.POST.get("amount") or request.GET.get("amount", "")
    chosen = next((s for s in steps if f"{s:.2f}" == asked), steps[-1])
    index = steps.index(chosen)
    return {
        "amount": chosen,
        "less": steps[index - 1] if index else None,
        "more": steps[index + 1] if index + 1 < len(steps) else None,
        "step": explained.offer.system.step,
        "unit": filled(explained.offer.system.statements["unit"], {}),
        "form": form or ClaimForm(initial={"amount": f"{chosen:.2f}"}),
        "name": printed_name(explained.registration.clinician),
    }


def _certificate(explained: Explanation) -> dict[str, Any]:
    certificate = explained.certificate
    if certificate is None:
        return {}
    return {
        "certificate": certificate,
        "printed": certificate.printed,
        "file": file_of(certificate),
        "revocation": revocation_of(certificate),
        "has_badge": signing_now() is not None,
        "has_token": token_key() is not None,
        "qr": qr_svg(certificate.printed["verify_url"], certificate.printed["qr_says"]),
    }

"""The agreement of faculty on a phone: read, taken home, accepted with a press of a button."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from symposia.activities.actions.agreements import accept_agreement
from symposia.activities.agreeing import blocks_of
from symposia.activities.faculty_letters import FACULTY
from symposia.activities.models import Agreement, AgreementState, FacultyInvitation
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.web.links import personal_link
from symposia.web.pdfs import pdf_file
from symposia.work.files import open_stored

PAGE = "learner/faculty/agreement.html"


@require_http_methods(["GET", "POST"])
@personal_link(FACULTY)
def agreement(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """The words as they were sent; accepted is exactly what was shown."""
    found, refusal = _mine(pk), ""
    if request.method == "POST":
        by = Actor("link", pk, found.contributor.name)
        try:
            accept_agreement(found, seen=request.POST.get("seen", ""), by=by)
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("faculty", token)
    context = {
        "agreement": found,
        "words": blocks_of(found.text),
        "token": token,
        "refusal": refusal,
    }
    return render(request, PAGE, context, status=422 if refusal else 200)


@require_GET
@personal_link(FACULTY)
def pdf(_request: Any, pk: uuid.UUID, token: str) -> HttpResponse:  # the link's own
    """The file whose hash is signed."""
    found = _mine(pk)
    if found.file is None:
        raise Http404
    with open_stored(found.file) as file:
        return pdf_file(file.read(), found.number)


def _mine(pk: uuid.UUID) -> Agreement:
    invitation = get_object_or_404(FacultyInvitation.objects.with_names(), pk=pk)
    rows = Agreement.objects.of(invitation.activity_id).select_related("file")
    shown = [AgreementState.SENT, AgreementState.SIGNED]
    return get_object_or_404(rows, contributor=invitation.contributor_id, state__in=shown)

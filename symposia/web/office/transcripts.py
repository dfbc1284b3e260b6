"""Transcripts at the office: credit from elsewhere that waits, and what one person holds."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.audit.queries import entries_about
from symposia.credits.actions.transcripts import accept_external_credit, return_external_credit
from symposia.credits.external import objection_to_deciding_external
from symposia.credits.external_lists import EXTERNAL_TONES
from symposia.credits.models import ExternalCredit
from symposia.credits.subjects import in_words
from symposia.credits.transcript_papers import days_in_words, print_transcript
from symposia.credits.transcripts import transcript_of
from symposia.directory.models import Clinician
from symposia.web.gates import requires
from symposia.web.office.asking import Question, WhyForm, ask, do, given
from symposia.web.office.record_history import history_of
from symposia.web.pdfs import pdf_file
from symposia.web.record_files import record_file, record_words
from symposia.web.requests import UserRequest

FOLDER = "office/transcripts"
SEES, DECIDES = Permission.VIEW_CREDITS, Permission.AWARD_CREDITS


@require_GET
@requires(SEES)
def show_external(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One credit from elsewhere with its proof, and what can be done."""
    credit = _external(request, pk, SEES)
    context = {
        "credit": credit,
        "tone": EXTERNAL_TONES[credit.state],
        "subjects": in_words(credit.subjects),
        "may_decide": request.access.holds(DECIDES),
        "objection": _objection(request, credit),
        "entries": history_of(entries_about(credit.pk)[:50]),
    }
    return render(request, f"{FOLDER}/external.html", context)


@require_POST
@requires(DECIDES)
def accept_external(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Find the proof right."""
    credit, back = _external(request, pk, DECIDES), reverse("external_credit", args=[pk])
    done = _("It is accepted and counts from now on.")
    return do(request, lambda: accept_external_credit(credit, by=request.actor), back, done)


@require_http_methods(["GET", "POST"])
@requires(DECIDES)
def return_external(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what is missing; the learner is written to."""
    credit, back = _external(request, pk, DECIDES), reverse("external_credit", args=[pk])

    def act(said: dict[str, Any]) -> str:
        return_external_credit(credit, reason=said["reason"], by=request.actor)
        return back

    objection = _objection(request, credit)
    question = Question(
        _("Send it back"), str(credit), back, _("Send it back"), objection=objection
    )
    return ask(request, WhyForm(given(request)), question, act)


@require_GET
@requires(SEES)
def transcript(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Everything one clinician holds."""
    clinician = _clinician(request, pk)
    found = transcript_of(clinician)
    context = {
        "clinician": clinician,
        "transcript": found,
        "days": days_in_words(found),
        **record_words(found),
    }
    return render(request, f"{FOLDER}/transcript.html", context)


@require_GET
@requires(SEES)
def transcript_pdf(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The same on paper."""
    found = transcript_of(_clinician(request, pk))
    return pdf_file(print_transcript(found, now()), "transcript")


@require_GET
@requires(SEES)
def transcript_record(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The same as a learner record."""
    return record_file(transcript_of(_clinician(request, pk)), request.organisation)


def _clinician(request: UserRequest, pk: uuid.UUID) -> Clinician:
    """The record kept of somebody whom the reader sees, by that record or by one merged into it."""
    rows = Clinician.objects.visible_to(request.access, SEES).prefetch_related("identifiers")
    found = get_object_or_404(rows, pk=pk)
    return get_object_or_404(rows, pk=found.merged_into_id) if found.is_merged else found


def _external(request: UserRequest, pk: uuid.UUID, permission: Permission) -> ExternalCredit:
    rows = ExternalCredit.objects.visible_to(request.access, permission)
    return get_object_or_404(rows.select_related("clinician__merged_into", "system", "file"), pk=pk)


def _objection(request: UserRequest, credit: ExternalCredit) -> Any:
    own = credit.clinician.as_kept.user_id
    return objection_to_deciding_external(credit, own_user_id=own, by_id=request.user.pk)

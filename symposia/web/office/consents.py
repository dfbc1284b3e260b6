"""How a person may be reached: what they said, noted with its proof; many from a file."""

import uuid
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.directory.actions.consents import (
    ConsentFacts,
    change_consent_basis,
    import_consents,
    send_own_page,
    state_consent,
)
from symposia.directory.asking import ways_of
from symposia.directory.consent_lines import COLUMNS, ConsentLine, accepted, judge_consents
from symposia.directory.consent_words import Basis
from symposia.directory.line_files import NO_LINES
from symposia.directory.models import Clinician, ConsentStatement, PersonRestriction, Purpose
from symposia.directory.policies.asking import NO_PAPER
from symposia.directory.queries import bases
from symposia.shared.refusals import Refused, refuse_if
from symposia.web.file_gates import PROOF_OF_CONSENT
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.clinician_record import clinician_or_404, record_of
from symposia.web.office.consent_forms import BasisForm, ConsentFileForm, ConsentForm
from symposia.web.office.line_files import handed_in
from symposia.web.requests import UserRequest
from symposia.work.files import store_file
from symposia.work.kinds import kind_of
from symposia.work.models import StoredFile

FOLDER = "office/consents"
LARGEST = 5 * 1024 * 1024
SHOWN = 50


@require_GET
@requires(Permission.VIEW_DIRECTORY)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Each purpose and channel with what stands, and everything that was ever said."""
    clinician = clinician_or_404(request, pk)
    said = ConsentStatement.objects.of(clinician).for_list()
    restrictions = PersonRestriction.objects.of_people([pk])
    barring = set(restrictions.barring(local_day()).values_list("pk", flat=True))
    context = record_of(request, clinician, "clinician_consent") | {
        "purposes": ways_of(clinician),
        "statements": said.order_by("-said_at", "-pk")[:SHOWN],
        "restrictions": [
            (row, row.pk in barring)
            for row in restrictions.order_by(F("ended_at").desc(nulls_first=True), "-from_on")
        ],
        "may_note": request.access.holds(Permission.INVITE),
    }
    return render(request, f"{FOLDER}/show.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.INVITE)
def note(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down what the person said."""
    clinician = clinician_or_404(request, pk, Permission.INVITE)
    back = reverse("clinician_consent", args=[pk])
    form = ConsentForm(given(request), request.FILES or None)

    def act(said: dict[str, Any]) -> str:
        said_at = _moment(said.pop("said_on"), request.organisation.zone)
        file = kept_paper(request, clinician, said.pop("proof_file"))
        facts = ConsentFacts(**said, proof_file=file, said_at=said_at)
        state_consent(clinician, facts, by=request.actor)
        return back

    text = _("What the person said last is what stands. Nothing that was said before is lost.")
    question = Question(_("What the person said"), clinician.called, back, _("Note it"), text)
    return ask(request, form, question, act)


@require_POST
@requires(Permission.INVITE)
def own_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Send the person the address of their own page."""
    clinician = clinician_or_404(request, pk, Permission.INVITE)
    back = reverse("clinician_consent", args=[pk])
    done = _("The address is on its way to the person.")
    return do(request, lambda: send_own_page(clinician, by=request.actor), back, done)


@require_http_methods(["GET", "POST"])
@requires(Permission.IMPORT_CLINICIANS)
def many(request: UserRequest) -> HttpResponse:
    """What a file says, line by line; taken once somebody has seen what would be."""
    form = ConsentFileForm(given(request), request.FILES or None)
    if not form.is_bound or not form.is_valid():
        return _file_page(request, form)
    try:
        text, name = handed_in(request, form)
        judged = judge_consents(request.access, text, zone=request.organisation.zone)
    except Refused as refused:
        form.add_error("lines", str(refused))
        return _file_page(request, form)
    if not judged:
        form.add_error("lines", str(NO_LINES))
        return _file_page(request, form)
    if request.POST.get("take"):
        try:
            count = import_consents(judged, file_name=name, by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            said = ngettext("%d statement was taken.", "%d statements were taken.", count) % count
            messages.success(request, said)
            return redirect("consents")
    return _file_page(request, form, text=text, name=name, judged=judged)


@require_GET
@requires(Permission.VIEW_DIRECTORY)
def basis_list(request: UserRequest) -> HttpResponse:
    """On what each purpose rests here."""
    context = {
        "bases": [(basis, Purpose(purpose).label) for purpose, basis in bases().items()],
        "may_change": request.access.holds(Permission.MANAGE_ORGANISATION),
    }
    return render(request, f"{FOLDER}/bases.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ORGANISATION)
def basis(request: UserRequest, purpose: str) -> HttpResponse:
    """Say on what one purpose rests."""
    if purpose not in Purpose.values:
        raise Http404
    stands, back = bases()[purpose], reverse("consent_bases")
    first = {
        "asks_without": stands.asks_without,
        "legal_basis": stands.legal_basis,
        "wording": stands.wording,
    }

    def act(said: dict[str, Any]) -> str:
        change_consent_basis(Basis(purpose, **said), by=request.actor)
        return back

    title = Purpose(purpose).label
    text = _("What people said before keeps the words they were shown then.")
    question = Question(title, _("What consent rests on"), back, _("Save"), text)
    return ask(request, BasisForm(given(request), initial=first), question, act)


def listed(request: UserRequest) -> dict[str, Any]:
    """Beside the list: what this person may do."""
    return {"may_import": request.access.holds(Permission.IMPORT_CLINICIANS)}


def _file_page(
    request: UserRequest,
    form: ConsentFileForm,
    *,
    text: str = "",
    name: str = "",
    judged: list[ConsentLine] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "text": text,
        "name": name,
        "judged": judged or [],
        "taken": len(accepted(judged or [])),
        "columns": COLUMNS,
    }
    return render(request, f"{FOLDER}/many.html", context, status=422 if form.errors else 200)


def kept_paper(request: UserRequest, clinician: Clinician, file: Any) -> StoredFile | None:
    """The paper, if one was handed in and is one. Refuses anything else in words."""
    if not file:
        return None
    content = file.read(LARGEST + 1)
    kind = kind_of(content)
    refuse_if(None if kind and len(content) <= LARGEST else NO_PAPER)
    return store_file(
        content,
        name=file.name,
        content_type=kind,
        purpose=PROOF_OF_CONSENT,
        by=request.actor,
        subject_id=clinician.pk,
    )


def _moment(day: date | None, zone: str) -> datetime | None:
    """A day in the past at its first minute; today is now."""
    if day is None or day == local_day():
        return None
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)

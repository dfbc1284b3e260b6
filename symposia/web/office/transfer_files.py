"""Files of transfers of value: begun, tried, checked, declared, sent, answered, sent again."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.reporting.actions.sending import send_submission
from symposia.reporting.actions.submissions import (
    begin_submission,
    check_submission,
    discard_submission,
)
from symposia.reporting.actions.years import DECLARATION, declare_year
from symposia.reporting.bodies import declared
from symposia.reporting.declared import declared_at
from symposia.reporting.models import OF_MONEY, Channel, Kind, Submission, SubmissionRow
from symposia.reporting.published import transfer_told
from symposia.reporting.submission_lists import ROW_TONES
from symposia.reporting.transfer_rules import HEAD
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.submissions import (
    around_file,
    corrected_file,
    take_answer,
    trial_file,
    year_asked,
)
from symposia.web.office.transfer_forms import DeclarationForm, NewFileForm
from symposia.web.requests import UserRequest

_VIEW, _DO, _TAKE = Permission.VIEW_MONEY, Permission.POST_MONEY, Permission.EXPORT
PAGE = "transfer_file"


@require_http_methods(["GET", "POST"])
@requires(_DO, of_all=True)
def new(request: UserRequest) -> HttpResponse:
    """Begin a file of what no file has told of."""
    first = {"kind": request.GET.get("kind", ""), "year": year_asked(request)}
    form = NewFileForm(given(request), initial=first, kinds=OF_MONEY)

    def act(said: dict[str, Any]) -> str:
        made = begin_submission(said["kind"], said["year"], by=request.actor)
        return reverse(PAGE, args=[made.pk])

    note = _("It holds every record that no file has told of yet, and what changed since.")
    back = reverse("transfer_files")
    question = Question(_("New file of transfers"), _("Files"), back, _("Begin"), note)
    return ask(request, form, question, act)


def around(request: UserRequest, pk: uuid.UUID, **_kwargs: Any) -> dict[str, Any]:
    """What stands beside the records of a file."""
    found = _file(request, pk)
    annual = found.kind == Kind.UCPMP_ANNUAL
    return around_file(found, PAGE) | {
        "may_act": request.access.everywhere(_DO),
        "may_take": request.access.holds(_TAKE),
        "back": reverse("transfer_files"),
        "declaring": annual,
        "declaration": declared_at(found) if annual else None,
        "declaration_words": DECLARATION,
        "is_head": HEAD in request.access.roles_with(_VIEW),
        "declaration_form": DeclarationForm(),
        "declare_to": reverse("transfer_file_declaration", args=[pk]),
    }


@require_POST
@requires(_VIEW, of_all=True)
def declare(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The executive head declares the form as it was made."""
    form, back = DeclarationForm(request.POST), reverse(PAGE, args=[pk])
    found = _file(request, pk)
    if not form.is_valid():
        messages.error(request, _("Write your position in the company."))
        return redirect(back)
    position = form.cleaned_data["position"]
    act = partial(declare_year, found, position, access=request.access, by=request.actor)
    return do(request, act, back, _("Declared; the form may be sent."))


@require_GET
@requires(_VIEW, _TAKE, of_all=True)
def trial(request: UserRequest, pk: uuid.UUID, ending: str) -> HttpResponse:
    """The file as it would be now; nothing of it is kept or sent."""
    return trial_file(request, _file(request, pk), ending) or redirect(PAGE, pk)


@require_POST
@requires(_DO, of_all=True)
def check(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Read every record again, and make the files."""
    act = partial(check_submission, _file(request, pk), by=request.actor)
    return do(request, act, reverse(PAGE, args=[pk]), _("Checked; the file is made."))


@require_POST
@requires(_DO, of_all=True)
def send(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say that a person handed it in, or published it."""
    act = partial(send_submission, _file(request, pk), channel=Channel.UPLOAD, by=request.actor)
    return do(request, act, reverse(PAGE, args=[pk]), _("Noted as handed in."))


@require_POST
@requires(_DO, of_all=True)
def answer(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take in what the body answered."""
    take_answer(request, _file(request, pk))
    return redirect(PAGE, pk)


@require_POST
@requires(_DO, of_all=True)
def resend(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Begin a file of what was rejected, as those records stand now."""
    return redirect(PAGE, corrected_file(request, _file(request, pk)))


@require_POST
@requires(_DO, of_all=True)
def discard(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let go of a file that was not sent."""
    act = partial(discard_submission, _file(request, pk), by=request.actor)
    return do(request, act, reverse(PAGE, args=[pk]), _("Discarded."))


@require_GET
@requires(_VIEW, of_all=True)
def row(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One record: what it says, what is wrong, where that is mended."""
    rows = SubmissionRow.objects.of_money(request.access)
    found = get_object_or_404(rows.select_related("submission", "activity"), pk=pk)
    context = {
        "row": found,
        "submission": found.submission,
        "back": reverse(PAGE, args=[found.submission_id]),
        "tone": ROW_TONES[found.state],
        "said": [(label, found.facts.get(n, "")) for n, label in declared(found.kind).shown],
        "mended": _mended(found),
    }
    return render(request, "office/reports/row.html", context)


def _mended(found: SubmissionRow) -> list[tuple[str, str]]:
    """Where what it says is kept."""
    links = []
    if transfer := transfer_told(found):
        links.append((_("The transfer and its recipient"), reverse("transfer", args=[transfer])))
    if found.activity_id:
        href = reverse("activity_transfers", args=[found.activity_id])
        links.append((_("Who had what of the activity"), href))
    register = f"{reverse('transfers')}?year={found.submission.year}"
    return links or [(_("The register of the year"), register)]


def _file(request: UserRequest, pk: uuid.UUID) -> Submission:
    return get_object_or_404(Submission.objects.of_money(request.access), pk=pk)

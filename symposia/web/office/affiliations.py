"""Where people work: one person's places over time, changed by hand; many from a file."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.directory.actions.affiliation_files import TakenLines, import_affiliations
from symposia.directory.actions.guarding import settle_place
from symposia.directory.affiliation_lines import COLUMNS, AffiliationLine, judge_affiliations
from symposia.directory.line_files import NO_LINES
from symposia.directory.models import Affiliation, ChangeRequest, Clinician, Proposable
from symposia.directory.placing_steps import PlaceDo, PlaceStep
from symposia.directory.queries import affiliations_of
from symposia.shared.refusals import Refused, refuse_if
from symposia.web.gates import requires
from symposia.web.office.affiliation_forms import AffiliationEndForm, AffiliationForm
from symposia.web.office.asking import Question, WhyForm, ask, given
from symposia.web.office.clinician_record import clinician_or_404, directory_views, record_of
from symposia.web.office.line_files import LinesForm, handed_in
from symposia.web.requests import UserRequest

_SEES, _MANAGES = Permission.VIEW_DIRECTORY, Permission.MANAGE_DIRECTORY
FOLDER = "office/affiliations"
_PLACE = Proposable.AFFILIATION


@require_GET
@requires(_SEES)
def of_person(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Where somebody works and worked, as a line through time."""
    clinician = clinician_or_404(request, pk)
    today = local_day()
    context = record_of(request, clinician, "clinician_places") | {
        "places": [(row, _standing(row, today)) for row in affiliations_of(clinician)],
        "waiting": list(ChangeRequest.objects.waiting().of(clinician).filter(field=_PLACE)),
    }
    return render(request, f"{FOLDER}/of_person.html", context)


def _standing(row: Affiliation, today: Any) -> str:
    """Whether it is over, holds, or is still to come."""
    if row.has_ended(today):
        return "over"
    return "now" if row.holds_on(today) else "later"


def _settled(request: UserRequest, clinician: Clinician, step: PlaceStep) -> str:
    """Done at once, or asked for where two people change it; where to go from there."""
    done = settle_place(clinician, step, by=request.actor)
    if isinstance(done, ChangeRequest):
        messages.success(request, _("It waits for a second person; you are told what they decide."))
    return reverse("clinician_places", args=[clinician.pk])


@require_http_methods(["GET", "POST"])
@requires(_MANAGES)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Note another place."""
    clinician = clinician_or_404(request, pk, _MANAGES)
    back = reverse("clinician_places", args=[pk])
    first = {"from_on": local_day(), "is_primary": clinician.institution_id is None}
    form = AffiliationForm(given(request), initial=first)

    def act(_said: dict[str, Any]) -> str:
        return _settled(request, clinician, PlaceStep(PlaceDo.ADD, facts=form.facts()))

    note = _("Several at once are fine; one of them is the primary one on each day.")
    question = Question(_("A place of work"), clinician.called, back, _("Note it"), note)
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(_MANAGES)
def change(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct what is noted of a place."""
    row = _row(request, pk)
    back = reverse("clinician_places", args=[row.clinician_id])
    names = ("role", "department", "from_on", "until_on", "is_primary", "source")
    where = {"institution": row.institution.name, "city": row.institution.city}
    first = where | {name: getattr(row, name) for name in names}
    form = AffiliationForm(given(request), initial=first)

    def act(_said: dict[str, Any]) -> str:
        return _settled(request, row.clinician, PlaceStep(PlaceDo.CHANGE, row, form.facts()))

    question = Question(_("Correct the place of work"), row.clinician.called, back, _("Save"))
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(_MANAGES)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say the last day there."""
    row = _row(request, pk)
    back = reverse("clinician_places", args=[row.clinician_id])
    form = AffiliationEndForm(given(request), initial={"on": local_day()})

    def act(said: dict[str, Any]) -> str:
        step = PlaceStep(PlaceDo.END, row, on=said["on"], reason=said["reason"])
        return _settled(request, row.clinician, step)

    title = _("The last day at %(place)s") % {"place": row.institution}
    return ask(request, form, Question(title, row.clinician.called, back, _("Let it end")), act)


@require_http_methods(["GET", "POST"])
@requires(_MANAGES)
def remove(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take away what was never so."""
    row = _row(request, pk)
    back = reverse("clinician_places", args=[row.clinician_id])

    def act(said: dict[str, Any]) -> str:
        step = PlaceStep(PlaceDo.REMOVE, row, reason=said["reason"])
        return _settled(request, row.clinician, step)

    title = _("%(place)s was never right") % {"place": row.institution}
    note = _("Where somebody worked once and does no more, say the last day instead.")
    question = Question(title, row.clinician.called, back, _("Take it away"), note)
    return ask(request, WhyForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.IMPORT_CLINICIANS)
def many(request: UserRequest) -> HttpResponse:
    """What a file says, line by line; taken once somebody has seen what would be."""
    form = LinesForm(given(request), request.FILES or None)
    judged: list[AffiliationLine] = []
    text = name = ""
    if form.is_bound and form.is_valid():
        try:
            text, name = handed_in(request, form)
            judged = judge_affiliations(request.access, text)
            refuse_if(None if judged else NO_LINES)
            if request.POST.get("take"):
                done = import_affiliations(judged, file_name=name, by=request.actor)
                messages.success(request, _told(done))
                return redirect("affiliations")
        except Refused as no:
            form.add_error(None, str(no))
    context = {
        "form": form,
        "text": text,
        "name": name,
        "judged": judged,
        "taken": sum(line.is_taken for line in judged),
        "columns": COLUMNS,
    }
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/many.html", context, status=status)


def _told(done: TakenLines) -> str:
    """How many lines hold at once, and how many wait."""
    said = ngettext("%d line was taken.", "%d lines were taken.", done.noted) % done.noted
    if not done.asked:
        return said
    waits = ngettext(
        "%d line waits for a second person.", "%d lines wait for a second person.", done.asked
    )
    return f"{said} {waits % done.asked}"


def listed(request: UserRequest) -> dict[str, Any]:
    """Beside the list: the other lists of the directory, and a file to hand in."""
    return {
        "views": directory_views("affiliations"),
        "may_import": request.access.holds(Permission.IMPORT_CLINICIANS),
    }


def _row(request: UserRequest, pk: uuid.UUID) -> Affiliation:
    rows = Affiliation.objects.visible_to(request.access, _MANAGES)
    return get_object_or_404(rows.for_list(), pk=pk)

"""Taking an import back within a day: look at what would go and what would stay, say why, do it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.directory.actions.import_files import KIND
from symposia.directory.models import ImportUndo, UndoState
from symposia.directory.policies.undoing import objection_to_weighing
from symposia.directory.queries import undo_of
from symposia.directory.tasks import start_undo, start_weighing
from symposia.web.formats import number
from symposia.web.gates import requires
from symposia.web.office.asking import Question, WhyForm, ask, do, given
from symposia.web.parts import Figure
from symposia.web.requests import UserRequest
from symposia.work.models import Import

TONES = {
    UndoState.STANDING: "ok",
    UndoState.WEIGHING: "info",
    UndoState.WEIGHED: "warn",
    UndoState.UNDOING: "info",
    UndoState.UNDONE: "",
}


def shown(request: UserRequest, pk: uuid.UUID) -> dict[str, Any]:
    """Around what stays: until when, what goes, and the next step."""
    made = _import(pk)
    undo = undo_of(made)
    return {
        "made": made,
        "undo": undo,
        "tone": TONES[UndoState(undo.state)] if undo else "",
        "zone": request.organisation.zone,
        "objection": objection_to_weighing(undo, at=now(), zone=request.organisation.zone),
        "figures": _figures(undo) if undo and undo.counts else [],
        "is_listed": bool(undo and (undo.is_weighed or undo.is_undone)),
    }


@require_POST
@requires(Permission.IMPORT_CLINICIANS, of_all=True)
def look(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Find out what can be taken back."""
    made = _import(pk)
    back = _address(made)
    return do(request, lambda: start_weighing(made, by=request.actor, href=back), back)


@require_http_methods(["GET", "POST"])
@requires(Permission.IMPORT_CLINICIANS, of_all=True)
def run(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say why, and take it back."""
    made = _import(pk)
    back = _address(made)

    def act(told: dict[str, Any]) -> str:
        start_undo(made, reason=told["reason"], by=request.actor, href=back)
        messages.success(request, _("It is being taken back. It is safe to leave this page."))
        return back

    undo = undo_of(made)
    objection = objection_to_weighing(undo, at=now(), zone=request.organisation.zone)
    question = Question(
        _("Take the import back"), made.file_name, back, _("Take it back"), _note(undo), objection
    )
    return ask(request, WhyForm(given(request)), question, act)


def _note(undo: ImportUndo | None) -> str:
    """What goes and what stays, once more, before it happens."""
    counts = undo.counts if undo else {}
    said = {name: number(counts.get(name, 0)) for name in ("people", "staying")}
    goes = _("People removed: %(people)s. Stays as it is: %(staying)s, with its reason.") % said
    return f"{goes} {_('All of it happens in one go, or nothing does.')}"


def _figures(undo: ImportUndo) -> list[Figure]:
    labels = {
        "people": _("People removed"),
        "facts": _("People put back as they were"),
        "numbers": _("Numbers removed"),
        "institutions": _("Institutions removed"),
        "own": _("Own fields put back"),
        "staying": _("Stays as it is"),
    }
    return [Figure(label, number(undo.counts.get(name, 0))) for name, label in labels.items()]


def _import(pk: uuid.UUID) -> Import:
    return get_object_or_404(Import.objects.of_kind(KIND), pk=pk)


def _address(made: Import) -> str:
    return reverse("import_undo", kwargs={"pk": made.pk})

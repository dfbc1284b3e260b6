"""Changes of the directory that two people make: proposed, looked at side by side, decided."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.directory.actions.changes import decide_change, propose_change, take_back_change
from symposia.directory.actions.guarding import guard_fields
from symposia.directory.changing import ChangeFacts, said_of, shown
from symposia.directory.models import (
    GUARDED,
    ChangeRequest,
    Clinician,
    OwnField,
    OwnOf,
    Proposable,
    Scheme,
)
from symposia.directory.own_queries import own_fields_seen
from symposia.directory.queries import changes_waiting, guarded_fields
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.clinician_record import clinician_or_404, record_of
from symposia.web.office.consents import kept_paper
from symposia.web.parts import Change
from symposia.web.requests import UserRequest
from symposia.work.models import StoredFile

FOLDER = "office/changes"
_STEWARD = Permission.STEWARD_DIRECTORY


# Places of work are asked for on the person's own page, with their days; each field of one's own
# by its name.
_NOT_BY_WORDS = {Proposable.AFFILIATION, Proposable.OWN}
_BY_WORDS = [each for each in Proposable.choices if each[0] not in _NOT_BY_WORDS]


class ProposalForm(forms.Form):
    """One field, what it should say, and what shows it."""

    field = forms.ChoiceField(label=gettext_lazy("What is wrong"), choices=_BY_WORDS)
    now = forms.CharField(
        label=gettext_lazy("What it should say"),
        help_text=gettext_lazy("Empty: it should say nothing."),
        max_length=254,
        required=False,
    )
    was = forms.CharField(
        label=gettext_lazy("Number that goes"),
        help_text=gettext_lazy("Only where a wrong number is replaced or taken away."),
        max_length=60,
        required=False,
    )
    scheme = forms.ChoiceField(
        label=gettext_lazy("Number of"),
        choices=[("", gettext_lazy("no number")), *Scheme.choices],
        required=False,
    )
    issuer = forms.CharField(label=gettext_lazy("Number issued by"), max_length=80, required=False)
    evidence = forms.CharField(
        label=gettext_lazy("What shows it"),
        help_text=gettext_lazy("A page of the register, a letter, who told you."),
        max_length=500,
        required=False,
    )
    evidence_file = forms.FileField(
        label=gettext_lazy("Paper as a file"),
        help_text=gettext_lazy("PDF, PNG or JPEG, at most 5 MB."),
        required=False,
    )

    def __init__(self, *args: Any, own: Sequence[OwnField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own = {each.name: each for each in own}
        choices = [*_BY_WORDS, *((name, each.label) for name, each in self._own.items())]
        self.fields["field"].choices = choices  # type: ignore[attr-defined]

    def facts(self, file: StoredFile | None) -> ChangeFacts:
        """What is asked for."""
        said = {name: v for name, v in self.cleaned_data.items() if name != "evidence_file"}
        own = self._own.get(said["field"])
        if own:
            said["field"] = Proposable.OWN
        return ChangeFacts(**said, own=own, evidence_file=file)


class DecisionForm(forms.Form):
    """Yes, or no with the reason."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("accept", gettext_lazy("Agree")), ("refuse", gettext_lazy("Refuse"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Whoever asked reads it. Needed for a no."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.VIEW_DIRECTORY)
def propose(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask to have a field of this person changed."""
    clinician = clinician_or_404(request, pk)
    back = reverse("clinician_requests", args=[pk])
    own = own_fields_seen(request.access, OwnOf.CLINICIAN)
    form = ProposalForm(given(request), request.FILES or None, own=own)

    def act(said: dict[str, Any]) -> str:
        file = kept_paper(request, clinician, said["evidence_file"])
        propose_change(clinician, form.facts(file), by=request.actor)
        messages.success(request, _("It waits for a second person; you are told what they decide."))
        return back

    note = _("Nothing changes before somebody else has looked at it.")
    question = Question(_("Ask for a change"), clinician.called, back, _("Ask for it"), note)
    return ask(request, form, question, act)


@require_GET
@requires(Permission.VIEW_DIRECTORY)
def of_person(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What was asked for about this person, and what became of it."""
    clinician = clinician_or_404(request, pk)
    seen = ChangeRequest.objects.of(clinician).of_seen_fields(request.access)
    rows = seen.for_list().order_by("-proposed_at", "-pk")[:100]
    context = record_of(request, clinician, "clinician_requests") | {
        "rows": [_both_shown(row) for row in rows]
    }
    return render(request, f"{FOLDER}/of_person.html", context)


def _both_shown(row: ChangeRequest) -> tuple[ChangeRequest, str, str]:
    """A request, with what it says was and shall be, as people read it."""
    was, wanted = (shown(row.field, text, row.own_field) for text in (row.was, row.now))
    return row, was, wanted


def listed(request: UserRequest) -> dict[str, Any]:
    """Beside the list: the first that this person may decide."""
    may_guard = request.access.holds(Permission.MANAGE_ORGANISATION)
    if not request.access.holds(_STEWARD):
        return {"first": None, "may_guard": may_guard}
    first = changes_waiting(request.access, _STEWARD).first()
    return {"first": first, "may_guard": may_guard}


class GuardForm(forms.Form):
    """Which fields two people change besides those they always do."""

    fields_of_two = forms.MultipleChoiceField(
        label=gettext_lazy("Two people change as well"),
        help_text=gettext_lazy("Full names, e-mail addresses, telephone and other numbers always."),
        choices=[
            each
            for each in Proposable.choices
            if each[0] not in GUARDED | {Proposable.INSTITUTION, Proposable.OWN}
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ORGANISATION)
def guard(request: UserRequest) -> HttpResponse:
    """Say what two people change here."""
    sees = request.access.holds(Permission.VIEW_DIRECTORY)
    back, known = reverse("change_requests" if sees else "organisation"), guarded_fields()
    first = {"fields_of_two": sorted(known - GUARDED - {Proposable.INSTITUTION})}
    form = GuardForm(given(request), initial=first)

    def act(said: dict[str, Any]) -> str:
        guard_fields(said["fields_of_two"], by=request.actor)
        messages.success(request, _("Saved. It holds from now on."))
        return back

    note = _("Who changes such a field by hand asks for it, and somebody else agrees or refuses.")
    title, parent = _("What two people change"), _("Changes of the directory")
    return ask(request, form, Question(title, parent, back, _("Save"), note), act)


@require_GET
@requires(Permission.VIEW_DIRECTORY)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The field as it is, as it was when somebody asked, and as it should be."""
    return _page(request, _change(request, pk), DecisionForm(initial={"verdict": "accept"}))


@require_POST
@requires(_STEWARD)
def decide(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Agree or refuse; then on to the next that waits."""
    change = _change(request, pk, _STEWARD)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, change, form, status=422)
    accepted = form.cleaned_data["verdict"] == "accept"
    try:
        reason = form.cleaned_data["reason"]
        decide_change(change, accepted=accepted, by=request.actor, reason=reason)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, change, form, status=422)
    messages.success(request, _("Agreed to.") if accepted else _("Refused; whoever asked is told."))
    following = changes_waiting(request.access, _STEWARD).first()
    return redirect("change_request", following.pk) if following else redirect("change_requests")


@require_POST
@requires(Permission.VIEW_DIRECTORY)
def take_back(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Not wanted any more."""
    change = _change(request, pk)
    back = reverse("clinician_requests", args=[change.clinician_id])
    return do(request, lambda: take_back_change(change, by=request.actor), back, _("Taken back."))


def _change(
    request: UserRequest, pk: uuid.UUID, permission: Permission = Permission.VIEW_DIRECTORY
) -> ChangeRequest:
    rows = ChangeRequest.objects.visible_to(request.access, permission).for_list()
    return get_object_or_404(rows, pk=pk)


def _page(
    request: UserRequest, change: ChangeRequest, form: DecisionForm, *, status: int = 200
) -> HttpResponse:
    clinician: Clinician = change.clinician
    is_mine = request.user.pk in {change.proposed_by_id, clinician.user_id}
    may_decide = change.is_waiting and not is_mine and request.access.holds(_STEWARD)
    said = shown(change.field, said_of(change), change.own_field)
    label = change.called
    _row, was, wanted = _both_shown(change)
    context = {
        "change": change,
        "clinician": clinician,
        "changes": [Change(label, was, wanted)],
        "said": said if change.is_waiting and change.field != Proposable.NUMBER else "",
        "differs": change.is_waiting and said != was and change.field != Proposable.NUMBER,
        "number_of": dict(Scheme.choices).get(change.scheme, ""),
        "form": form if may_decide else None,
        "may_take_back": change.is_waiting and request.user.pk == change.proposed_by_id,
        "following": _following(request, change) if may_decide else None,
    }
    return render(request, f"{FOLDER}/show.html", context, status=status)


def _following(request: UserRequest, change: ChangeRequest) -> ChangeRequest | None:
    return changes_waiting(request.access, _STEWARD).exclude(pk=change.pk).first()

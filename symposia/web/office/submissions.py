"""Files to bodies: begun, tried, checked, sent, answered, sent again."""

import uuid
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.reporting.actions.sending import send_submission, take_in_answer
from symposia.reporting.actions.submissions import (
    begin_submission,
    check_submission,
    discard_submission,
    resend_rejected,
)
from symposia.reporting.bodies import declared
from symposia.reporting.composing import CONTENT_TYPES, file_name, trial_of
from symposia.reporting.models import (
    OF_EDUCATION,
    Channel,
    RowState,
    Submission,
    SubmissionRow,
)
from symposia.reporting.policies import objection_to_checking, objection_to_sending
from symposia.reporting.queries import account_with, files_of
from symposia.reporting.submission_lists import ROW_TONES, SUBMISSION_TONES
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.requests import UserRequest

_VIEW, _DO, _TAKE = Permission.VIEW_CREDITS, Permission.AWARD_CREDITS, Permission.EXPORT
LARGEST = 5 * 1024 * 1024
_FIRST_YEAR = 2011


class NewForm(forms.Form):
    """Of what a file tells."""

    kind = forms.ChoiceField(label=gettext_lazy("Report"))
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        help_text=gettext_lazy("In which the activities ended."),
        min_value=_FIRST_YEAR,
        max_value=2100,
    )
    activity = forms.CharField(
        label=gettext_lazy("Number of the activity"),
        help_text=gettext_lazy("For a report of one activity alone: ACT-2026-0142."),
        max_length=20,
        required=False,
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._within = Activity.objects.visible_to(access, _DO)
        self.fields["kind"].choices = OF_EDUCATION  # type: ignore[attr-defined]

    def clean_activity(self) -> Activity | None:
        number = self.cleaned_data["activity"].strip()
        found = self._within.filter(number__iexact=number).first() if number else None
        if number and found is None:
            raise forms.ValidationError(_("No activity has the number %s.") % number)
        return found


class AnswerForm(forms.Form):
    """What the body answered."""

    file = forms.FileField(
        label=gettext_lazy("Answer of the body"),
        help_text=gettext_lazy(
            "CSV with the columns record, status, code and message, or the XML that the body sent."
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("An answer has 5 MB at most."))
        return file


@require_http_methods(["GET", "POST"])
@requires(_DO, of_all=True)
def new(request: UserRequest) -> HttpResponse:
    """Begin a file of what no file has told of."""
    first = {"kind": request.GET.get("kind", ""), "year": year_asked(request)}
    first |= {"activity": request.GET.get("activity", "")}
    form = NewForm(given(request), initial=first, access=request.access)

    def act(said: dict[str, Any]) -> str:
        activity = said["activity"]
        made = begin_submission(said["kind"], said["year"], activity=activity, by=request.actor)
        return reverse("submission", args=[made.pk])

    back = reverse("submissions")
    note = _("It holds every record that no file has told of yet, and what changed since.")
    question = Question(_("New file to a body"), _("Files to bodies"), back, _("Begin"), note)
    return ask(request, form, question, act)


def year_asked(request: UserRequest) -> int:
    """The year that a link to a new file names, or this one."""
    said = request.GET.get("year", "")
    return int(said) if said.isdecimal() and len(said) == 4 else local_day().year


def around(request: UserRequest, pk: uuid.UUID, **_kwargs: Any) -> dict[str, Any]:
    """What stands beside the records of a file."""
    found = _submission(request, pk)
    context = around_file(found, "submission")
    may_act, may_take = request.access.everywhere(_DO), request.access.holds(_TAKE)
    return context | {"may_act": may_act, "may_take": may_take, "back": reverse("submissions")}


STEPS = ("check", "sending", "answer", "correction", "discarding")


def around_file(found: Submission, page: str) -> dict[str, Any]:
    """What is known of a file, and where its steps are taken; `page` begins their names."""
    states = list(SubmissionRow.objects.of(found).values_list("state", flat=True))
    counts = [(RowState(s).label, ROW_TONES[s], states.count(s)) for s in RowState if s in states]
    account = account_with(found.body)
    return {
        "submission": found,
        "tone": SUBMISSION_TONES[found.state],
        "counts": counts,
        "files": [(f, f.get_purpose_display()) for f in files_of(found)],
        "checking": objection_to_checking(found),
        "sending": objection_to_sending(found),
        "has_service": bool(account and account.has_service),
        "rejected": states.count(RowState.REJECTED),
        "answer_form": AnswerForm(),
        "to": {each: reverse(f"{page}_{each}", args=[found.pk]) for each in STEPS},
        "trials": [
            (ending, reverse(f"{page}_trial", args=[found.pk, ending]))
            for ending in declared(found.kind).writers
        ],
    }


@require_GET
@requires(_VIEW, _TAKE, of_all=True)
def trial(request: UserRequest, pk: uuid.UUID, ending: str) -> HttpResponse:
    """The file as it would be now; nothing of it is kept or sent."""
    found = _submission(request, pk)
    return trial_file(request, found, ending) or redirect("submission", pk)


def trial_file(request: UserRequest, found: Submission, ending: str) -> HttpResponse | None:
    """The bytes as they would be now; nothing where there are none."""
    if ending not in declared(found.kind).writers:
        return None
    rows = list(SubmissionRow.objects.of(found))
    ready = any(row.state in {RowState.READY, RowState.SENT} for row in rows)
    if not ready:
        messages.error(request, _("No record of this file can be sent as it is."))
        return None
    response = HttpResponse(trial_of(found, rows, ending), content_type=CONTENT_TYPES[ending])
    name = f"trial-{file_name(found, ending)}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@requires(_DO, of_all=True)
def check(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Read every record again, and make the files."""
    act = partial(check_submission, _submission(request, pk), by=request.actor)
    return do(request, act, reverse("submission", args=[pk]), _("Checked; the file is made."))


@require_POST
@requires(_DO, of_all=True)
def send(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Send it through the body's web service, or say that a person handed it in."""
    by_service = request.POST.get("channel") == Channel.SERVICE
    channel = Channel.SERVICE if by_service else Channel.UPLOAD
    act = partial(send_submission, _submission(request, pk), channel=channel, by=request.actor)
    done = _("It is on its way to the body.") if by_service else _("Noted as handed in.")
    return do(request, act, reverse("submission", args=[pk]), done)


@require_POST
@requires(_DO, of_all=True)
def answer(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take in what the body answered."""
    take_answer(request, _submission(request, pk))
    return redirect("submission", pk)


def take_answer(request: UserRequest, found: Submission) -> None:
    """Take in what was uploaded, and say what became of it."""
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, form.errors["file"].as_text())
        return
    content = form.cleaned_data["file"].read()
    try:
        rejected = take_in_answer(found, content, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return
    text = ngettext("%d record was rejected.", "%d records were rejected.", rejected)
    messages.success(request, text % rejected if rejected else _("Every record was accepted."))


@require_POST
@requires(_DO, of_all=True)
def resend(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Begin a file of what was rejected, as those records stand now."""
    return redirect("submission", corrected_file(request, _submission(request, pk)))


def corrected_file(request: UserRequest, found: Submission) -> uuid.UUID:
    """The file of what was rejected in another; that one where there is nothing to correct."""
    try:
        made = resend_rejected(found, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return found.pk
    messages.success(request, _("What was rejected stands in a file of its own now."))
    return made.pk


@require_POST
@requires(_DO, of_all=True)
def discard(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let go of a file that was not sent."""
    act = partial(discard_submission, _submission(request, pk), by=request.actor)
    return do(request, act, reverse("submission", args=[pk]), _("Discarded."))


@require_GET
@requires(_VIEW, of_all=True)
def row(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One record: what it says, what is wrong, where that is mended."""
    rows = SubmissionRow.objects.visible_to(request.access)
    found = get_object_or_404(rows.select_related("submission", "activity", "clinician"), pk=pk)
    said = [(label, found.facts.get(name, "")) for name, label in declared(found.kind).shown]
    context = {
        "row": found,
        "back": reverse("submission", args=[found.submission_id]),
        "submission": found.submission,
        "activity": found.activity,
        "tone": ROW_TONES[found.state],
        "said": said,
        "may_act": request.access.everywhere(_DO),
    }
    return render(request, "office/reports/row.html", context)


def _submission(request: UserRequest, pk: uuid.UUID) -> Submission:
    return get_object_or_404(Submission.objects.visible_to(request.access), pk=pk)

"""Logs of meetings and lists of who was there: handed in, looked through, brought in."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Session
from symposia.attendance.actions.files import (
    FileFacts,
    hand_in_presence_file,
    import_presence_file,
    map_presence_columns,
)
from symposia.attendance.file_lists import FILE_TONES
from symposia.attendance.logs.columns import FIELDS
from symposia.attendance.logs.tables import LARGEST
from symposia.attendance.models import PresenceFile, Way
from symposia.attendance.policies import (
    NOT_A_TABLE,
    objection_to_door,
    objection_to_importing_presence,
)
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import do
from symposia.web.parts import Figure
from symposia.web.requests import UserRequest
from symposia.web.walls import shown
from symposia.web.zone_choices import zone_choices
from symposia.work.imports.shapes import Shape
from symposia.work.models import Outcome

_MANAGE = Permission.MANAGE_REGISTRATIONS


class FileForm(forms.Form):
    """A log or a list, and what its times and its people are."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "The participants' report of Zoom, Teams or Webex as downloaded, or a table of your "
            "own with names; CSV or XLSX, at most 5 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    way = forms.ChoiceField(label=gettext_lazy("The people took part"), choices=Way.choices)
    zone = forms.ChoiceField(label=gettext_lazy("Its times are those of"), choices=zone_choices())
    session = forms.ChoiceField(label=gettext_lazy("Where"), required=False)

    def __init__(self, *args: Any, sessions: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Whole activity")), *((str(s.pk), s.title) for s in sessions)]
        self.fields["session"].choices = choices  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is larger than 5 MB."))
        return file


class ColumnsForm(forms.Form):
    """Which column of the file says what."""

    def __init__(self, header: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(place), name or "?") for place, name in enumerate(header)]
        for target in FIELDS:
            self.fields[target.name] = forms.ChoiceField(
                label=str(target.label), choices=[("", _("no column")), *places], required=False
            )

    def columns(self) -> dict[str, int]:
        return {name: int(place) for name, place in self.cleaned_data.items() if place}


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list of files: the activity."""
    activity = activity_or_404(request, activity_pk, Permission.VIEW_ATTENDANCE)
    frame = frame_of(request, activity, "activity_attendance")
    return {**frame, "may_hand_in": request.access.holds(_MANAGE)}


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_REGISTRATIONS)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand in a log or a list; nothing of it counts before its rows were looked at."""
    activity = activity_or_404(request, pk, _MANAGE)
    sessions = list(Session.objects.of(activity))
    first = {"zone": activity.zone, "way": Way.ONLINE}
    form = FileForm(request.POST or None, request.FILES or None, initial=first, sessions=sessions)
    if form.is_bound and form.is_valid():
        try:
            return redirect("presence_rows", _receive(request, activity, form, sessions).pk)
        except Refused as refused:
            is_of_file = refused.objection == NOT_A_TABLE
            form.add_error("file" if is_of_file else None, str(refused))
    context = {"activity": activity, "form": form, "objection": objection_to_door(activity)}
    status = 422 if form.is_bound else 200
    return render(request, "office/attendance/file_new.html", context, status=status)


def _receive(
    request: UserRequest, activity: Activity, form: FileForm, sessions: list[Session]
) -> PresenceFile:
    said = form.cleaned_data
    session = next((s for s in sessions if str(s.pk) == said["session"]), None)
    facts = FileFacts(said["zone"], Way(said["way"]), session)
    name, content = said["file"].name, said["file"].read()
    return hand_in_presence_file(name, content, activity, facts, by=request.actor)


def rows_listed(request: UserRequest, pk: uuid.UUID) -> dict[str, Any]:
    """Around the report of the rows: what the file is, its counts, its columns, the next step."""
    file = _file(request, pk, Permission.VIEW_ATTENDANCE)
    header = Shape.from_json(file.made.shape).header
    first = {name: str(place) for name, place in file.made.mapping.items()}
    return {
        "file": file,
        "made": file.made,
        "tone": FILE_TONES.get(file.made.state, ""),  # type: ignore[call-overload]
        "figures": [
            Figure(label, str(file.made.counts.get(name, 0)))
            for name, label in Outcome.choices
            if name != Outcome.CHANGED and file.made.counts
        ],
        "columns_form": ColumnsForm(header, initial=first),
        "objection": objection_to_importing_presence(file.made.state),
        "is_done": file.made.state == "done",
        "may_hand_in": request.access.holds(_MANAGE),
    }


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def match(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what the columns mean, and look through the rows again."""
    file = _file(request, pk, _MANAGE)
    form = ColumnsForm(Shape.from_json(file.made.shape).header, request.POST)
    try:
        if form.is_valid():
            map_presence_columns(file, form.columns(), by=request.actor)
        else:
            messages.error(request, _("Choose among the columns of the file."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("presence_rows", file.pk)


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def bring_in(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the rows as evidence."""
    file = _file(request, pk, _MANAGE)
    back = reverse("presence_rows", args=[file.pk])
    done = _("The rows are kept as evidence.")
    return do(request, lambda: import_presence_file(file, by=request.actor), back, done)


def _file(request: UserRequest, pk: uuid.UUID, permission: Permission) -> PresenceFile:
    rows = PresenceFile.objects.visible_to(request.access, permission)
    found = get_object_or_404(rows.select_related("activity", "made"), pk=pk)
    shown(request, found.activity, permission)
    return found

"""Online meetings whose vendors tell who joins and leaves: connected, watched, ended."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Session
from symposia.attendance.actions.connections import Meeting, connect_meeting, end_connection
from symposia.attendance.connecting import LONGEST, REFUSALS, makes_secret
from symposia.attendance.connection_lists import (
    MEETING_CONNECTIONS,
    latest_heard,
    state_of_connection,
)
from symposia.attendance.lists import ATTENDANCE
from symposia.attendance.models import MeetingConnection, Vendor
from symposia.shared.refusals import Refused
from symposia.web.gates import answers_with_a_secret, requires
from symposia.web.lists import list_context
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import do
from symposia.web.parts import Fact
from symposia.web.requests import UserRequest

FOLDER = "office/meeting_connections"
_VIEW, _MANAGE = Permission.VIEW_ATTENDANCE, Permission.MANAGE_REGISTRATIONS
# What is said to each vendor, step by step; to verify with the vendor's own pages.
STEPS = {
    Vendor.ZOOM: (
        gettext_lazy("In your Zoom app, open “Event subscriptions” and enter the address below."),
        gettext_lazy("Press “Validate”: Zoom asks whether the address answers."),
        gettext_lazy("Choose the events “Participant joined” and “Participant left”."),
    ),
    Vendor.TEAMS: (
        gettext_lazy(
            "Let your administrator make a subscription at Microsoft Graph to the call events of "
            "this meeting, with the address below and without encrypted content."
        ),
        gettext_lazy("The secret below is its “clientState”."),
        gettext_lazy("A subscription lasts three days at most; make it on the day, or renew it."),
    ),
    Vendor.WEBEX: (
        gettext_lazy(
            "Make two webhooks at Webex for the resource “meetingParticipants”: one for “joined”, "
            "one for “left”, both to the address below."
        ),
        gettext_lazy("The secret below is that of both webhooks."),
    ),
}


class ConnectionForm(forms.Form):
    """Whose meeting it is, how they name it, what it counts for, and their secret."""

    vendor = forms.ChoiceField(label=gettext_lazy("Vendor"), choices=Vendor.choices)
    meeting = forms.CharField(
        label=gettext_lazy("Meeting"),
        max_length=500,
        help_text=gettext_lazy(
            "Zoom: the meeting number. Teams: the joining link. Webex: the meeting id."
        ),
    )
    session = forms.ChoiceField(label=gettext_lazy("Counts for"), required=False)
    secret = forms.CharField(
        label=gettext_lazy("Secret"),
        max_length=LONGEST,
        required=False,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "Zoom: the secret token of your app. For Teams and Webex leave it empty; one is made."
        ),
    )

    def __init__(self, *args: Any, sessions: list[Session]) -> None:
        super().__init__(*args)
        named = [("", _("Whole activity")), *((str(each.pk), each.title) for each in sessions)]
        self.fields["session"].choices = named  # type: ignore[attr-defined]
        self._sessions = {str(each.pk): each for each in sessions}

    def told(self) -> Meeting:
        given = self.cleaned_data
        session = self._sessions.get(given["session"])
        return Meeting(given["vendor"], given["meeting"], session, given["secret"])


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list: the activity, and the form for another meeting."""
    activity = activity_or_404(request, activity_pk, _VIEW)
    return _around(request, activity, ConnectionForm(sessions=_sessions(activity)))


def _around(request: UserRequest, activity: Activity, form: ConnectionForm) -> dict[str, Any]:
    frame = frame_of(request, activity, ATTENDANCE.name)
    return {**frame, "form": form, "may_connect": request.access.holds(_MANAGE)}


@answers_with_a_secret("meeting_connections", "activity_pk")
@never_cache
@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def connect(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """Connect a meeting; a secret that was made for its vendor stands on this answer alone."""
    activity = activity_or_404(request, activity_pk, _MANAGE)
    form = ConnectionForm(request.POST, sessions=_sessions(activity))
    if form.is_valid():
        try:
            connection, secret = connect_meeting(activity, form.told(), by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            shown = "" if makes_secret(connection.vendor) else secret
            return render(
                request, f"{FOLDER}/connection.html", _facts(request, connection, secret=shown)
            )
    context = list_context(request, MEETING_CONNECTIONS, activity_pk=activity.pk)
    context |= _around(request, activity, form)
    return render(request, f"{FOLDER}/list.html", context, status=422)


@require_GET
@requires(Permission.VIEW_ATTENDANCE)
def show(request: UserRequest, activity_pk: uuid.UUID, pk: uuid.UUID) -> HttpResponse:
    """One connection: where its vendor writes to, who joined and left last, what was refused."""
    found = _connection(request, activity_pk, pk, _VIEW)
    return render(request, f"{FOLDER}/connection.html", _facts(request, found))


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def end(request: UserRequest, activity_pk: uuid.UUID, pk: uuid.UUID) -> HttpResponse:
    """Hear no more of a meeting."""
    found = _connection(request, activity_pk, pk, _MANAGE)
    back = reverse(MEETING_CONNECTIONS.name, args=[found.activity_id])
    done = _("Ended: what the vendor tells of this meeting is not taken any more.")
    return do(request, lambda: end_connection(found, by=request.actor), back, done)


def _facts(request: UserRequest, found: MeetingConnection, secret: str = "") -> dict[str, Any]:
    report = found.report
    reason = REFUSALS.get(report.refused_code, "") if report else ""
    where = reverse("meeting_messages", args=[request.organisation.code, found.pk])
    return {
        **frame_of(request, found.activity, ATTENDANCE.name),
        "found": found,
        "report": report,
        "secret": secret,
        "reason": reason,
        "address": f"{settings.ORIGIN}{where}",
        "steps": STEPS[Vendor(found.vendor)],
        "latest": latest_heard(found),
        "facts": [
            Fact(_("State"), str(state_of_connection(found))),
            Fact(_("Vendor"), str(found.get_vendor_display())),
            Fact(_("Meeting"), found.meeting, mono=True),
            Fact(_("Counts for"), str(found.session or _("Whole activity"))),
            Fact(_("Kept"), str(report.kept if report else 0)),
            Fact(_("Passed over"), str(report.passed_over if report else 0)),
            Fact(_("Refused"), str(report.refused if report else 0)),
            Fact(_("Made by"), found.made_by_name),
        ],
        "may_end": request.access.holds(_MANAGE) and not found.ended_at,
    }


def _connection(
    request: UserRequest, activity_pk: uuid.UUID, pk: uuid.UUID, permission: Permission
) -> MeetingConnection:
    activity = activity_or_404(request, activity_pk, permission)
    rows = MeetingConnection.objects.visible_to(request.access, permission).of(activity)
    return get_object_or_404(rows.with_reports(), pk=pk)


def _sessions(activity: Activity) -> list[Session]:
    return list(Session.objects.of(activity))

"""The phones at the door of an activity: a code for each, where they stand, how one is ended."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Session
from symposia.attendance.actions.devices import CODE_LASTS, Post, make_pairing_code, revoke_device
from symposia.attendance.device_lists import DEVICES, state_of
from symposia.attendance.lists import ATTENDANCE
from symposia.attendance.models import Direction, DoorDevice, DoorMode
from symposia.attendance.queries import opening_of
from symposia.shared.refusals import Refused
from symposia.web.gates import answers_with_a_secret, requires
from symposia.web.lists import list_context
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import do
from symposia.web.parts import Fact
from symposia.web.qr import qr_svg
from symposia.web.requests import UserRequest

FOLDER = "office/door_devices"


class PostForm(forms.Form):
    """Where a phone will stand, who holds it, and what it does there."""

    door = forms.CharField(
        label=gettext_lazy("Door"),
        max_length=40,
        help_text=gettext_lazy("As people call it, for example Hall A."),
    )
    holder = forms.CharField(
        label=gettext_lazy("Held by"),
        max_length=80,
        help_text=gettext_lazy("The name of whoever stands there; it is kept with each scan."),
    )
    direction = forms.ChoiceField(label=gettext_lazy("Direction"), choices=Direction.choices)
    session = forms.ChoiceField(label=gettext_lazy("Counts for"), required=False)
    mode = forms.ChoiceField(label=gettext_lazy("A verdict stays"), choices=DoorMode.choices)

    def __init__(self, *args: Any, sessions: list[Session]) -> None:
        super().__init__(*args)
        whole = [("", _("Whole activity"))]
        named = [(str(each.pk), each.title) for each in sessions]
        self.fields["session"].choices = [*whole, *named]  # type: ignore[attr-defined]
        self._sessions = {str(each.pk): each for each in sessions}

    def post(self) -> Post:
        given = self.cleaned_data
        return Post(
            door=given["door"],
            holder=given["holder"],
            session=self._sessions.get(given["session"]),
            direction=given["direction"],
            mode=given["mode"],
        )


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list: the activity, and the form for another phone."""
    activity = activity_or_404(request, activity_pk, Permission.VIEW_ATTENDANCE)
    return _around(request, activity, PostForm(sessions=_sessions(activity)))


def _around(request: UserRequest, activity: Activity, form: PostForm) -> dict[str, Any]:
    return {
        **frame_of(request, activity, ATTENDANCE.name),
        "form": form,
        "opens_at": opening_of(activity.pk),
        "may_make": request.access.holds(Permission.CHECK_IN),
    }


@answers_with_a_secret("door")
@never_cache
@require_POST
@requires(Permission.CHECK_IN)
def make(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """A code for one phone; it stands on this answer and nowhere else."""
    activity = activity_or_404(request, activity_pk, Permission.CHECK_IN)
    form = PostForm(request.POST, sessions=_sessions(activity))
    if not form.is_valid():
        context = list_context(request, DEVICES, activity_pk=activity.pk)
        context |= _around(request, activity, form)
        return render(request, f"{FOLDER}/list.html", context, status=422)
    try:
        device, code = make_pairing_code(
            activity, form.post(), on_duty=request.user.pk, by=request.actor
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(DEVICES.name, activity_pk=activity.pk)
    address = f"{settings.ORIGIN}{reverse('door_app')}#pair={code}"
    context = {
        **frame_of(request, activity, ATTENDANCE.name),
        "device": device,
        "code": code,
        "address": f"{settings.ORIGIN}{reverse('door_app')}",
        "minutes": CODE_LASTS.seconds // 60,
        "picture": qr_svg(address, _("Pairing code for the phone's camera")),
    }
    return render(request, f"{FOLDER}/code.html", context)


@require_GET
@requires(Permission.VIEW_ATTENDANCE)
def show(request: UserRequest, activity_pk: uuid.UUID, pk: uuid.UUID) -> HttpResponse:
    """One phone: where it stands, what it told of itself."""
    activity = activity_or_404(request, activity_pk, Permission.VIEW_ATTENDANCE)
    device = _device(request, activity, pk, Permission.VIEW_ATTENDANCE)
    context = {
        **frame_of(request, activity, ATTENDANCE.name),
        "device": device,
        "report": device.report,
        "facts": _facts(device),
        "may_end": request.access.holds(Permission.CHECK_IN) and not device.revoked_at,
    }
    return render(request, f"{FOLDER}/device.html", context)


@require_POST
@requires(Permission.CHECK_IN)
def revoke(request: UserRequest, activity_pk: uuid.UUID, pk: uuid.UUID) -> HttpResponse:
    """End a phone's work at the door."""
    activity = activity_or_404(request, activity_pk, Permission.CHECK_IN)
    device = _device(request, activity, pk, Permission.CHECK_IN)
    back = reverse(DEVICES.name, args=[activity.pk])
    done = _("Ended: what this phone sends next is refused.")
    return do(request, lambda: revoke_device(device, by=request.actor), back, done)


def _device(
    request: UserRequest, activity: Activity, pk: uuid.UUID, permission: Permission
) -> DoorDevice:
    rows = DoorDevice.objects.visible_to(request.access, permission).of(activity)
    return get_object_or_404(rows.with_reports(), pk=pk)


def _facts(device: DoorDevice) -> list[Fact]:
    report = device.report
    told = report and [
        Fact(_("To sync"), str(report.pending)),
        Fact(_("Not taken"), str(report.refused)),
        Fact(_("People on it"), str(report.people)),
        Fact(_("Its clock is behind ours by"), _("%(n)s s") % {"n": report.clock_offset}),
    ]
    return [
        Fact(_("State"), str(state_of(device))),
        Fact(_("Held by"), device.holder),
        Fact(_("Direction"), str(device.get_direction_display())),
        Fact(_("Counts for"), str(device.session or _("Whole activity"))),
        Fact(_("Made by"), device.made_by_name),
        *(told or []),
    ]


def _sessions(activity: Activity) -> list[Session]:
    return list(Session.objects.of(activity))

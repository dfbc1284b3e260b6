from datetime import timedelta
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.attendance.models import Direction, DoorDevice, DoorDeviceQuerySet
from symposia.shared.lists import Choice, Column, ListOf, Search

# A door that is silent for longer is looked after.
SILENT_AFTER = timedelta(minutes=5)


def state_of(device: DoorDevice) -> Any:
    """Where a device stands, in the words of the list."""
    at, report = now(), device.report
    if device.revoked_at:
        return _("Ended")
    if not device.paired_at:
        return _("Code has run out") if at >= device.code_expires_at else _("Waits for its phone")
    if at >= device.expires_at:
        return _("Time is over")
    if report and at - report.seen_at > SILENT_AFTER:
        return _("Silent")
    return _("In contact")


def _rows(access: Any, **kwargs: Any) -> DoorDeviceQuerySet:
    found = DoorDevice.objects.visible_to(access).with_reports()
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


def _told(name: str) -> Any:
    def value(device: DoorDevice) -> Any:
        return getattr(device.report, name) if device.paired_at and device.report else None

    return value


DEVICES = ListOf(
    name="door_devices",
    title=_("Phones at the door"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_rows,
    columns=(
        Column(
            "door",
            _("Door"),
            "door",
            sort="door",
            url=lambda each: ("door_device", [each.activity_id, each.pk]),
        ),
        Column("holder", _("Held by"), "holder", sort="holder"),
        Column("direction", _("Direction"), "direction"),
        Column("session", _("Session"), lambda each: str(each.session or "")),
        Column("state", _("State"), state_of),
        Column("pending", _("To sync"), _told("pending"), kind="n"),
        Column("people", _("People"), _told("people"), kind="n"),
        Column("seen", _("Heard"), _told("seen_at")),
        Column(
            "made", _("Made"), lambda each: local_day(each.made_at), sort="made_at", in_page=False
        ),
        Column("activity", _("Activity"), lambda each: each.activity.number, in_page=False),
    ),
    filters=(
        Choice("direction", _("Direction"), "direction", Direction.choices),
        Search("q", _("Door or name"), _search),
    ),
    sort="-made_at",
    empty=_("No phone is paired yet. Make a code and scan it with the phone."),
)

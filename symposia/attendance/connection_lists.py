"""Connections to online meetings, as a list."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.attendance.models import MeetingConnection, PresenceEvidence, Vendor
from symposia.shared.lists import Choice, Column, ListOf


def state_of_connection(connection: MeetingConnection) -> Any:
    """Where a connection stands, in the words of the list."""
    report = connection.report
    if connection.ended_at:
        return _("Ended")
    if report is None or not (report.heard_at or report.refused_at):
        return _("Waits for the first message")
    if report.refused_at and (report.heard_at is None or report.refused_at > report.heard_at):
        return _("Last message refused")
    return _("In contact")


def latest_heard(connection: MeetingConnection) -> list[PresenceEvidence]:
    """Who joined and left last, as this connection told it; the newest first. What is kept once
    more under a place was not told again."""
    told = PresenceEvidence.objects.of(connection.activity).filter(
        Q(person=None) | Q(registration=None), device__startswith=connection.mark
    )
    return list(told.latest_first().select_related("registration__clinician", "person")[:20])


def _rows(access: Any, **kwargs: Any) -> Any:
    found = MeetingConnection.objects.visible_to(access).with_reports()
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _told(name: str) -> Any:
    def value(connection: MeetingConnection) -> Any:
        return getattr(connection.report, name) if connection.report else None

    return value


MEETING_CONNECTIONS = ListOf(
    name="meeting_connections",
    title=_("Connections to online meetings"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_rows,
    columns=(
        Column(
            "meeting",
            _("Meeting"),
            "meeting",
            url=lambda each: ("meeting_connection", [each.activity_id, each.pk]),
        ),
        Column("vendor", _("Vendor"), "vendor", sort="vendor"),
        Column("session", _("Counts for"), lambda each: str(each.session or _("Whole activity"))),
        Column("state", _("State"), state_of_connection),
        Column("kept", _("Kept"), _told("kept"), kind="n"),
        Column("passed_over", _("Passed over"), _told("passed_over"), kind="n", in_page=False),
        Column("refused", _("Refused"), _told("refused"), kind="n", in_page=False),
        Column("heard", _("Last heard of"), _told("heard_at")),
        Column(
            "made", _("Made"), lambda each: local_day(each.made_at), sort="made_at", in_page=False
        ),
        Column("by", _("By"), "made_by_name", in_page=False),
        Column("activity", _("Activity"), lambda each: each.activity.number, in_page=False),
    ),
    filters=(Choice("vendor", _("Vendor"), "vendor", Vendor.choices),),
    sort="-made_at",
    empty=_("No online meeting is connected. Its report can still be handed in as a file."),
)

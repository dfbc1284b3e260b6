"""Badges that wait for the printer or were printed, as a list."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.attendance.models import Badge, BadgeState
from symposia.shared.lists import Choice, Column, ListOf

BADGE_TONES = {BadgeState.WAITING: "info", BadgeState.PRINTED: "ok", BadgeState.DROPPED: ""}


def _rows(access: Any, **kwargs: Any) -> Any:
    found = Badge.objects.visible_to(access).with_people()
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


BADGES = ListOf(
    name="badges",
    title=_("Badges"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_rows,
    columns=(
        Column(
            "name",
            _("Name"),
            lambda badge: badge.registration.clinician.full_name,
            sort="registration__clinician__search_text",
            url=lambda badge: ("registration", [badge.registration_id]),
        ),
        Column(
            "state",
            _("State"),
            "state",
            kind="state",
            tone=lambda badge: BADGE_TONES[badge.state],
        ),
        Column("reason", _("Printed again because"), "reason"),
        Column("queued_at", _("Sent to the printer"), "queued_at", "queued_at", kind="moment"),
        Column("queued_by", _("By"), "queued_by_name", in_page=False),
        Column(
            "printed_at",
            _("Printed"),
            "printed_at",
            kind="moment",
            url=lambda badge: ("badge_run", [badge.run]) if badge.run else None,
        ),
        Column("printed_by", _("Printed by"), "printed_by_name", in_page=False),
        Column("activity", _("Activity"), lambda badge: badge.activity.number, in_page=False),
    ),
    filters=(Choice("state", _("State"), "state", BadgeState.choices),),
    sort="-queued_at",
    empty=_("No badge was sent to the printer yet."),
)

"""How presence counts by type of activity and how long codes are claimed, as decided."""

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.activities.models import Type
from symposia.attendance.models import NoLeave, PresenceRule
from symposia.shared.lists import Choice, Column, ListOf

PRESENCE_RULES = ListOf(
    name="presence_rules",
    title=_("Presence rules"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=PresenceRule.objects.visible_to,
    columns=(
        Column("type", _("Type of activity"), "type", sort="type"),
        Column("no_leave", _("Without a check-out it counts"), "no_leave", sort="no_leave"),
        Column("claim_days", _("Days to claim a session code"), "claim_days", kind="n"),
        Column("checks_percent", _("Presence checks answered, %"), "checks_percent", kind="n"),
        Column("checks_short", _("Where fewer are"), "checks_short"),
        Column("valid_from", _("From"), "valid_from", sort="valid_from", kind="day"),
        Column("reason", _("Reason"), "reason"),
        Column("by", _("Decided by"), "decided_by_name"),
        Column("at", _("Decided at"), "decided_at", kind="moment", in_page=False),
    ),
    filters=(
        Choice("type", _("Type of activity"), "type", Type.choices),
        Choice("no_leave", _("Without a check-out it counts"), "no_leave", NoLeave.choices),
    ),
    sort="-valid_from",
    empty=_("Nothing is decided; each type counts as shipped with the product."),
)

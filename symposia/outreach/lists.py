from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.outreach.models import Invitation, State
from symposia.shared.lists import Choice, Column, ListOf, Search

TONES = {State.ACCEPTED: "ok", State.DECLINED: "stop"}


def _rows(access: Any, **kwargs: Any) -> Any:
    found = Invitation.objects.visible_to(access).for_list()
    return found.filter(activity=kwargs["activity_pk"])


INVITATIONS = ListOf(
    name="invitations",
    title=_("Invitations"),
    permission="view_people_of_activity",
    rows=_rows,
    columns=(
        Column(
            *("name", _("Name"), lambda i: i.clinician.full_name, "clinician__full_name"),
            lambda i: ("clinician", [i.clinician_id]),
        ),
        Column(
            *("institution", _("Institution"), lambda i: i.clinician.institution),
            "clinician__institution__name",
        ),
        Column("address", _("E-mail"), lambda i: i.address, "address"),
        Column(
            *("state", _("Answer"), lambda i: i.get_state_display(), "state"),
            kind="state",
            tone=lambda i: TONES.get(i.state, ""),
        ),
        Column("sent_at", _("Invited"), lambda i: i.sent_at, "sent_at"),
        Column("replied_at", _("Answered"), lambda i: i.replied_at, "replied_at"),
        Column("by", _("Invited by"), lambda i: i.invited_by_name, "invited_by_name"),
    ),
    filters=(
        Search(
            *("q", _("Name"), lambda rows, text: rows.filter(clinician__full_name__icontains=text))
        ),
        Choice("state", _("Answer"), "state", State.choices),
    ),
    sort="clinician__full_name",
    empty=_("Nobody is invited yet."),
)

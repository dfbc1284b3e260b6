from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.directory.models import Clinician, Profession
from symposia.outreach.models import Invitation, State
from symposia.shared.lists import Choice, Column, ListOf, Search

TONES = {State.ACCEPTED: "ok", State.DECLINED: "stop"}


def _rows(access: Any, **kwargs: Any) -> Any:
    """Of one activity, or (through the API) of all."""
    found = Invitation.objects.visible_to(access).for_list()
    activity = kwargs.get("activity_pk")
    return found.filter(activity=activity) if activity else found


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
        Column("activity", _("Activity"), lambda i: i.activity.number, in_page=False),
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


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


CANDIDATES = ListOf(
    name="activity_invite",
    title=_("Choose whom to invite"),
    permission="invite",
    rows=lambda access, **_kwargs: (
        Clinician.objects.within(access, Permission.INVITE).active().select_related("institution")
    ),
    columns=(
        Column("name", _("Name"), lambda c: c.full_name, "full_name"),
        Column("credential", _("Credential"), lambda c: c.credential, "credential"),
        Column("specialty", _("Specialty"), lambda c: c.specialty, "specialty"),
        Column("institution", _("Institution"), lambda c: c.institution, "institution__name"),
        Column("city", _("City"), lambda c: c.city, "city"),
        Column("email", _("E-mail"), lambda c: c.email, "email"),
    ),
    filters=(
        Search("q", _("Name or number"), _search),
        Search(*("specialty", _("Specialty"), lambda rows, t: rows.filter(specialty__icontains=t))),
        Search("city", _("City"), lambda rows, text: rows.filter(city__icontains=text)),
        Choice("profession", _("Profession"), "profession", Profession.choices),
    ),
    sort="full_name",
    empty=_("The directory is empty. Import clinicians first."),
)

from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.registrations.models import Registration, Source, State
from symposia.shared.lists import Choice, Column, ListOf, Search

TONES: dict[str, str] = {
    State.CONFIRMED: "ok",
    State.QUEUED: "warn",
    State.REQUESTED: "info",
    State.CANCELLED: "",
    State.DECLINED: "stop",
}


def _rows(access: Any, **kwargs: Any) -> Any:
    found = Registration.objects.visible_to(access).with_people()
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


PEOPLE_COLUMNS = (
    Column(
        "name",
        _("Name"),
        lambda r: r.clinician.full_name,
        sort="clinician__full_name",
        url=lambda r: ("registration", [r.pk]),
    ),
    Column("credential", _("Credential"), lambda r: r.clinician.credential or None),
    Column(
        "institution",
        _("Institution"),
        lambda r: str(r.clinician.institution) if r.clinician.institution else None,
        sort="clinician__institution__name",
    ),
    Column("city", _("City"), lambda r: r.clinician.city or None, sort="clinician__city"),
)

PEOPLE = ListOf(
    name="activity_people",
    title=_("People"),
    permission=Permission.VIEW_PEOPLE_OF_ACTIVITY,
    rows=_rows,
    columns=(
        *PEOPLE_COLUMNS,
        Column(
            "state",
            _("State"),
            lambda r: r.get_state_display(),
            sort="state",
            kind="state",
            tone=lambda r: TONES[r.state],
        ),
        Column(
            "requested_at", _("Registered"), lambda r: r.requested_at, "requested_at", kind="moment"
        ),
        Column("source", _("Came by"), lambda r: r.get_source_display(), sort="source"),
        Column("activity", _("Activity"), lambda r: r.activity.number, in_page=False),
        Column(
            "profession",
            _("Profession"),
            lambda r: r.clinician.get_profession_display(),
            in_page=False,
        ),
        Column("email", _("E-mail"), lambda r: r.clinician.email or None, in_page=False),
        Column("ticket_code", _("Ticket code"), lambda r: r.ticket_code, in_page=False),
        Column(
            "beyond", _("Beyond the capacity"), lambda r: _yes(r.beyond_capacity), in_page=False
        ),
    ),
    filters=(
        Search("q", _("Name, number or ticket code"), _search),
        Choice("state", _("State"), "state", State.choices),
        Choice("source", _("Came by"), "source", Source.choices),
    ),
    sort="clinician__full_name",
    empty=_("Nobody is registered yet. Invite people, or share the public page."),
)


def _yes(value: bool) -> Any:
    return _("Yes") if value else None

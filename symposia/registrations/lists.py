from typing import Any

from django.db.models import Case, CharField, Value, When
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


_BEYOND = Case(
    When(beyond_capacity=True, then=Value("yes")),
    output_field=CharField(choices=[("yes", _("Yes"))]),
)
PEOPLE_COLUMNS = (
    Column(
        "name",
        _("Name"),
        "clinician__full_name",
        sort="clinician__search_text",
        url=lambda r: ("registration", [r.pk]),
    ),
    Column("credential", _("Credential"), "clinician__credential"),
    Column(
        "institution",
        _("Institution"),
        "clinician__institution__name",
        sort="clinician__institution__name",
    ),
    Column("city", _("City"), "clinician__city", sort="clinician__city"),
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
            "state",
            sort="state",
            kind="state",
            tone=lambda r: TONES[r.state],
        ),
        Column("requested_at", _("Registered"), "requested_at", "requested_at", kind="moment"),
        Column("source", _("Came by"), "source", sort="source"),
        Column("activity", _("Activity"), "activity__number", in_page=False),
        Column(
            "profession",
            _("Profession"),
            "clinician__profession",
            in_page=False,
        ),
        Column("email", _("E-mail"), "clinician__email", in_page=False),
        Column("ticket_code", _("Ticket code"), "ticket_code", in_page=False),
        Column("beyond", _("Beyond the capacity"), _BEYOND, in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or ticket code"), _search),
        Choice("state", _("State"), "state", State.choices),
        Choice("source", _("Came by"), "source", Source.choices),
    ),
    sort="clinician__search_text",
    empty=_("Nobody is registered yet. Invite people, or share the public page."),
)

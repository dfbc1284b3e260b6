"""Sessions with places of their own, and who comes to them."""

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.directory.models import Clinician
from symposia.registrations.choosing import POSITION
from symposia.registrations.models import ChoiceState, SessionChoice, SessionPlaces
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search

_SEES = Permission.VIEW_PEOPLE_OF_ACTIVITY
CHOICE_TONES: dict[str, str] = {
    ChoiceState.CONFIRMED: "ok",
    ChoiceState.QUEUED: "warn",
    ChoiceState.ENDED: "",
}


def _places(access: Any, **kwargs: Any) -> Rows:
    found: Rows = SessionPlaces.objects.visible_to(access).select_related("session", "activity")
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


SESSION_PLACES = ListOf(
    name="activity_sessions",
    title=_("Sessions with places of their own"),
    permission=_SEES,
    rows=_places,
    columns=(
        Column(
            "session",
            _("Session"),
            "session__title",
            sort="session__title",
            url=lambda p: ("session_places", [p.session_id]),
        ),
        Column("starts_at", _("Begins"), "session__starts_at", "session__starts_at", kind="moment"),
        Column("room", _("Room"), "session__room", sort="session__room"),
        Column("capacity", _("Places"), "capacity", sort="capacity", kind="n"),
        Column("taken", _("Taken"), "taken", sort="taken", kind="n"),
        Column("left", _("Free"), F("capacity") - F("taken"), kind="n"),
        Column("waiting", _("Waiting"), "waiting", sort="waiting", kind="n"),
        Column("activity", _("Activity"), "activity__number", in_page=False),
    ),
    sort="session__starts_at",
    empty=_("No session has places of its own: everybody at the activity may come to all of them."),
)


def _choices(access: Any, **kwargs: Any) -> Rows:
    found: Rows = SessionChoice.objects.visible_to(access).select_related(
        "session", "activity", "registration__clinician"
    )
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _search(rows: Rows, text: str) -> Rows:
    people = Clinician.objects.search(text).values("pk")
    return rows.filter(Q(registration__clinician__in=people) | Q(session__title__icontains=text))


_NAME = Column(
    "name",
    _("Name"),
    "registration__clinician__full_name",
    sort="registration__clinician__search_text",
    url=lambda c: ("registration", [c.registration_id]),
)
SESSION_CHOICES = ListOf(
    name="activity_session_people",
    title=_("Who comes to which session"),
    permission=_SEES,
    rows=_choices,
    columns=(
        _NAME,
        Column("session", _("Session"), "session__title", sort="session__title"),
        Column("starts_at", _("Begins"), "session__starts_at", "session__starts_at", kind="moment"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda c: CHOICE_TONES[c.state],
        ),
        Column("position", _("Place in line"), POSITION, kind="n"),
        Column("email", _("E-mail"), "registration__clinician__email", in_page=False),
        Column("ticket_code", _("Ticket code"), "registration__ticket_code", in_page=False),
        Column("room", _("Room"), "session__room", in_page=False),
        Column("asked_at", _("Chosen"), "asked_at", "asked_at", kind="moment", in_page=False),
        Column("activity", _("Activity"), "activity__number", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or session"), _search),
        Choice("state", _("State"), "state", ChoiceState.choices),
    ),
    sort="registration__clinician__search_text",
    empty=_("Nobody has chosen a session yet."),
)

"""What somebody can choose of an agenda, and how they stand with what they chose."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, Session
from symposia.registrations.models import ChoiceState, Registration, SessionChoice, SessionPlaces

_EARLIER = SessionChoice.objects.filter(
    session=OuterRef("session"), state=ChoiceState.QUEUED
).filter(
    Q(asked_at__lt=OuterRef("asked_at")) | Q(asked_at=OuterRef("asked_at"), pk__lt=OuterRef("pk"))
)
# The place in the line of the session, from 1; nothing for whoever has a place.
POSITION = Case(
    When(
        state=ChoiceState.QUEUED,
        then=Coalesce(
            Subquery(_EARLIER.order_by().values("session").annotate(n=Count("pk")).values("n")), 0
        )
        + 1,
    ),
    output_field=IntegerField(),
)


def sessions_chosen(state: ChoiceState) -> Combinable:
    """A column of registrations: the sessions that somebody has a place in, or waits for."""
    mine = SessionChoice.objects.filter(registration=OuterRef("pk"), state=state).order_by()
    titles = StringAgg("session__title", delimiter="; ", order_by=F("session__starts_at").asc())
    found = mine.values("registration").annotate(titles=titles).values("titles")
    return Coalesce(Subquery(found), Value(""), output_field=TextField())


@dataclass(frozen=True)
class Option:
    """One session that is chosen apart, and how somebody stands with it."""

    places: SessionPlaces
    choice: SessionChoice | None

    @property
    def position(self) -> int | None:
        """The place in the line; nothing for whoever has one or did not ask."""
        return getattr(self.choice, "position", None)


def options_of(registration: Registration) -> list[Option]:
    """Every session with places of its own, as the agenda has them, with what became of it."""
    places = list(SessionPlaces.objects.of(registration.activity))
    if not places:
        return []
    mine = SessionChoice.objects.of(registration).current().annotate(position=POSITION)
    chosen = {each.session_id: each for each in mine.select_related("session")}
    return [Option(each, chosen.get(each.session_id)) for each in places]


def sessions_within(access: Access, permission: Permission) -> QuerySet[Session]:
    """Sessions of the activities at which somebody may do something."""
    seen = Activity.objects.visible_to(access, permission)
    return Session.objects.filter(activity__in=seen).select_related("activity")


def places_of(session: Session) -> SessionPlaces | None:
    """How many places a session has of its own; nothing where it is open to everybody."""
    rows = SessionPlaces.objects.filter(session=session)
    return rows.select_related("session").first()


def choosable(activity: Activity) -> list[SessionPlaces]:
    """Every session of an activity that is chosen when one registers."""
    return list(SessionPlaces.objects.of(activity))


def seats_by_registration(activity: Activity) -> dict[uuid.UUID, tuple[str, ...]]:
    """For the door: in which sessions of an activity everybody has a place."""
    rows = SessionChoice.objects.filter(activity=activity, state=ChoiceState.CONFIRMED)
    found: dict[uuid.UUID, tuple[str, ...]] = {}
    pairs: Iterable[tuple[uuid.UUID, uuid.UUID]] = rows.order_by(
        "session__starts_at", "pk"
    ).values_list("registration", "session")
    for registration, session in pairs:
        found[registration] = (*found.get(registration, ()), str(session))
    return found

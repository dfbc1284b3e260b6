"""Who goes on with what a leaver had to do, kind by kind, and what stands against each of them."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import Grant, User
from symposia.accounts.open_work import (
    MOST,
    Left,
    OpenWork,
    absence_of,
    kinds_of_open_work,
    open_work_of,
)
from symposia.accounts.permissions import Access
from symposia.accounts.queries import access_of_ids, known_permissions
from symposia.shared.refusals import Objection
from symposia.shared.tenancy import current_organisation_id

LACKS_ROLE = Objection("successor_lacks_role", _("%(person)s has no role to go on with it."))
OUT_OF_REACH = Objection(
    "successor_out_of_reach",
    _("%(count)s of it %(person)s cannot reach: another territory, or behind the wall."),
)


@dataclass(frozen=True)
class Succession:
    """One person for everything, another for some kinds of work, for some nobody yet."""

    successor_id: uuid.UUID | None = None
    otherwise: Mapping[str, uuid.UUID | None] = field(default_factory=dict)

    def of(self, kind: str) -> uuid.UUID | None:
        """Who goes on with one kind."""
        return self.otherwise.get(kind, self.successor_id)

    @property
    def people(self) -> list[uuid.UUID]:
        """Everybody who is named, each once."""
        named = [self.successor_id, *self.otherwise.values()]
        return sorted({each for each in named if each})

    @property
    def as_kept(self) -> dict[str, str | None]:
        """The kinds that go to somebody else, as they are kept."""
        return {kind: str(who) if who else None for kind, who in self.otherwise.items()}


@dataclass(frozen=True)
class Passing:
    """What becomes of one kind of open work: whose it will be, and what stands against that."""

    left: Left
    successor: User | None
    objections: list[Objection]
    # What waits for the leaver alone, whoever is named.
    note: Objection | None = None


def passings_of(
    user_id: uuid.UUID,
    access: Access,
    succession: Succession,
    *,
    at: datetime,
    most: int | None = MOST,
) -> list[Passing]:
    """Everything that moves when somebody leaves, for whoever lets them go."""
    left = open_work_of(user_id, access, most)
    people = {each.pk: each for each in User.objects.filter(pk__in=succession.people)}
    against = _Against(user_id, people, at)
    return [
        Passing(
            each,
            people.get(who)
            if (who := succession.of(each.name)) and each.work.handed_over
            else None,
            list(against.objections(each.work, who)),
            each.work.alone(each.work.rows(user_id), user_id) if each.work.alone else None,
        )
        for each in left
    ]


def conflicts_of(
    user_id: uuid.UUID, succession: Succession, *, at: datetime
) -> list[tuple[str, Objection]]:
    """What stands against the successors, with the kind of work it is about."""
    people = {each.pk: each for each in User.objects.filter(pk__in=succession.people)}
    against = _Against(user_id, people, at)
    return [
        (str(work.label), objection)
        for name, work in kinds_of_open_work().items()
        if succession.of(name) and work.rows(user_id).exists()
        for objection in against.objections(work, succession.of(name))
    ]


def who_may(at: datetime) -> dict[str, set[uuid.UUID]]:
    """Who holds each permission, here or in a part of it."""
    found: dict[str, set[uuid.UUID]] = defaultdict(set)
    held = Grant.objects.in_force(at).values_list("membership__user_id", "role__permissions")
    for user_id, names in held.order_by("pk"):
        for permission in known_permissions(names):
            found[permission].add(user_id)
    return dict(found)


def _naming(objection: Objection, person: str) -> Objection:
    """The same objection with the person it is about."""
    return objection.about(**objection.facts, person=person)


class _Against:
    """What stands against each successor; what somebody may do is read once."""

    def __init__(self, leaver: uuid.UUID, people: dict[uuid.UUID, User], at: datetime) -> None:
        organisation = current_organisation_id()
        self.leaver, self.people = leaver, people
        self.access = {
            who: access_of_ids(who, organisation, at=at) if organisation else None for who in people
        }
        self.away = {who: absence_of(who) for who in people}

    def objections(self, work: OpenWork, who: uuid.UUID | None) -> Iterator[Objection]:
        """Of one kind of work that would be theirs."""
        if who is None or who not in self.people or not (work.handed_over or work.against):
            return
        person, access = str(self.people[who]), self.access[who]
        if absent := self.away[who]:
            yield _naming(absent, person)
        if access is None or (work.needs and not access.holds(work.needs)):
            yield LACKS_ROLE.about(person=person)
            return
        rows = work.rows(self.leaver)
        if work.reached and (beyond := self._beyond(work, rows, access)):
            yield OUT_OF_REACH.about(count=beyond, person=person)
        if work.against and (against := work.against(rows, access)):
            yield _naming(against, person)

    def _beyond(self, work: OpenWork, rows: Any, access: Access) -> int:
        """How many of the rows the successor cannot work on."""
        reached = work.reached(access) if work.reached else rows
        return rows.exclude(pk__in=reached.values("pk")).count()  # type: ignore[no-any-return]

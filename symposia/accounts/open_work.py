"""What somebody still had to do when they leave: contexts above say which of their rows have an
owner, and hand them over when they hear that the membership has ended."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import Membership, MembershipInvitation
from symposia.accounts.permissions import Access, Permission
from symposia.shared.columns import Words
from symposia.shared.counting import counted_together
from symposia.shared.refusals import Objection
from symposia.shared.tenancy import current_organisation_id

# Of each kind, and of all of them, what one page shows.
MOST = 200


@dataclass(frozen=True)
class OpenWork:
    """One kind of open work: which rows of a person, how each is called and where it is looked at.

    Whoever lacks the permission learns how many there are, and no title.
    """

    label: Words
    permission: Permission
    rows: Callable[[uuid.UUID], QuerySet[Any]]
    page: str
    title: str = "title"
    key: str = "pk"
    # Whether each has a page of its own; else the page is that of their list.
    has_page: bool = True
    # Whether a successor goes on with it; else it is listed alone.
    handed_over: bool = True
    # What whoever goes on with it must hold; nothing where anybody may.
    needs: Permission | None = None
    # The rows that somebody may work on; a successor who reaches fewer is told about.
    reached: Callable[[Access], QuerySet[Any]] | None = None
    # What else stands against somebody who would go on with these rows.
    against: Callable[[QuerySet[Any], Access], Objection | None] | None = None
    # What of the rows waits for the leaver and for nobody else, in words.
    alone: Callable[[QuerySet[Any], uuid.UUID], Objection | None] | None = None


@dataclass(frozen=True)
class Left:
    """Open work of one kind: what may be named, and how much there is."""

    name: str
    work: OpenWork
    named: list[tuple[uuid.UUID, str]]
    count: int


_known: dict[str, OpenWork] = {}
# Whether somebody is away now, as contexts above know it.
_absences: list[Callable[[uuid.UUID], Objection | None]] = []


def knows_open_work(name: str, work: OpenWork) -> None:
    """Add a kind of open work; a context says so once, when it is ready."""
    _known[name] = work


def knows_absences(absence: Callable[[uuid.UUID], Objection | None]) -> None:
    """Add a way to know that somebody is away; a context says so once, when it is ready."""
    _absences.append(absence)


def absence_of(user_id: uuid.UUID) -> Objection | None:
    """Why somebody is not there to go on with anything, if that is known."""
    return next(filter(None, (each(user_id) for each in _absences)), None)


def kinds_of_open_work() -> dict[str, OpenWork]:
    """Every kind that is known, by its name."""
    return dict(_known)


def reports_of(user_id: uuid.UUID) -> QuerySet[Membership]:
    """Who reports to somebody here."""
    here = Membership.objects.standing().filter(organisation_id=current_organisation_id())
    return here.filter(manager__user_id=user_id)


def offers_of(user_id: uuid.UUID) -> QuerySet[MembershipInvitation]:
    """Offers of membership that somebody made and nobody has taken yet."""
    return MembershipInvitation.objects.open(now()).filter(invited_by_id=user_id)


def register_open_work() -> None:
    """What accounts itself knows: those who report to somebody, and offers under way."""
    looks = Permission.MANAGE_ACCESS
    reports = OpenWork(
        _("People who report to them"),
        looks,
        reports_of,
        "access",
        title="user__full_name",
        has_page=False,
    )
    knows_open_work("reports", reports)
    offers = OpenWork(
        _("Offers of membership under way"),
        looks,
        offers_of,
        "access",
        title="full_name",
        has_page=False,
        needs=looks,
    )
    knows_open_work("offers", offers)


def open_work_of(user_id: uuid.UUID, access: Access, most: int | None = MOST) -> list[Left]:
    """Everything somebody still has to do here, for whoever lets them go: how much of each kind,
    and of all of them the first ones by name; two statements, however many kinds there are."""
    kinds = list(_known.items())
    rows = [work.rows(user_id).order_by() for _name, work in kinds]
    counts = counted_together(rows)
    titles = list(_together(kinds, rows)[:most]) if any(counts) else []
    return [
        Left(name, work, _named(titles, place) if access.holds(work.permission) else [], count)
        for place, ((name, work), count) in enumerate(zip(kinds, counts, strict=True))
        if count
    ]


def _named(titles: list[Any], place: int) -> list[tuple[uuid.UUID, str]]:
    return [(key, title) for at, key, title in titles if at == place]


def _together(kinds: list[tuple[str, OpenWork]], rows: list[QuerySet[Any]]) -> QuerySet[Any]:
    first, *others = _each(kinds, rows)
    return first.union(*others, all=True)


def _each(kinds: list[tuple[str, OpenWork]], rows: list[QuerySet[Any]]) -> Iterator[QuerySet[Any]]:
    for place, ((_name, work), found) in enumerate(zip(kinds, rows, strict=True)):
        yield found.values_list(
            Value(place, output_field=IntegerField()),
            F(work.key),
            Cast(F(work.title), TextField()),
        )

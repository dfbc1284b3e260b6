"""What somebody still had to do when they leave: contexts above say which of their rows have an
owner, and hand them over when they hear that the membership has ended."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import Membership
from symposia.accounts.permissions import Access, Permission
from symposia.shared.columns import Words
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


@dataclass(frozen=True)
class Left:
    """Open work of one kind: what may be named, and how much there is."""

    work: OpenWork
    named: list[tuple[uuid.UUID, str]]
    count: int


_known: dict[str, OpenWork] = {}


def knows_open_work(name: str, work: OpenWork) -> None:
    """Add a kind of open work; a context says so once, when it is ready."""
    _known[name] = work


def reports_of(user_id: uuid.UUID) -> QuerySet[Membership]:
    """Who reports to somebody here."""
    here = Membership.objects.standing().filter(organisation_id=current_organisation_id())
    return here.filter(manager__user_id=user_id)


def register_open_work() -> None:
    """What accounts itself knows: those who report to somebody."""
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


def open_work_of(user_id: uuid.UUID, access: Access) -> list[Left]:
    """Everything somebody still has to do here, for whoever lets them go: one statement."""
    kinds = list(_known.values())
    rows = list(_together(kinds, user_id)[:MOST])
    return [
        Left(
            work,
            [(key, title) for at, key, title in rows if at == place]
            if access.holds(work.permission)
            else [],
            sum(at == place for at, _key, _title in rows),
        )
        for place, work in enumerate(kinds)
        if any(at == place for at, _key, _title in rows)
    ]


def _together(kinds: list[OpenWork], user_id: uuid.UUID) -> QuerySet[Any]:
    first, *others = _each(kinds, user_id)
    return first.union(*others, all=True)


def _each(kinds: list[OpenWork], user_id: uuid.UUID) -> Iterator[QuerySet[Any]]:
    for place, work in enumerate(kinds):
        yield (
            work.rows(user_id)
            .order_by()
            .values_list(
                Value(place, output_field=IntegerField()),
                F(work.key),
                Cast(F(work.title), TextField()),
            )
        )

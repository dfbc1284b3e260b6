"""Whose rows exist: one organisation per transaction, told to PostgreSQL and to nobody else.

Row-level security compares `organisation_id` with the setting `symposia.organisation`, which lives
as long as the transaction. Without it there are no rows. `guards.py` installs the policies.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeVar

from django.db import connection, models, transaction

from symposia.shared.ids import uuid7
from symposia.shared.planned import planned

# Sign-in and set-up belong to no tenant; their journal entries are kept under this id.
INSTALLATION = uuid.UUID("00000000-0000-7000-8000-000000000000")

_ST = TypeVar("_ST")
_GT = TypeVar("_GT")


class NoOrganisation(Exception):
    """Tenant data was touched outside `acting_in`: a bug, never "all organisations"."""


@dataclass(frozen=True)
class Scope:
    """The organisation whose rows exist now, and the user whose memberships do."""

    organisation_id: uuid.UUID | None = None
    user_id: uuid.UUID | None = None
    # What row policies keep from that user: `,learners:independent,…`, for most people nothing.
    wall: str = ""
    # Where the way in read the organisation anyway: its time zone.
    zone: str = ""


_NOWHERE = Scope()
_scope: ContextVar[Scope] = ContextVar("symposia_scope", default=_NOWHERE)


def current_organisation_id() -> uuid.UUID:
    """The organisation of this transaction. Raises NoOrganisation outside `acting_in`."""
    organisation_id = _scope.get().organisation_id
    if organisation_id is None:
        raise NoOrganisation("no organisation is set; use tenancy.acting_in(...)")
    return organisation_id


def entered_zone() -> str:
    """The time zone of the organisation, if whoever came in read it; else nothing."""
    return _scope.get().zone


@contextmanager
def acting_in(
    organisation_id: uuid.UUID | None, *, user_id: uuid.UUID | None = None
) -> Iterator[None]:
    """One transaction in which the rows of one organisation exist, and no others."""
    mark = _scope.set(Scope(organisation_id, user_id))
    try:
        with transaction.atomic():
            _tell_database()
            yield
    finally:
        _scope.reset(mark)
        if connection.in_atomic_block and not connection.needs_rollback:
            _tell_database()


@contextmanager
def settled_in(settle: Callable[[], Scope]) -> Iterator[None]:
    """One transaction in the scope that its first statement finds and has told the database."""
    try:
        with transaction.atomic():
            mark = _scope.set(settle())
            try:
                yield
            finally:
                _scope.reset(mark)
    finally:
        if connection.in_atomic_block and not connection.needs_rollback:
            _tell_database()


_TELL = """
SELECT set_config('symposia.organisation', %(organisation)s::text, true),
  set_config('symposia.user', %(user)s::text, true),
  set_config('symposia.wall', %(wall)s::text, true)
"""


def _tell_database() -> None:
    scope = _scope.get()
    organisation, user = str(scope.organisation_id or ""), str(scope.user_id or "")
    planned(_TELL, {"organisation": organisation, "user": user, "wall": scope.wall})


@contextmanager
def behind(wall: str) -> Iterator[None]:
    """Rows that a wall stands before do not exist for a while; inside `acting_in`, to read only."""
    if not wall:
        yield
        return
    mark = _scope.set(replace(_scope.get(), wall=wall))
    try:
        _tell_database()
        yield
    finally:
        _scope.reset(mark)
        if connection.in_atomic_block and not connection.needs_rollback:
            _tell_database()


def is_behind() -> bool:
    """Whether some rows of the organisation do not exist for whoever looks."""
    return bool(_scope.get().wall)


class TenantModel(models.Model):
    """A row that belongs to one organisation; the database shows it to no other."""

    # What guards.py installs beyond the row policy.
    APPEND_ONLY: ClassVar[bool] = False
    KEEPS_HISTORY: ClassVar[bool] = True
    VISIBLE_TO_USER: ClassVar[str | None] = None
    # What its rows tell of an activity, where a wall may stand before them.
    BEHIND: ClassVar[str | None] = None
    # The moment by whose months the table is partitioned (`shared/partitions.py`).
    BY_MONTH: ClassVar[str | None] = None

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation_id = models.UUIDField(default=current_organisation_id, editable=False)

    class Meta:
        abstract = True


class Key(models.ForeignKey[_ST, _GT]):
    """A foreign key between tenant tables.

    guards.py backs it with `(organisation_id, x_id)`, so it cannot point into another tenant; it
    hides its reverse accessor unless a name is given (allowed only inside one context).
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        options.setdefault("related_name", "+")
        options["db_constraint"] = False
        super().__init__(to, on_delete, **options)


class ReferenceModel(models.Model):
    """A row of the world, not of a tenant: taxonomies, countries, shipped rule packs.

    Written by migrations and `symposia migrate` (the owner); read-only at run time.
    """

    class Meta:
        abstract = True

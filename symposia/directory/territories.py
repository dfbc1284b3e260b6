"""Territories as pages show them: who holds each today, and who held a doctor on a day."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from symposia.accounts.queries import this_organisation
from symposia.audit.models import RowChange
from symposia.directory.models import Assignment, Clinician, Territory
from symposia.shared.times import day_ends


def territory_on(clinician: Clinician, day: date) -> UUID | None:
    """In which territory somebody was at the end of a day, by the history of the record."""
    at = day_ends(day, this_organisation().zone)
    later = RowChange.objects.filter(
        table_name=Clinician._meta.db_table,
        row_id=clinician.pk,
        at__gte=at,
        before__has_key="territory_id",
    )
    first = later.order_by("at", "xid").values_list("before__territory_id", flat=True).first()
    if not later.exists():
        return clinician.territory_id
    return UUID(first) if first else None


def holders_on(clinician: Clinician, day: date) -> QuerySet[Assignment]:
    """Who held the doctor's territory on a day, and who the parts of the map around it."""
    around = list(_around(territory_on(clinician, day)))
    held = Assignment.objects.on(day).filter(territory__in=around)
    return held.with_people().order_by("territory__name", "role__name", "pk")


def _around(pk: UUID | None) -> Iterator[UUID]:
    above = dict(Territory.objects.values_list("pk", "parent_id"))
    while pk is not None:
        yield pk
        pk = above.get(pk)

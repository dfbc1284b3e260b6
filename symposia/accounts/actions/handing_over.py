import uuid
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from symposia.accounts.models import User
from symposia.audit.actions import record
from symposia.shared.actors import Actor


@transaction.atomic
def hand_over(
    rows: QuerySet[Any], successor_id: uuid.UUID, *, by: Actor, field: str = "owner"
) -> int:
    """Let somebody else go on with rows that a context says have an owner; answers how many."""
    successor = User.objects.get(pk=successor_id)
    several = list(rows.order_by("pk").select_for_update(of=["self"]))
    for row in several:
        was = getattr(row, f"{field}_id")
        setattr(row, field, successor)
        if hasattr(row, "version"):
            row.version += 1
        row.save()
        noun = row._meta.verbose_name.replace(" ", "_")
        record(by, f"{noun}.handed_over", row, details={field: [was, successor.pk]})
    return len(several)

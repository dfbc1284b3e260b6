"""The roles that people hold now, as the journal says beside their names."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Now

from symposia.accounts.models import Grant


def roles_held(people: Collection[uuid.UUID], *, at: datetime) -> dict[uuid.UUID, str]:
    """What each of these people is here, by the names of their roles."""
    if not people:
        return {}
    grants = Grant.objects.in_force(at).filter(membership__user__in=people)
    found: dict[uuid.UUID, list[str]] = {}
    rows = grants.order_by("role__name", "pk").values_list("membership__user", "role__name")
    for person, name in rows:
        held = found.setdefault(person, [])
        if name not in held:
            held.append(name)
    return {person: ", ".join(names) for person, names in found.items()}


def first_role_of(person: str) -> Subquery:
    """The name of the first role that whoever stands in this column holds now."""
    grants = Grant.objects.in_force(Now()).filter(membership__user=OuterRef(person))  # type: ignore[arg-type]
    return Subquery(grants.order_by("granted_at", "pk").values("role__name")[:1])

from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Refresh
from symposia.activities.repeating import objection_to_looking
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def look_at(refresh: Refresh, *, note: str, by: Actor) -> Refresh:
    """Say that what was taken over from another year was looked at, and what became of it."""
    refresh = Refresh.objects.select_for_update(of=("self",)).get(pk=refresh.pk)

    refuse_if(objection_to_looking(refresh))

    refresh.looked_at, refresh.looked_by_name = now(), by.name
    refresh.note = note.strip()[:300]
    refresh.save()
    record(by, "refresh.looked_at", refresh, details={"note": refresh.note})
    return refresh


@transaction.atomic
def look_at_together(refreshes: Iterable[Refresh], *, note: str, by: Actor) -> None:
    """The same of several things; each keeps who looked, and what was found."""
    for refresh in refreshes:
        look_at(refresh, note=note, by=by)

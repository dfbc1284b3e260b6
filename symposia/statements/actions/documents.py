from datetime import datetime

from django.db import transaction

from symposia.audit.actions import record, record_each
from symposia.shared.actors import Actor
from symposia.shared.planned import planned
from symposia.shared.refusals import refuse_if
from symposia.statements.documents import Change, Place, changed, objection_to_change
from symposia.statements.models import Document

_HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(%(place)s::text, 0))"


@transaction.atomic
def keep_document(place: Place, change: Change, *, at: datetime, by: Actor) -> Document:
    """Put a document at its place, or merge it into the one that is there.

    No line of the journal: what providers keep for themselves changes with every page of a lesson.
    The document says who changed it last.
    """
    before = _held(place)

    refuse_if(objection_to_change(place.kind, before, change))

    made = changed(before, change)
    document = before or Document(
        kind=place.kind,
        owner=place.owner,
        place=place.key,
        registration=place.registration,
        name=place.name,
    )
    document.content, document.content_type = made.content, made.content_type
    document.etag, document.changed_at, document.changed_by_name = made.etag, at, by.name
    document.save()
    return document


@transaction.atomic
def drop_document(place: Place, change: Change, *, by: Actor) -> None:
    """Remove a document; none is as good as one that was removed."""
    before = _held(place)

    refuse_if(objection_to_change(place.kind, before, change))

    if before:
        record(by, "document.removed", before, details={"name": before.name[:200]})
        before.delete()


@transaction.atomic
def drop_states(place: Place, *, by: Actor) -> None:
    """Remove every state of somebody in an activity, or in one registration of it."""
    rows = Document.objects.of(place.owner)
    if place.registration:
        rows = rows.filter(registration=place.registration)
    states = list(rows.select_for_update().order_by("pk"))
    names = {state.pk: {"name": state.name[:200]} for state in states}
    record_each(by, "document.removed", states, details=names)
    # These alone: what somebody keeps meanwhile is not removed without a line of the journal.
    Document.objects.filter(pk__in=names).delete()


def _held(place: Place) -> Document | None:
    """What is at a place, where nobody else changes anything until the transaction ends."""
    planned(_HOLD, {"place": str(place.key)})
    return Document.objects.locked_at(place.key)

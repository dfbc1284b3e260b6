import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from symposia.reporting.telling import Happening, tellings_of
from symposia.shared.actors import Actor
from symposia.statements.actions.storing import Sender, store_statements
from symposia.statements.authorities import OURSELVES
from symposia.statements.checking import checked_statement
from symposia.statements.checking.statements import VOIDED
from symposia.statements.queries import moment_of_the_store, told_among, told_before

VERSION, MAJOR = "1.0.3", 1


@transaction.atomic
def tell_happening(happening: Happening, *, by: Actor) -> list[uuid.UUID]:
    """Store what an event is told as; what it replaces is voided. Twice tells nothing new."""
    tellings = tellings_of(happening)
    known = told_among({each.id for each in tellings if each.counts})
    # What is known is from when the work was done before, perhaps with what held then.
    fresh = [each for each in tellings if not each.counts or each.id not in known]
    if not fresh:
        return []
    for each in fresh:
        checked_statement(each.statement, major=MAJOR)
    # All that is told of one event is of one activity.
    activity_id, at = fresh[0].activity_id, moment_of_the_store()
    new = [each.statement for each in fresh if each.counts]
    told = _store(new, activity_id, at, by=by)
    gone = told_before([each.statement for each in fresh if each.replaces])
    voidings, after = [_voiding(pk) for pk in gone], timedelta(microseconds=len(new))
    _store(voidings, activity_id, at + after, by=by)
    return told


def _store(
    statements: Sequence[dict[str, Any]], activity_id: uuid.UUID, at: datetime, *, by: Actor
) -> list[uuid.UUID]:
    sender = Sender(OURSELVES, at)
    return store_statements(
        statements, {}, sender=sender, version=VERSION, by=by, activity_id=activity_id
    )


def _voiding(pk: uuid.UUID) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid5(pk, "voided")),
        "actor": OURSELVES.agent,
        "verb": {"id": VOIDED, "display": {"en": "voided"}},
        "object": {"objectType": "StatementRef", "id": str(pk)},
    }

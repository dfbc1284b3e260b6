import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from symposia.reporting.telling import Happening, Telling, tellings_of
from symposia.shared.actors import Actor
from symposia.statements.actions.storing import Sender, store_statements
from symposia.statements.authorities import OURSELVES
from symposia.statements.checking import checked_statement
from symposia.statements.checking.statements import VOIDED
from symposia.statements.queries import is_told, told_before

VERSION, MAJOR = "1.0.3", 1


@transaction.atomic
def tell_happening(happening: Happening, *, by: Actor) -> list[uuid.UUID]:
    """Store what an event is told as; what it replaces is voided. Twice tells nothing new."""
    told: list[uuid.UUID] = []
    for number, telling in enumerate(tellings_of(happening)):
        if telling.counts and is_told(uuid.UUID(telling.statement["id"])):
            continue  # the work was done before, perhaps with what held then
        checked_statement(telling.statement, major=MAJOR)
        sender = Sender(OURSELVES, now() + timedelta(milliseconds=number))
        if telling.counts:
            told += _store(telling, [telling.statement], sender, by=by)
        if telling.replaces:
            gone = told_before(telling.statement)
            _store(telling, [_voiding(pk) for pk in gone], sender, by=by)
    return told


def _store(
    telling: Telling, statements: Iterable[dict[str, object]], sender: Sender, *, by: Actor
) -> list[uuid.UUID]:
    return store_statements(
        list(statements),
        {},
        sender=sender,
        version=VERSION,
        by=by,
        activity_id=telling.activity_id,
    )


def _voiding(pk: uuid.UUID) -> dict[str, object]:
    return {
        "id": str(uuid.uuid5(pk, "voided")),
        "actor": OURSELVES.agent,
        "verb": {"id": VOIDED, "display": {"en": "voided"}},
        "object": {"objectType": "StatementRef", "id": str(pk)},
    }

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.audit.actions import record, record_each
from symposia.directory.changing import as_kept, said_now
from symposia.directory.events import ChangeProposed
from symposia.directory.imports.load import asked_by_rows
from symposia.directory.models import ChangeRequest, ChangeState, Clinician, Proposable
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.work.models import Import

_BATCH = 1_000


def ask_for_rows(made: Import, *, by: Actor) -> int:
    """Ask a second person for what a file says otherwise in fields that two people change, in the
    name of whoever handed it in; what somebody asks for already waits as it is. How many."""
    asked = 0
    for rows in _pieces(asked_by_rows()):
        people = Clinician.objects.select_related("institution").in_bulk([row[1] for row in rows])
        waiting = _waiting(people)
        made_now = [
            one
            for row in rows
            for one in _requests(made, people[row[1]], row)
            if _key(one) not in waiting
        ]
        ChangeRequest.objects.bulk_create(made_now)
        reason = _("Import of %(file)s") % {"file": made.file_name}
        record_each(by, "change.proposed", made_now, reason=reason)
        for one in made_now:
            announce(ChangeProposed(one.pk, one.clinician_id, one.field))
        asked += len(made_now)
    return asked


def take_back_asked(made: Import, *, reason: str, by: Actor) -> int:
    """Nobody decides any more on what a file asked for that is taken back; how many waited."""
    waiting = ChangeRequest.objects.waiting().filter(facts__imported=str(made.pk))
    rows = list(waiting.select_for_update(of=["self"]).order_by("pk"))
    for row in rows:
        row.move(ChangeState.WITHDRAWN, decided_at=now(), decided_by_name=by.name[:200])
        record(by, "change.withdrawn", row, reason=reason)
    return len(rows)


def _pieces(rows: list[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]


def _requests(made: Import, clinician: Clinician, row: tuple[Any, ...]) -> list[ChangeRequest]:
    line, _pk, fields, scheme, issuer, said = row
    evidence = _("Line %(line)s of %(file)s") % {"line": line, "file": made.file_name}
    return [
        ChangeRequest(
            clinician=clinician,
            field=field,
            scheme=scheme if field == Proposable.NUMBER else "",
            issuer=issuer if field == Proposable.NUMBER else "",
            was=said_now(clinician, field),
            now=as_kept(field, said[field]),
            facts={"imported": str(made.pk)},
            evidence=evidence[:500],
            proposed_by_id=made.made_by_id,
            proposed_by_name=made.made_by_name,
        )
        for field in fields
    ]


def _waiting(people: dict[Any, Clinician]) -> set[tuple[object, ...]]:
    return {_key(each) for each in ChangeRequest.objects.waiting().filter(clinician__in=people)}


def _key(one: ChangeRequest) -> tuple[object, ...]:
    """What can wait once: a field; of numbers each number."""
    if one.field != Proposable.NUMBER:
        return one.clinician_id, one.field
    return one.clinician_id, one.field, one.scheme, one.issuer, one.was, one.now

"""What an import did that nobody has built on since, and what stays, row by row, with its reason.

A row of the import bears the transaction that wrote it until somebody writes it again: what bears
another was changed since.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Count, Q, QuerySet
from django.db.models.expressions import RawSQL

from symposia.directory.duplicates.references import Reference, pointing_to
from symposia.directory.imports import change_statements
from symposia.directory.imports.marks import keys_of, line_of
from symposia.directory.models import (
    Affiliation,
    Clinician,
    FoundBy,
    Identifier,
    ImportUndo,
    Institution,
    OwnValue,
    PairState,
    PossibleDuplicate,
    Stays,
    UndoLine,
)
from symposia.shared.tenancy import TenantModel

# No field of a person is called so.
PERSON, NUMBER, INSTITUTION = "the_person", "a_number", "an_institution"
OWN_FIELD = "an_own_field"


def rows_of(model: type[TenantModel], beginning: str) -> QuerySet[Any]:
    """The rows of an import in one table, each with the transaction that wrote it last."""
    rows = model._default_manager.filter(**between("pk", beginning))
    return rows.alias(wrote=_writer_of(model))


def _writer_of(model: type[TenantModel]) -> RawSQL:
    """The transaction that wrote a row last."""
    return RawSQL(  # noqa: S611  # our own table's name; no person's words
        f'"{model._meta.db_table}"."xmin"::text::bigint', [], output_field=BigIntegerField()
    )


def between(name: str, beginning: str) -> dict[str, uuid.UUID]:
    """Rows whose key, or whose key of another table, begins so."""
    first, last = keys_of(beginning)
    return {f"{name}__gte": first, f"{name}__lte": last}


def people_of(undo: ImportUndo) -> QuerySet[Any]:
    return rows_of(Clinician, undo.person_key)


def added_numbers(undo: ImportUndo) -> QuerySet[Any]:
    """The numbers that people got who were known already."""
    newcomers = between("clinician", undo.person_key)
    return rows_of(Identifier, undo.number_key).exclude(**newcomers)


def staying_people(undo: ImportUndo) -> Iterator[UndoLine]:
    """Newcomers whom somebody changed, or who are used, each time with by what."""
    again = people_of(undo).exclude(wrote=undo.written_by).values_list("pk", "full_name")
    for pk, name in again:
        yield _line(undo, pk, PERSON, name, Stays.CHANGED)
    used = list(_uses(pointing_to(Clinician), undo.person_key, undo))
    names = dict(
        people_of(undo).filter(pk__in={pk for pk, *_ in used}).values_list("pk", "full_name")
    )
    for pk, label, times in used:
        yield _line(undo, pk, PERSON, names[pk], Stays.USED, (label, times))


def staying_numbers(undo: ImportUndo) -> Iterator[UndoLine]:
    """Numbers that came to people who were known, and were changed or moved since."""
    for number in added_numbers(undo).exclude(wrote=undo.written_by):
        yield _line(undo, number.pk, NUMBER, str(number), Stays.CHANGED)


def staying_institutions(undo: ImportUndo) -> Iterator[UndoLine]:
    """Institutions the file brought that were changed, or where somebody works all the same."""
    brought = rows_of(Institution, undo.institution_key)
    names = dict(brought.values_list("pk", "name"))
    for pk in brought.exclude(wrote=undo.written_by).values_list("pk", flat=True):
        yield _line(undo, pk, INSTITUTION, names[pk], Stays.CHANGED)
    for pk, label, times in _uses(pointing_to(Institution), undo.institution_key, undo):
        yield _line(undo, pk, INSTITUTION, names[pk], Stays.USED, (label, times))


def staying_facts(undo: ImportUndo) -> Iterator[UndoLine]:
    """Fields of people who were known that do not go back to what they were."""
    with connection.cursor() as cursor:
        cursor.execute(change_statements.STAYING, {"made": undo.made_id})
        for line, what, row_id, name, reason in cursor.fetchall():
            said = {"line": line, "what": what, "row_id": row_id, "label": name, "reason": reason}
            yield UndoLine(made_id=undo.made_id, **said)


def _uses(
    references: Iterable[Reference], beginning: str, undo: ImportUndo
) -> Iterator[tuple[uuid.UUID, str, int]]:
    """Which rows of the import others point to, from which table, and how often."""
    for each in references:
        pointing = each.rows().filter(**between(each.name, beginning))
        counted = _of_others(each, pointing, undo).values_list(each.column)
        for pk, times in counted.annotate(times=Count("pk")).order_by(each.column):
            yield pk, each.label, times


def _of_others(each: Reference, pointing: QuerySet[Any], undo: ImportUndo) -> QuerySet[Any]:
    """Without what the import brought itself, and what nobody has decided yet."""
    if each.model is Identifier:
        own = Q(**between("pk", undo.number_key), wrote=undo.written_by)
        others: QuerySet[Any] = pointing.alias(wrote=_writer_of(Identifier)).exclude(own)
        return others
    if each.model is Affiliation:
        return _without_own_places(pointing, undo)
    if each.model is OwnValue:
        said: QuerySet[Any] = pointing.alias(wrote=_writer_of(OwnValue))
        return said.exclude(wrote=undo.written_by, institution=None)
    if each.model is PossibleDuplicate:
        return pointing.exclude(_only_compared())
    return pointing


def _without_own_places(pointing: QuerySet[Any], undo: ImportUndo) -> QuerySet[Any]:
    if not undo.place_key:
        return pointing
    own = Q(**between("pk", undo.place_key), wrote=undo.written_by)
    others: QuerySet[Any] = pointing.alias(wrote=_writer_of(Affiliation)).exclude(own)
    return others


def places_of_known(undo: ImportUndo) -> QuerySet[Any]:
    """Where people who were known before work by this import, as nobody described it since."""
    if not undo.place_key:
        return Affiliation.objects.none()
    rows = Affiliation.objects.filter(**between("pk", undo.place_key))
    as_brought = rows.filter(role="", department="", from_on=None)
    return as_brought.exclude(**between("clinician", undo.person_key))


def _only_compared() -> Q:
    """Pairs that the product put side by side, and nobody has looked at."""
    return Q(state=PairState.OPEN) & ~Q(found_by=FoundBy.PERSON)


def compared_only(undo: ImportUndo, staying: set[uuid.UUID]) -> list[PossibleDuplicate]:
    """The pairs that go with the newcomers in them."""
    first, last = keys_of(undo.person_key)
    rows = PossibleDuplicate.objects.filter(
        Q(**between("first", undo.person_key)) | Q(**between("second", undo.person_key))
    )
    going = rows.filter(_only_compared()).select_for_update(of=["self"])
    return [
        pair
        for pair in going
        if any(first <= pk <= last and pk not in staying for pk in (pair.first_id, pair.second_id))
    ]


def _line(
    undo: ImportUndo,
    key: uuid.UUID,
    what: str,
    label: str,
    reason: Stays,
    used: tuple[str, int] = ("", 0),
) -> UndoLine:
    return UndoLine(
        made_id=undo.made_id,
        line=line_of(key),
        row_id=key,
        what=what,
        label=label[:200],
        reason=reason,
        used_in=used[0],
        times=used[1],
    )


_HOLD = """
SELECT count(*) FROM (SELECT 1 FROM directory_clinician
  WHERE id BETWEEN %(first)s AND %(last)s ORDER BY id FOR UPDATE) held
"""
_DELETE_NUMBERS = """
DELETE FROM directory_identifier WHERE clinician_id BETWEEN %(first)s AND %(last)s
  AND clinician_id <> ALL(%(staying)s)
"""
_DELETE_PLACES = """
DELETE FROM directory_affiliation WHERE clinician_id BETWEEN %(first)s AND %(last)s
  AND clinician_id <> ALL(%(staying)s)
"""
_DELETE_OWN = """
DELETE FROM directory_ownvalue WHERE clinician_id BETWEEN %(first)s AND %(last)s
  AND clinician_id <> ALL(%(staying)s)
"""
_DELETE_PEOPLE = """
DELETE FROM directory_clinician WHERE id BETWEEN %(first)s AND %(last)s AND id <> ALL(%(staying)s)
"""


def hold_people(undo: ImportUndo) -> None:
    """Nobody begins to use a newcomer while it is looked whether somebody does."""
    first, last = keys_of(undo.person_key)
    _run(_HOLD, {"first": first, "last": last})


def give_back_facts(undo: ImportUndo) -> list[uuid.UUID]:
    """Fields say again what they said, where they still say what the file wrote; whose they are."""
    with connection.cursor() as cursor:
        cursor.execute(change_statements.GIVE_BACK, {"made": undo.made_id})
        return [row[0] for row in cursor.fetchall()]


def delete_people(undo: ImportUndo, staying: set[uuid.UUID]) -> int:
    """The newcomers go, with the numbers, places and fields of one's own they came with; how many
    those are."""
    first, last = keys_of(undo.person_key)
    said = {"first": first, "last": last, "staying": list(staying)}
    _run(_DELETE_NUMBERS, said)
    _run(_DELETE_PLACES, said)
    _run(_DELETE_OWN, said)
    return _run(_DELETE_PEOPLE, said)


def hold_to_keys() -> None:
    """What still points to something that went is found now, not when it is too late to say so."""
    _run("SET CONSTRAINTS ALL IMMEDIATE", {})
    _run("SET CONSTRAINTS ALL DEFERRED", {})


def _run(statement: str, values: Mapping[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return int(cursor.rowcount)

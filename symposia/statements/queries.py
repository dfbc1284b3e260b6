"""Reading the store: statements under filters, what is known of an activity, documents."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL

from symposia.shared.planned import planned
from symposia.statements.identities import activity_key, verb_key
from symposia.statements.models import (
    Attachment,
    Definition,
    Document,
    KnownStatement,
    ProviderKey,
    Statement,
    Voiding,
)
from symposia.statements.models.statements import StatementQuerySet
from symposia.statements.shapes import merged

_MOMENT = "SELECT clock_timestamp()"
# What is not yet committed began before; whoever reads until then misses nothing.
_THROUGH = """
SELECT coalesce(min(xact_start), now()) FROM pg_stat_activity
WHERE datname = current_database() AND xact_start IS NOT NULL
"""
_CHAIN = """
WITH RECURSIVE hit(id) AS (
  ({matched}) UNION SELECT s.id FROM statements_statement s JOIN hit ON s.refers_to = hit.id
) SELECT id FROM hit
"""


@dataclass(frozen=True)
class Edge:
    """The last statement of a page."""

    stored_at: datetime
    pk: uuid.UUID


@dataclass(frozen=True)
class Wanted:
    """Which statements are asked for."""

    agent: uuid.UUID | None = None
    verb: str = ""
    activity: str = ""
    registration: uuid.UUID | None = None
    related_agents: bool = False
    related_activities: bool = False
    since: datetime | None = None
    until: datetime | None = None
    ascending: bool = False
    beyond: Edge | None = None
    # Of a key that reads only what its holder told.
    told_by: uuid.UUID | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.agent or self.verb or self.activity or self.registration)


def statements_found(wanted: Wanted, most: int) -> list[Statement]:
    """So many statements at most, in the order in which they were stored. A statement about one
    that is found is found too, and about that one; what is voided is not given."""
    found = _first(_matching(wanted), wanted, most)
    if wanted.is_narrowed:
        found = _together(found, _first(_about(wanted), wanted, most), wanted.ascending)
    return found[:most]


def _first(rows: StatementQuerySet, wanted: Wanted, most: int) -> list[Statement]:
    rows = _within(rows, wanted).living()
    order = ("stored_at", "id") if wanted.ascending else ("-stored_at", "-id")
    return list(rows.order_by(*order)[:most])


def _together(some: list[Statement], more: list[Statement], ascending: bool) -> list[Statement]:
    every = {row.pk: row for row in (*some, *more)}.values()
    return sorted(every, key=lambda row: (row.stored_at, row.pk), reverse=not ascending)


def _matching(wanted: Wanted) -> StatementQuerySet:
    rows = _readable(Statement.objects.all(), wanted)
    if wanted.agent:
        rows = rows.mentioning(wanted.agent, directly=not wanted.related_agents)
    if wanted.activity:
        key = activity_key(wanted.activity)
        rows = rows.mentioning(key, directly=not wanted.related_activities)
    if wanted.verb:
        rows = rows.filter(verb_key=verb_key(wanted.verb))
    if wanted.registration:
        rows = rows.filter(registration=wanted.registration)
    return rows


def _readable(rows: StatementQuerySet, wanted: Wanted) -> StatementQuerySet:
    """A narrow key learns nothing of what others told, not even that it is there."""
    return rows.filter(sent_by_id=wanted.told_by) if wanted.told_by else rows


def _about(wanted: Wanted) -> StatementQuerySet:
    """Statements about statements that match, over as many steps as there are. Few statements are
    about others, so these are looked through first."""
    targets = Statement.objects.filter(refers_to__isnull=False).values("refers_to")
    matched = _matching(wanted).filter(id__in=targets).values("id")
    text, values = matched.query.sql_with_params()
    chain = RawSQL(_CHAIN.format(matched=text), values)  # noqa: S611  # our own query
    return Statement.objects.filter(refers_to__in=chain)


def _within(rows: StatementQuerySet, wanted: Wanted) -> StatementQuerySet:
    rows = _readable(rows, wanted)
    if wanted.since:
        rows = rows.filter(stored_at__gt=wanted.since)
    if wanted.until:
        rows = rows.filter(stored_at__lte=wanted.until)
    if edge := wanted.beyond:
        then = "gt" if wanted.ascending else "lt"
        same = Q(**{"stored_at": edge.stored_at, f"id__{then}": edge.pk})
        # The first condition is the one that an index reads.
        rows = rows.filter(**{f"stored_at__{then}e": edge.stored_at})
        rows = rows.filter(same | Q(**{f"stored_at__{then}": edge.stored_at}))
    return rows


def statement_of_id(pk: uuid.UUID, *, is_voided: bool, key: ProviderKey) -> Statement | None:
    """One statement, if it is or is not voided as it is asked for, and the key may read it."""
    known = KnownStatement.objects.filter(pk=pk).values_list("stored_at", flat=True).first()
    if known is None or is_voided != Voiding.objects.filter(statement_id=pk).exists():
        return None
    rows = Statement.objects.filter(pk=pk, stored_at=known)
    return (rows if key.reads_all else rows.filter(sent_by_id=key.pk)).first()


def told_among(ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these ids statements are stored under."""
    return set(KnownStatement.objects.filter(pk__in=ids).values_list("pk", flat=True))


def told_before(statements: Iterable[Mapping[str, Any]]) -> list[uuid.UUID]:
    """What the product itself has told of the same places, verbs and things, and nobody has
    voided. Each verb and thing is one question, of however many places."""
    alike: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for each in statements:
        alike.setdefault((each["verb"]["id"], each["object"]["id"]), []).append(each)
    return [pk for what, those in alike.items() for pk in _told_of(*what, those)]


def _told_of(verb: str, thing: str, those: Sequence[Mapping[str, Any]]) -> Iterable[uuid.UUID]:
    rows = Statement.objects.filter(
        sent_by_id=None,
        registration__in=[each["context"]["registration"] for each in those],
        verb_key=verb_key(verb),
    ).exclude(pk__in=[each["id"] for each in those])
    rows = rows.mentioning(activity_key(thing), directly=True)
    return rows.living().order_by("stored_at", "pk").values_list("pk", flat=True)


def moment_of_the_store() -> datetime:
    """When it is by the clock that `stored` is told by, whatever the clock of this machine says;
    never before the transaction began, so that `consistent_through` holds of what is stored now."""
    ((at,),) = planned(_MOMENT, {})
    found: datetime = at
    return found


def consistent_through() -> datetime:
    """Until when everything that was stored can be read: whatever is still being written began
    later. All by the clock of the database, as `stored` is."""
    ((at,),) = planned(_THROUGH, {})
    found: datetime = at
    return found


def definition_of(iri: str) -> dict[str, Any]:
    """How an activity is described by all statements together; nothing where none did."""
    return definitions_of([iri]).get(iri, {})


def definitions_of(iris: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The descriptions of several activities."""
    keys = {activity_key(iri): iri for iri in iris}
    told: dict[str, list[Mapping[str, Any]]] = {}
    rows = Definition.objects.filter(key__in=keys).order_by("seen_at", "digest")
    for key, definition in rows.values_list("key", "definition"):
        told.setdefault(keys[key], []).append(definition)
    return {iri: merged(each) for iri, each in told.items()}


def known_attachments(
    told: Collection[Mapping[str, Any]], *, key: ProviderKey
) -> dict[str, Attachment]:
    """What is kept of attachments as statements name them, by hash, as far as a key may have it.

    Content that says no other place (`fileUrl`) came with its statement. Else whoever reads only
    its own could name the hash of what another one sent, and be given it.
    """
    hashes = {each["sha2"].lower() for each in told}
    rows = Attachment.objects.filter(sha2__in=hashes).select_related("file")
    if not key.reads_all:
        came = {each["sha2"].lower() for each in told if "fileUrl" not in each}
        rows = rows.filter(Q(sha2__in=came) | Q(file__made_by_id=key.pk))
    return {row.sha2: row for row in rows}


def document_at(place: uuid.UUID) -> Document | None:
    return Document.objects.filter(place=place).first()


def document_names(
    owner: uuid.UUID, *, registration: uuid.UUID | None, since: datetime | None
) -> tuple[list[str], datetime | None]:
    """The names of the documents of an owner, changed after a moment, and when the last one was."""
    rows = Document.objects.of(owner)
    if registration:
        rows = rows.filter(registration=registration)
    if since:
        rows = rows.filter(changed_at__gt=since)
    found = list(rows.order_by("changed_at", "pk").values_list("name", "changed_at"))
    names = list(dict.fromkeys(name for name, _at in found))
    return names, (found[-1][1] if found else None)

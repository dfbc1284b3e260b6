"""Opening balances: nodes and open commitments by file, looked at first, taken back as a whole."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy

from symposia.accounts.queries import person_behind
from symposia.audit.actions import record
from symposia.directory.models import Territory
from symposia.finance.actions.nodes import add_node, remove_node
from symposia.finance.actions.placing import count_on
from symposia.finance.models import BudgetNode, OpeningCommitment, OpeningState
from symposia.finance.opening_rows import (
    FIELDS,
    KIND,
    MOST_ROWS,
    NO_NODE,
    NO_PARENT,
    NO_TERRITORY,
    OTHER,
    REASONS,
    REFUSED,
    TWICE,
    UNNAMED,
    OpeningRow,
    rows_of,
)
from symposia.finance.policies import NOT_AN_AMOUNT
from symposia.finance.queries import books_currency
from symposia.finance.tree_rules import NODE_REASON, NodeFacts
from symposia.shared.actors import Actor
from symposia.shared.money import Money
from symposia.shared.refusals import Objection, Refused, refuse_if
from symposia.work.imports.dry_runs import Fate, RowFile, at_most, bring_in, look_at, refused_as
from symposia.work.imports.fields import guess_columns
from symposia.work.imports.shapes import Shape, shape_of, table_rows
from symposia.work.models import Import, ImportState, Outcome

NO_COLUMN = Objection(
    "openings_no_column",
    gettext_lazy("No column is called “Divides by”, “Node” or “Envelope”. Take the empty table."),
)
UNREADABLE = Objection("openings_unreadable", gettext_lazy("This file cannot be read: %(why)s"))
NOT_LOOKED_AT = Objection(
    "openings_not_checked", gettext_lazy("These rows came in already, or were never looked at.")
)
NOT_BROUGHT_IN = Objection("openings_not_in", gettext_lazy("Only what was brought in goes back."))
ENDED_ALREADY = Objection("opening_ended", gettext_lazy("This commitment has ended already."))
_NEEDED = {"kind", "node", "amount"}


@transaction.atomic
def check_openings(path: Path, *, name: str, storage_name: str = "", by: Actor) -> Import:
    """The dry run: keep what the file is, and say of every row what it would do."""
    with refused_as(UNREADABLE):
        shape = shape_of(path)
        columns = guess_columns(FIELDS, shape.header)
        refuse_if(None if set(columns) >= _NEEDED else NO_COLUMN)
        file = RowFile(path, name, storage_name, shape, columns)
        bring = partial(_fates, made=None, by=by)
        made = look_at(file, KIND, bring, by=by, person=person_behind(by))
    record(by, "openings.checked", made, details=made.counts)
    return made


@transaction.atomic
def import_openings(made: Import, *, by: Actor) -> Import:
    """Bring in what the dry run showed; caps count it from now on."""
    made = Import.objects.locked(made.pk)

    refuse_if(None if made.state == ImportState.CHECKED else NOT_LOOKED_AT)

    bring_in(made, partial(_fates, made=made, by=by))
    record(by, "openings.imported", made, details=made.counts)
    return made


@transaction.atomic
def undo_openings(made: Import, *, by: Actor) -> Import:
    """Take back what a file brought, as a whole: its commitments end, its nodes go. Where one of
    them is in use by now, nothing is taken back."""
    made = Import.objects.locked(made.pk)

    refuse_if(None if made.state == ImportState.DONE else NOT_BROUGHT_IN)

    brought = list(OpeningCommitment.objects.filter(taken_from=made).select_related("node"))
    refuse_if(ENDED_ALREADY if any(x.state != OpeningState.OPEN for x in brought) else None)

    for each in brought:
        _count(each, -each.amount_minor)
        record(by, "opening_commitment.taken_back", each, details={"amount": str(each.amount)})
        each.delete()
    for node in BudgetNode.objects.filter(taken_from=made).order_by("-depth", "-pk"):
        remove_node(node, by=by)
    made.move(ImportState.UNDONE, finished_at=now())
    record(by, "openings.undone", made)
    return made


@transaction.atomic
def end_opening(opening: OpeningCommitment, *, reason: str, by: Actor) -> OpeningCommitment:
    """It is paid, taken over by an activity, or no longer owed: its node has the money again."""
    opening = OpeningCommitment.objects.select_related("node").locked(opening.pk)

    refuse_if(None if opening.state == OpeningState.OPEN else ENDED_ALREADY)
    refuse_if(None if reason.strip() else NODE_REASON)

    _end(opening, reason, by=by)
    return opening


def _end(opening: OpeningCommitment, reason: str, *, by: Actor) -> None:
    _count(opening, -opening.amount_minor)
    opening.move(
        OpeningState.ENDED,
        ended_at=now(),
        ended_by_name=by.name,
        ended_because=reason.strip()[:300],
    )
    record(by, "opening_commitment.ended", opening, reason=reason)


def _count(opening: OpeningCommitment, minor: int) -> None:
    more = {"committed": minor, "charged": minor}
    count_on(opening.node.path, more, is_independent=opening.node.is_independent)


def _fates(
    path: Path, shape: Shape, columns: Mapping[str, int], *, made: Import | None, by: Actor
) -> list[Fate]:
    with table_rows(path, shape) as table:
        rows = at_most(rows_of(table, columns), MOST_ROWS)
        return [_fate(row, made, by=by) for row in rows]


def _fate(row: OpeningRow, made: Import | None, *, by: Actor) -> Fate:
    if row.problem:
        return _told(row, Outcome.REJECTED, row.problem)
    try:
        with transaction.atomic():
            bring = _commitment if row.is_commitment else _node
            return bring(row, made, by=by)
    except Refused as refused:
        return _told(row, Outcome.REJECTED, REFUSED, str(refused))


def _node(row: OpeningRow, made: Import | None, *, by: Actor) -> Fate:
    envelope = Money(row.amount, books_currency())
    known = BudgetNode.objects.filter(code=row.text("node")).first()
    if known is not None:
        same = known.envelope_minor == envelope.minor
        return _told(row, Outcome.UNCHANGED if same else Outcome.REJECTED, "" if same else OTHER)
    parent = BudgetNode.objects.filter(code=row.text("parent")).first()
    territory = Territory.objects.filter(code__iexact=row.text("territory")).first()
    missing = (
        (row.text("parent") and parent is None, NO_PARENT),
        (row.text("territory") and territory is None, NO_TERRITORY),
    )
    problem = next((reason for holds, reason in missing if holds), "")
    if problem:
        return _told(row, Outcome.REJECTED, problem)
    facts = NodeFacts(
        code=row.text("node")[:40],
        name=(row.text("name") or row.text("node"))[:200],
        kind=row.kind,
        envelope=envelope,
        parent=parent,
        territory=territory,
        product=row.text("product")[:120],
        therapy_area=row.text("therapy_area")[:120],
        starts_on=row.days[0],
        ends_on=row.days[1],
        cost_centre=row.text("cost_centre")[:60],
        is_independent=row.is_independent,
    )
    node = add_node(facts, by=by)
    BudgetNode.objects.filter(pk=node.pk).update(taken_from=made)
    return _told(row, Outcome.NEW)


def _commitment(row: OpeningRow, made: Import | None, *, by: Actor) -> Fate:
    node = BudgetNode.objects.filter(code=row.text("node")).first()
    amount = Money(row.amount, books_currency())
    if node is None:
        return _told(row, Outcome.REJECTED, NO_NODE)
    if not all(row.text(name) for name in ("number", "supplier", "name")):
        return _told(row, Outcome.REJECTED, UNNAMED)
    open_ones = OpeningCommitment.objects.filter(state=OpeningState.OPEN)
    known = open_ones.filter(number=row.text("number")).first()
    if known is not None:
        same = known.amount == amount and known.node_id == node.pk
        return _told(row, Outcome.UNCHANGED if same else Outcome.REJECTED, "" if same else TWICE)

    refuse_if(NOT_AN_AMOUNT if amount.minor <= 0 else None)

    opening = OpeningCommitment.objects.create(
        node=node,
        number=row.text("number")[:60],
        supplier=row.text("supplier")[:200],
        what_for=row.text("name")[:200],
        amount_minor=amount.minor,
        currency=amount.currency,
        made_by_name=by.name,
        taken_from=made,
    )
    _count(opening, amount.minor)
    record(by, "opening_commitment.taken_in", opening, details={"node": node.code})
    return _told(row, Outcome.NEW)


def _told(row: OpeningRow, outcome: Outcome, reason: str = "", words: str = "") -> Fate:
    said = words or (str(REASONS[reason]) if reason else "")
    label = row.text("name") or row.text("node")
    number = row.text("number") or row.text("node")
    return Fate(row.line, outcome, reason, number[:60], label[:200], said)

"""What an activity cost and who had it, read from the books, the doors and what people said."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from symposia.accounts.queries import local_day, this_organisation
from symposia.activities.models import Activity, Contributor, Service
from symposia.activities.modes import Mode
from symposia.activities.queries import faculty_of
from symposia.attendance.queries import clinicians_in_room
from symposia.directory.models import Clinician, Institution
from symposia.finance.models import Account, Bill, BudgetEntry, Category, Expense, Kind, Posting
from symposia.reporting.models import (
    AttributedShare,
    CostShare,
    Party,
    TransferKind,
    TransferOfValue,
)
from symposia.reporting.transfers.sharing import (
    NOBODYS,
    Cost,
    Counted,
    Had,
    PassedOn,
    Room,
    Said,
    Share,
    shares_of,
)
from symposia.shared.money import Money, total


def room_of(activity: Activity) -> Room:
    """Clinicians who were seen in the room, and whoever taught and is not one of them."""
    people = Clinician.objects.filter(pk__in=clinicians_in_room(activity))
    faculty = faculty_of(activity)
    teach = {each.clinician_id for each in faculty}
    here = [_had(each, each.full_name, taught=each.pk in teach) for each in people]
    taught = [_had(each.clinician, each.name, taught=True) for each in faculty]
    keys = {each.key for each in here}
    beside = {had.key: had for had in taught if had.key not in keys}
    ordered = (sorted(each, key=lambda had: had.key) for each in (here, beside.values()))
    return Room(*(tuple(each) for each in ordered))


def _had(clinician: Clinician | None, name: str, *, taught: bool = False) -> Had:
    if clinician is None:
        return Had(name.strip(), Party.OUTSIDE, taught=taught)
    kept = clinician.as_kept
    return Had(kept.full_name, Party.CLINICIAN, clinician_id=kept.pk, taught=taught)


def costs_of(activity: Activity) -> list[Cost]:
    """What stands in the books as spent, each posting with what is known of who had it."""
    rows = Posting.objects.of(activity).standing(Kind.ACTUAL)
    postings = list(
        rows.select_related(
            "line__arrangement__contributor__clinician", "line__agreement__contributor__clinician"
        )
    )
    ids = [each.pk for each in postings]
    entries = BudgetEntry.objects.filter(posting__in=ids, account=Account.ACTUAL)
    amounts = {each.posting_id: each.amount for each in entries}
    expenses = {each.posting_id: each for each in Expense.objects.filter(posting__in=ids)}
    bills = {each.posting_id: each for each in Bill.objects.filter(posting__in=ids)}
    said = said_of_costs(ids)
    return [
        _cost(activity, p, amounts[p.pk], expenses.get(p.pk), bills.get(p.pk), said.get(p.pk))
        for p in postings
        if p.pk in amounts
    ]


def _cost(  # what is known of a posting has this many sources
    activity: Activity,
    posting: Posting,
    amount: Money,
    expense: Expense | None,
    bill: Bill | None,
    said: Said | None,
) -> Cost:
    agreement, arrangement = posting.line.agreement, posting.line.arrangement
    person = agreement.contributor if agreement else None
    person = person or (arrangement.contributor if arrangement else None)
    counted = None
    if expense:
        counted = Counted(expense.attendees, expense.faculty, expense.staff)
    return Cost(
        posting.pk,
        posting.line.category,
        amount,
        _day(activity, posting, expense, bill),
        what=", ".join(filter(None, (posting.line.description, posting.paid_to))),
        person=_person(person) if person else None,
        is_advice=bool(agreement and agreement.service == Service.ADVISER),
        counted=counted,
        said=said,
    )


def _person(contributor: Contributor) -> Had:
    """Whoever is engaged for an activity teaches or speaks there."""
    return _had(contributor.clinician, contributor.name, taught=True)


def _day(activity: Activity, posting: Posting, expense: Expense | None, bill: Bill | None) -> date:
    """What is eaten is given on the day of the meeting; else the day of the paper counts."""
    if posting.line.category in {Category.MEALS, Category.MATERIALS}:
        day: date = activity.wall_starts.date()
        return day
    if expense:
        return expense.spent_on
    return bill.billed_on if bill else local_day(posting.posted_at)


def said_of_costs(postings: Collection[uuid.UUID]) -> dict[uuid.UUID, Said]:
    """What was said last of who had each of these costs."""
    rows = CostShare.objects.filter(posting__in=list(postings)).standing()
    found: dict[uuid.UUID, list[CostShare]] = defaultdict(list)
    for row in rows.select_related("clinician__merged_into", "institution").order_by("pk"):
        found[row.posting_id].append(row)
    return {posting: _said(each) for posting, each in found.items()}


def _said(rows: Iterable[CostShare]) -> Said:
    said = Said("")
    for row in rows:
        said = replace(said, by=row.said_by_name)
        who = _who(row)
        if row.party == Party.STAFF:
            said = replace(said, staff=said.staff + row.staff)
        elif row.party == Party.ORGANISATION:
            said = replace(said, organisation=who)
        elif row.passed_on_minor:
            passed = PassedOn(who, row.passed_on_minor, bool(row.directed), row.learned_on)
            said = replace(said, passed_on=(*said.passed_on, passed))
        else:
            said = replace(said, people=(*said.people, who))
    return said


def _who(row: CostShare) -> Had:
    if row.institution:
        return of_institution(row.institution)
    return _had(row.clinician, row.name)


def of_institution(institution: Institution) -> Had:
    """An organisation that had a cost."""
    return Had(institution.name, Party.ORGANISATION, institution_id=institution.pk)


def shares_now(activity: Activity) -> list[tuple[Cost, Share]]:
    """Every share of every cost as it comes out now; a handful of statements."""
    return _shares(activity, costs_of(activity), room_of(activity))


def _shares(activity: Activity, costs: Iterable[Cost], room: Room) -> list[tuple[Cost, Share]]:
    mode = mode_of(activity)
    return [
        (cost, share)
        for cost in costs
        for share in shares_of(_taught_marked(cost, room), room, mode)
    ]


def mode_of(activity: Activity) -> str:
    """What a provider pays for education of its own is no grant."""
    is_grant = not activity.is_independent or this_organisation().is_company
    return activity.mode if is_grant else Mode.SCIENTIFIC


def _taught_marked(cost: Cost, room: Room) -> Cost:
    """Of people whom somebody named, who teaches there: their journey is a speaker's."""
    if cost.said is None:
        return cost
    teach = {each.key for each in (*room.came, *room.taught) if each.taught}
    people = tuple(replace(each, taught=each.key in teach) for each in cost.said.people)
    return replace(cost, said=replace(cost.said, people=people))


@dataclass(frozen=True)
class CostLine:
    """A cost as the page of an activity shows it: what it was, and every share of it."""

    posting: Posting
    amount: Money
    is_nobodys: bool
    shares: list[AttributedShare]

    @property
    def adds_up(self) -> bool:
        """Whether what stands of the shares is the cost, to the minor unit."""
        parts = (e.amount_minor for e in self.shares if e.kind != TransferKind.PASSED_ON)
        return self.is_nobodys or sum(parts) == self.amount.minor


@dataclass(frozen=True)
class Attribution:
    """Who had what of an activity, and what everything came to for each head."""

    lines: list[CostLine]
    spent: Money
    heads: int
    is_stale: bool

    @property
    def per_head(self) -> Money | None:
        """Hall, technique and agencies counted."""
        return self.spent.shared_by(self.heads)


def attribution_of(activity: Activity, currency: str) -> Attribution:
    """What was attributed, beside what would come out now."""
    rows = AttributedShare.objects.of(activity).standing()
    kept: dict[uuid.UUID, list[AttributedShare]] = defaultdict(list)
    for row in rows:
        kept[row.posting_id].append(row)
    postings = {p.pk: p for p in Posting.objects.of(activity).select_related("line")}
    room, costs = room_of(activity), costs_of(activity)
    lines = [
        CostLine(postings[c.posting_id], c.amount, c.category in NOBODYS, kept[c.posting_id])
        for c in costs
    ]
    now = {share.key: share.minor for _cost, share in _shares(activity, costs, room)}
    standing = {row.source_key: row.amount_minor for each in kept.values() for row in each}
    spent = total((c.amount for c in costs), currency)
    heads = len(room.came) + len(room.taught)
    return Attribution(lines, spent, heads, now != standing)


def transfers_of(activity: Activity) -> dict[str, TransferOfValue]:
    """The transfers of an activity by the share that they are of."""
    rows = TransferOfValue.objects.filter(activity=activity)
    return {each.source_key: each for each in rows}

"""Who had what an activity cost: said, divided, kept edition by edition; and what is told of it."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.queries import local_day, this_organisation
from symposia.activities.models import Activity
from symposia.audit.actions import record, record_each
from symposia.finance.models import Posting
from symposia.finance.queries import amount_of
from symposia.reporting.attributing import shares_now
from symposia.reporting.events import TransfersChanged
from symposia.reporting.models import (
    RECIPIENTS,
    AttributedShare,
    CostShare,
    Party,
    Telling,
    TransferOfValue,
    TransferState,
)
from symposia.reporting.recipients import Recipients, recipients_of
from symposia.reporting.transfer_rules import objection_to_attributing, objection_to_sharers
from symposia.reporting.transfers.judging import Known, Verdict, judge
from symposia.reporting.transfers.sharing import Cost, Had, PassedOn, Share
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.money import Money
from symposia.shared.refusals import Written, refuse_if
from symposia.shared.states import move_each


@dataclass(frozen=True)
class Sharers:
    """Who had a cost: people, how many of the house, or an organisation with what it passed on."""

    people: Sequence[Had] = ()
    staff: int = 0
    organisation: Had | None = None
    passed_on: Sequence[PassedOn] = ()


@transaction.atomic
def say_who_had(posting: Posting, sharers: Sharers, *, by: Actor) -> list[CostShare]:
    """Say who had a cost; it stands instead of what was said before, and shares follow."""
    activity = Activity.objects.locked(posting.line.activity_id)

    passed_on = sum(each.minor for each in sharers.passed_on)
    refuse_if(objection_to_attributing(activity))
    refuse_if(objection_to_sharers(sharers, passed_on, amount_of(posting).minor))

    at = now()
    made = [_share_row(activity, posting, **each) for each in _rows_of(sharers)]
    for row in made:
        row.said_at, row.said_by_name = at, by.name
    CostShare.objects.bulk_create(made)
    record_each(by, "cost.shared", made)
    attribute_costs(activity, by=by)
    return made


def _share_row(activity: Activity, posting: Posting, **facts: object) -> CostShare:
    return CostShare(activity=activity, posting=posting, **facts)


def _rows_of(sharers: Sharers) -> Iterable[dict[str, object]]:
    for had in sharers.people:
        yield _of(had)
    for passed in sharers.passed_on:
        yield _of(passed.who) | {
            "passed_on_minor": passed.minor,
            "directed": passed.directed,
            "learned_on": passed.learned_on,
        }
    if sharers.organisation:
        yield _of(sharers.organisation)
    if sharers.staff:
        yield {"party": Party.STAFF, "staff": sharers.staff}


def _of(had: Had) -> dict[str, object]:
    ids = {"clinician_id": had.clinician_id, "institution_id": had.institution_id}
    return {"party": had.party, "name": had.name[:200], **ids}


@transaction.atomic
def attribute_costs(activity: Activity, *, by: Actor) -> int:
    """Divide what stands in the books among those who had it; only what changed becomes a further
    edition, and what is told to schemes follows. How many shares changed."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_attributing(activity))

    shares = {share.key: (cost, share) for cost, share in shares_now(activity)}
    latest = {row.source_key: row for row in AttributedShare.objects.of(activity).last_editions()}
    made = _news(activity, shares, latest, by)
    if made:
        AttributedShare.objects.bulk_create(made, batch_size=1000)
        _follow(activity, made, by)
        record(by, "costs.attributed", activity, details={"shares": len(made)})
        announce(TransfersChanged(activity.pk))
    judge_transfers(_touched(activity, made), by=by)
    return len(made)


def _news(
    activity: Activity,
    shares: dict[str, tuple[Cost, Share]],
    latest: dict[str, AttributedShare],
    by: Actor,
) -> list[AttributedShare]:
    """What is another than the last edition says; nothing is left of what is gone."""
    made = []
    for key, (cost, share) in shares.items():
        before, row = latest.get(key), _attributed(activity, cost, share, by)
        if before is None or _said(before) != _said(row):
            row.edition = before.edition + 1 if before else 1
            made.append(row)
    for key, before in latest.items():
        if key not in shares and before.amount_minor:
            made.append(_emptied(before, by))
    return made


def _emptied(before: AttributedShare, by: Actor) -> AttributedShare:
    names = [f.attname for f in AttributedShare._meta.fields if f.name not in {"id", "because"}]
    row = AttributedShare(**{name: getattr(before, name) for name in names})
    row.edition, row.amount_minor = before.edition + 1, 0
    row.attributed_at, row.attributed_by_name = now(), by.name
    return row


def _said(row: AttributedShare) -> tuple[object, ...]:
    sides = (row.amount_minor, row.whole_minor, row.currency, row.kind, row.given_on, row.heads)
    return (*sides, row.name, row.because, row.directed, row.learned_on)


def _attributed(activity: Activity, cost: Cost, share: Share, by: Actor) -> AttributedShare:
    return AttributedShare(
        activity=activity,
        posting_id=share.posting_id,
        source_key=share.key,
        kind=share.kind,
        party=share.who.party,
        clinician_id=share.who.clinician_id,
        institution_id=share.who.institution_id,
        name=share.who.name[:200],
        heads=share.heads,
        amount_minor=share.minor,
        whole_minor=cost.amount.minor,
        currency=cost.amount.currency,
        given_on=share.on,
        because=asdict(Written.of(share.because)),
        directed=share.directed,
        learned_on=share.learned_on,
        attributed_by_name=by.name,
    )


def _follow(activity: Activity, made: Sequence[AttributedShare], by: Actor) -> None:
    """The register has one transfer for each share of a recipient."""
    rows = [row for row in made if row.party in RECIPIENTS]
    kept = {
        each.source_key: each
        for each in TransferOfValue.objects.filter(activity=activity).select_for_update(
            of=("self",)
        )
    }
    begun = [row for row in rows if row.source_key not in kept and row.amount_minor]
    numbers = next_numbers("TOV", len(begun), year=local_day().year) if begun else []
    new = [_transfer(row, number) for row, number in zip(begun, numbers, strict=True)]
    TransferOfValue.objects.bulk_create(new, batch_size=1000)
    record_each(by, "transfer.begun", new)
    changed = [row for row in rows if row.source_key in kept]
    _change({kept[row.source_key]: row for row in changed}, by)


def _transfer(row: AttributedShare, number: str) -> TransferOfValue:
    facts = {name: getattr(row, name) for name in _COPIED}
    return TransferOfValue(number=number, share=row, name=row.name, **facts)


_COPIED = (
    *("source_key", "activity_id", "kind", "party", "clinician_id", "institution_id"),
    *("amount_minor", "currency", "given_on"),
)


def _change(anew: Mapping[TransferOfValue, AttributedShare], by: Actor) -> None:
    """Let transfers say what their last editions do, in as many statements for one as for all; what
    stands again has an amount of its own and moves by itself, which is rare."""
    for transfer, row in anew.items():
        transfer.kind, transfer.given_on = row.kind, row.given_on
        transfer.share, transfer.name, transfer.currency = row, row.name, row.currency
    gone = [each for each, row in anew.items() if each.is_standing and not row.amount_minor]
    back = [each for each, row in anew.items() if not each.is_standing and row.amount_minor]
    for transfer in anew.keys() - {*gone, *back}:
        transfer.amount_minor = anew[transfer].amount_minor
    said = ["kind", "given_on", "share", "name", "currency", "amount_minor"]
    TransferOfValue.objects.bulk_update(anew, said, batch_size=1000)
    move_each(gone, TransferState.WITHDRAWN, amount_minor=0)
    for transfer in back:
        transfer.move(TransferState.STANDING, amount_minor=anew[transfer].amount_minor)
    told = {each.pk: {"edition": row.edition} for each, row in anew.items()}
    record_each(by, "transfer.changed", anew, details=told)


def _touched(activity: Activity, rows: Sequence[AttributedShare]) -> list[TransferOfValue]:
    """What the activity gave, and everything that the recipients of changed shares had in the years
    of them: small amounts are told or not by what the year comes to."""
    people = {row.clinician_id for row in rows if row.clinician_id}
    places = {row.institution_id for row in rows if row.institution_id}
    years = {row.given_on.year for row in rows}
    theirs = Q(clinician__in=people) | Q(institution__in=places)
    found = TransferOfValue.objects.standing().select_related("share")
    return list(found.filter(Q(activity=activity) | theirs & Q(given_on__year__in=years)))


@transaction.atomic
def judge_transfers(transfers: Sequence[TransferOfValue], *, by: Actor) -> int:
    """Say of each how it is told and why, as rules, agreement and the year stand now; how many
    are told otherwise than before."""
    recipients, sums = recipients_of(transfers), _sums(transfers)
    is_company = this_organisation().is_company
    changed = []
    for each in transfers:
        verdict = judge(_known(each, recipients, sums, is_company=is_company))
        if _keep(each, verdict):
            changed.append(each)
    fields = ["scheme", "category", "year", "outcome", "reason_code", "reason", "judged_at"]
    TransferOfValue.objects.bulk_update(changed, fields, batch_size=1000)
    record_each(by, "transfer.judged", changed)
    return len(changed)


def _keep(transfer: TransferOfValue, verdict: Verdict) -> bool:
    before = _verdict_of(transfer)
    transfer.scheme, transfer.category = verdict.scheme, verdict.category
    transfer.year, transfer.outcome = verdict.year, verdict.outcome
    transfer.reason_code = verdict.reason.code
    transfer.reason = asdict(Written.of(verdict.reason))
    transfer.judged_at = now()
    return before != _verdict_of(transfer)


def _verdict_of(each: TransferOfValue) -> tuple[object, ...]:
    return (each.scheme, each.category, each.year, each.outcome, each.reason_code, each.reason)


Sums = dict[tuple[uuid.UUID | None, int, str], int]


def _sums(transfers: Collection[TransferOfValue]) -> Sums:
    """What each person had in each calendar year, by currency."""
    people = {each.clinician_id for each in transfers if each.clinician_id}
    rows = TransferOfValue.objects.standing().filter(clinician__in=people).order_by()
    summed = rows.values_list("clinician", "given_on__year", "currency")
    found = summed.annotate(Sum("amount_minor"))
    return {(person, year, currency): minor for person, year, currency, minor in found}


def _known(each: TransferOfValue, recipients: Recipients, sums: Sums, *, is_company: bool) -> Known:
    what, words = recipients.what(each)
    minor = sums.get((each.clinician_id, each.given_on.year, each.currency))
    return Known(
        each.kind,
        each.party,
        each.amount,
        each.given_on,
        country=recipients.country(each),
        what=what,
        what_words=words,
        is_company=is_company,
        year_total=Money.from_minor(minor, each.currency) if minor else None,
        agreed=recipients.has_agreed(each),
        directed=each.share.directed,
        learned_on=each.share.learned_on,
    )


def judge_unclear(*, by: Actor) -> int:
    """Judge anew what was to be clarified: a country or a threshold may be known by now."""
    rows = TransferOfValue.objects.standing().filter(outcome=Telling.UNCLEAR)
    return judge_transfers(list(rows.select_related("share")), by=by)


def judge_of_clinician(clinician_id: uuid.UUID, *, by: Actor) -> int:
    """Judge what one person had, since they said something."""
    rows = TransferOfValue.objects.of_clinician(clinician_id).standing()
    return judge_transfers(list(rows.select_related("share")), by=by)

"""Closing the books of a month or quarter, and opening them again by two people."""

from datetime import date

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import local_day, person_behind
from symposia.audit.actions import record
from symposia.finance.closing import papers_waiting, still_open
from symposia.finance.events import PeriodClosed, PeriodReopened
from symposia.finance.models import BooksPeriod, PeriodReopening, PeriodState
from symposia.finance.period_rules import (
    last_day,
    objection_to_asking_for_reopening,
    objection_to_beginning,
    objection_to_closing,
    objection_to_deciding_reopening,
)
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.proposals import ProposalState
from symposia.shared.refusals import refuse_if


@transaction.atomic
def begin_closing(kind: str, first: date, *, by: Actor) -> BooksPeriod:
    """Begin to close a month or quarter that is over; nothing is closed yet."""
    last, today = last_day(kind, first), local_day()
    others = list(BooksPeriod.objects.touching(first, last)) if last else []

    refuse_if(objection_to_beginning(last, others, today=today))

    period = BooksPeriod.objects.create(
        kind=kind, starts_on=first, ends_on=last or first, begun_by_name=by.name
    )
    record(by, "books_period.begun", period)
    return period


@transaction.atomic
def close_period(period: BooksPeriod, *, reason: str = "", by: Actor) -> BooksPeriod:
    """Close it: from now on nothing is posted on its days. Whoever posts on one of them holds the
    same row, so that the last one is through before."""
    period = BooksPeriod.objects.locked(period.pk)
    waiting, left = papers_waiting(period), still_open(period)

    refuse_if(objection_to_closing(period, waiting=waiting, left=left, reason=reason))

    period.move(
        PeriodState.CLOSED,
        closed_at=now(),
        closed_by_name=by.name,
        closed_because=reason.strip()[:300],
    )
    record(by, "books_period.closed", period, reason=reason, details={"carried_over": left})
    announce(PeriodClosed(period.pk))
    return period


@transaction.atomic
def ask_to_reopen(period: BooksPeriod, *, reason: str, by: Actor) -> PeriodReopening:
    """Ask that a closed period opens again; a second person agrees."""
    period = BooksPeriod.objects.locked(period.pk)
    asked = PeriodReopening.objects.of(period).filter(state=ProposalState.WAITING).first()

    refuse_if(objection_to_asking_for_reopening(period, asked, reason=reason))

    person = person_behind(by)
    if person is None:
        raise TypeError("a person asks to open the books again")
    asked = PeriodReopening.objects.create(
        period=period,
        reason=reason.strip()[:300],
        proposed_by_id=person,
        proposed_by_name=by.name,
    )
    record(by, "period_reopening.proposed", asked, reason=reason, details={"period": str(period)})
    return asked


@transaction.atomic
def agree_to_reopen(asked: PeriodReopening, *, by: Actor) -> BooksPeriod:
    """A second person has read why: the books are open again until they are closed anew."""
    period = BooksPeriod.objects.locked(asked.period_id)
    asked = PeriodReopening.objects.locked(asked.pk)

    refuse_if(objection_to_deciding_reopening(asked, by_id=person_behind(by), agrees=True))

    _decide(asked, ProposalState.AGREED, by=by)
    period.move(PeriodState.REOPENED)
    details = {"asked_by": asked.proposed_by_name}
    record(by, "books_period.reopened", period, reason=asked.reason, details=details)
    announce(PeriodReopened(period.pk))
    return period


@transaction.atomic
def leave_closed(asked: PeriodReopening, *, by: Actor) -> PeriodReopening:
    """The books stay as they are."""
    asked = PeriodReopening.objects.locked(asked.pk)

    refuse_if(objection_to_deciding_reopening(asked, by_id=person_behind(by), agrees=False))

    _decide(asked, ProposalState.DROPPED, by=by)
    record(by, "period_reopening.dropped", asked)
    return asked


def _decide(asked: PeriodReopening, state: ProposalState, *, by: Actor) -> None:
    asked.move(state, decided_at=now(), decided_by_id=person_behind(by), decided_by_name=by.name)

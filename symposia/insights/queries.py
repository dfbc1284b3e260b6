import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, QuerySet, Sum

from symposia.accounts.permissions import Access
from symposia.activities.models import ENDED, Activity
from symposia.activities.wall import FEWEST, only_counts
from symposia.assessment.models import Response
from symposia.attendance.models import DOOR_STATES, PresenceEvidence
from symposia.attendance.queries import presence_by_registration
from symposia.audit.models import Entry
from symposia.credits.queries import CreditTotal, credit_totals, in_words
from symposia.finance.models import Account, BudgetEntry
from symposia.insights.models import COUNTED, ActivityFigures, Credited, Touched
from symposia.outreach.models import Invitation
from symposia.outreach.models import State as InvitationState
from symposia.registrations.models import Registration
from symposia.shared.counting import counted_together
from symposia.shared.money import Money

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Figures:
    """The thread of an activity in numbers; each is the count of a list that can be opened."""

    invited: int
    accepted: int
    registered: int
    attended: int
    evaluated: int
    credited: int
    minutes: int
    estimate: Money
    committed: Money
    actual: Money
    credits: Sequence[CreditTotal] = field(default=())

    @property
    def cost_per_attendee(self) -> Money | None:
        """What one person who came has cost so far; nothing before anybody came."""
        return self.actual.shared_by(self.attended)

    @property
    def minutes_each(self) -> int:
        return self.minutes // self.attended if self.attended else 0


def figures_of(activity: Activity, currency: str) -> Figures:
    """The figures of one activity as its rows are now."""
    presence = presence_by_registration(activity)
    invitations = Invitation.objects.of(activity)
    invited, accepted, registered, evaluated = counted_together(
        [
            invitations.exclude(state=InvitationState.WITHDRAWN),
            invitations.filter(state=InvitationState.ACCEPTED),
            Registration.objects.of(activity).confirmed(),
            Response.objects.of(activity),
        ]
    )
    totals = credit_totals([activity])
    money = _money(BudgetEntry.objects.of(activity))
    return Figures(
        invited=invited,
        accepted=accepted,
        registered=registered,
        attended=sum(p.was_there for p in presence.values()),
        evaluated=evaluated,
        credited=max((c.people for c in totals), default=0),
        minutes=sum(p.creditable for p in presence.values()),
        estimate=Money.from_minor(money[Account.ESTIMATE], currency),
        committed=Money.from_minor(money[Account.COMMITMENT], currency),
        actual=Money.from_minor(money[Account.ACTUAL], currency),
        credits=totals,
    )


def _money(entries: QuerySet[BudgetEntry]) -> dict[str, int]:
    found = dict(entries.values_list("account").annotate(Sum("amount_minor")))
    return {account: found.get(account, 0) for account in Account.values}


def organisation_figures(access: Access, currency: str) -> Figures:
    """The figures of all activities within reach together, from their roll-ups."""
    mine = ActivityFigures.objects.visible_to(access)
    totals = mine.totals(access)
    by_system = (
        Credited.objects.filter(figures__in=mine)
        .exclude(figures__activity__mode__in=only_counts(access), people__lt=FEWEST)
        .values_list("system")
        .annotate(Sum("amount"), Sum("people"))
        .order_by()
    )
    return Figures(
        **{name: totals[name] for name in ("invited", "accepted", "registered")},
        **{name: totals[name] for name in ("attended", "evaluated", "credited", "minutes")},
        estimate=Money.from_minor(totals["estimate_minor"], currency),
        committed=Money.from_minor(totals["committed_minor"], currency),
        actual=Money.from_minor(totals["actual_minor"], currency),
        credits=in_words({system: (amount, people) for system, amount, people in by_system}),
    )


def counts_of(activity: Activity) -> list[tuple[str, int | None]]:
    """The counts of an activity for somebody who sees no small ones: nothing where they are few."""
    found = ActivityFigures.objects.filter(activity=activity).first()
    said = [(name, getattr(found, name, 0)) for name in COUNTED]
    return [(name, count if count >= FEWEST else None) for name, count in said]


def exports_of(activity_id: uuid.UUID) -> QuerySet[Entry]:
    """Files that were made of the lists of an activity, the latest first."""
    made = Entry.objects.filter(action="list.exported")
    whose = {"details__activity_pk": str(activity_id)}
    return made.filter(**whose).order_by("-at", "-id")


def counted_long_ago(at: datetime, *, most: int = 50) -> list[uuid.UUID]:
    """Activities still to be finished whose readiness was not read today."""
    counted = ActivityFigures.objects.filter(activity=OuterRef("pk"), counted_at__gt=at - DAY)
    stale = Activity.objects.filter(~Exists(counted)).exclude(state__in=ENDED)
    return list(stale.order_by("starts_at", "pk").values_list("pk", flat=True)[:most])


def touched(*, most: int = 5_000) -> dict[uuid.UUID, uuid.UUID]:
    """Marks that wait, each with its activity."""
    return dict(Touched.objects.order_by("pk").values_list("pk", "activity_id")[:most])


def busy_doors(*, most: int = 100) -> list[uuid.UUID]:
    """Activities at whose door something happened since their figures were counted."""
    latest = (
        PresenceEvidence.objects.filter(activity__state__in=DOOR_STATES)
        .values_list("activity_id")
        .annotate(last=Max("server_time"))
    )
    counted = dict(ActivityFigures.objects.values_list("activity_id", "counted_at"))
    return [pk for pk, last in latest if _is_older(counted.get(pk), last)][:most]


def _is_older(counted_at: datetime | None, last: datetime) -> bool:
    return counted_at is None or counted_at <= last


def latest_count(access: Access) -> datetime | None:
    """As of when the roll-ups speak."""
    found = ActivityFigures.objects.visible_to(access).aggregate(at=Max("counted_at"))
    counted_at: datetime | None = found["at"]
    return counted_at

"""How often clinicians were asked, by all brands and representatives, against the own caps."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, QuerySet

from symposia.accounts.queries import local_day
from symposia.activities.models import Activity, DeliveryForm
from symposia.compliance.queries.packs import own_values
from symposia.outreach.models import Invitation, State

POLICY = "organisation-policy"
MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Fatigue:
    """The caps that are set, and how often each of some clinicians was asked already."""

    invitation_cap: Decimal | None = None
    webinar_cap: Decimal | None = None
    invitations: dict[uuid.UUID, int] = field(default_factory=dict)
    webinars: dict[uuid.UUID, int] = field(default_factory=dict)


def fatigue_of(activity: Activity, clinicians: Collection[uuid.UUID], *, at: datetime) -> Fatigue:
    """What the policy of the day of asking says of these; nothing is counted without a cap."""
    own = own_values(local_day(at)).get(POLICY, {})
    invited, webinars = _cap(own, "invitation_cap"), _cap(own, "webinar_cap")
    if activity.delivery != DeliveryForm.ONLINE:
        webinars = None
    kept = _kept(clinicians)
    counted_webinars = kept.none()
    if webinars is not None:
        month = activity.wall_starts
        counted_webinars = kept.exclude(state=State.DECLINED).filter(
            activity__delivery=DeliveryForm.ONLINE,
            activity__wall_starts__year=month.year,
            activity__wall_starts__month=month.month,
        )
    counts = _counted_lately(clinicians, at) if invited is not None else {}
    return Fatigue(invited, webinars, counts, _counts(counted_webinars))


def asked_lately(clinicians: Collection[uuid.UUID], *, at: datetime) -> Fatigue:
    """How often these were asked within the month by anybody, whether or not a cap is set."""
    own = own_values(local_day(at)).get(POLICY, {})
    return Fatigue(
        invitation_cap=_cap(own, "invitation_cap"), invitations=_counted_lately(clinicians, at)
    )


def _counted_lately(clinicians: Collection[uuid.UUID], at: datetime) -> dict[uuid.UUID, int]:
    return _counts(_kept(clinicians).filter(sent_at__gt=at - MONTH))


def _kept(clinicians: Collection[uuid.UUID]) -> "QuerySet[Invitation]":
    """Invitations of these that stand."""
    kept = Invitation.objects.exclude(state=State.WITHDRAWN).order_by()
    return kept.filter(clinician__in=clinicians)


def _cap(own: dict[str, str], name: str) -> Decimal | None:
    return Decimal(own[name]) if own.get(name) else None


def _counts(rows: "QuerySet[Invitation]") -> dict[uuid.UUID, int]:
    return dict(rows.values_list("clinician_id").annotate(Count("pk")))

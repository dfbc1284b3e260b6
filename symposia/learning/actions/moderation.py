from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.learning.discussion_rules import (
    objection_to_hiding,
    objection_to_keeping,
    objection_to_pinning,
    objection_to_showing,
)
from symposia.learning.events import ContributionHidden, ContributionShown
from symposia.learning.models import Contribution, ContributionState
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def show_contribution(contribution: Contribution, *, seen_version: int, by: Actor) -> Contribution:
    """Show what waited, exactly as it was read; or what was hidden, again."""
    contribution = Contribution.objects.locked(contribution.pk)
    at = now()

    refuse_if(objection_to_showing(contribution))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=contribution.version))

    shown_at = contribution.shown_at or at
    contribution.move(ContributionState.SHOWN, shown_at=shown_at, **_settled(at, by))
    record(by, "contribution.shown", contribution)
    announce(
        ContributionShown(contribution.pk, contribution.activity_id, contribution.registration_id)
    )
    return contribution


@transaction.atomic
def hide_contribution(contribution: Contribution, reason: str, *, by: Actor) -> Contribution:
    """Hide what somebody said, with a reason that the author reads."""
    contribution = Contribution.objects.locked(contribution.pk)

    refuse_if(objection_to_hiding(contribution, reason))

    settled = _settled(now(), by, reason.strip()[:1000])
    contribution.move(ContributionState.HIDDEN, pinned_at=None, **settled)
    record(by, "contribution.hidden", contribution, reason=contribution.settled_because)
    announce(
        ContributionHidden(contribution.pk, contribution.activity_id, contribution.registration_id)
    )
    return contribution


@transaction.atomic
def keep_contribution(contribution: Contribution, *, by: Actor) -> Contribution:
    """Let stand what was reported, after looking at it."""
    contribution = Contribution.objects.locked(contribution.pk)
    reported = Contribution.objects.reported().filter(pk=contribution.pk).exists()

    refuse_if(objection_to_keeping(contribution, reported=reported))

    for name, value in _settled(now(), by).items():
        setattr(contribution, name, value)
    contribution.save(update_fields=["settled_at", "settled_by_name", "settled_because"])
    record(by, "contribution.kept", contribution)
    return contribution


@transaction.atomic
def pin_contribution(contribution: Contribution, *, pinned: bool, by: Actor) -> Contribution:
    """Let the beginning of a thread stand first in its discussion, or no more."""
    contribution = Contribution.objects.locked(contribution.pk)

    refuse_if(objection_to_pinning(contribution))

    if pinned != (contribution.pinned_at is not None):
        contribution.pinned_at = now() if pinned else None
        contribution.save(update_fields=["pinned_at"])
        record(by, "contribution.pinned" if pinned else "contribution.unpinned", contribution)
    return contribution


def _settled(at: datetime, by: Actor, because: str = "") -> dict[str, object]:
    return {"settled_at": at, "settled_by_name": by.name, "settled_because": because}

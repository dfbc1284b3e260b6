from dataclasses import dataclass
from datetime import date

from django.db import transaction

from symposia.attendance.asking import objection_to_threshold
from symposia.attendance.models import PresenceRule
from symposia.attendance.policies import objection_to_presence_rule
from symposia.attendance.self_check_in import objection_to_claim_days
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class RuleFacts:
    """From which day on a missing check-out counts how, at activities of which type, and why; and
    how many days after a session its code may be claimed."""

    type: str
    no_leave: str
    valid_from: date
    reason: str
    claim_days: int | None = None
    checks_percent: int | None = None
    checks_short: str = ""


@transaction.atomic
def set_presence_rule(facts: RuleFacts, *, by: Actor) -> PresenceRule:
    """Decide how a missing check-out counts and, where days are given, how long codes are claimed;
    activities of earlier days keep their rule."""
    refuse_if(objection_to_presence_rule(facts.type, facts.no_leave, reason=facts.reason))
    refuse_if(objection_to_claim_days(facts.claim_days))
    refuse_if(objection_to_threshold(facts.checks_percent, facts.checks_short))

    rule = PresenceRule.objects.create(
        type=facts.type,
        no_leave=facts.no_leave,
        valid_from=facts.valid_from,
        claim_days=facts.claim_days,
        checks_percent=facts.checks_percent,
        checks_short=facts.checks_short,
        reason=facts.reason,
        decided_by_name=by.name,
    )
    record(by, "presence_rule.set", rule, reason=facts.reason)
    return rule

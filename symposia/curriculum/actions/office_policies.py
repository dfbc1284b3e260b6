from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.models import User
from symposia.audit.actions import record
from symposia.curriculum.models import Acknowledgement, OfficePolicy, PolicyEdition
from symposia.curriculum.policies.office_policies import (
    objection_to_acknowledging,
    objection_to_changing_policy,
    objection_to_edition,
    objection_to_policy_kind,
)
from symposia.curriculum.queries.office_policies import latest_edition, living_mission
from symposia.shared.actors import Actor
from symposia.shared.changing import put_values
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class PolicyFacts:
    """What a policy is called, who owns it, when it is looked at again, which rules it carries."""

    title: str
    review_on: date
    owner: User | None = None
    rules: Sequence[str] = ()


@transaction.atomic
def write_policy(kind: str, facts: PolicyFacts, *, text: str, by: Actor) -> OfficePolicy:
    """Write the mission, or a policy or procedure, with its first edition."""
    refuse_if(objection_to_policy_kind(kind, living_mission()))

    at = now()
    policy = OfficePolicy.objects.create(
        number=next_numbers("POL", year=at.year)[0],
        kind=kind,
        title=facts.title,
        owner=facts.owner,
        review_on=facts.review_on,
        rules=sorted(facts.rules),
        made_at=at,
    )
    record(by, "policy.written", policy)
    _publish(policy, 1, text, "", by=by)
    return policy


@transaction.atomic
def publish_edition(
    policy: OfficePolicy, *, text: str, what_changed: str, by: Actor
) -> PolicyEdition:
    """Put other words in force; everybody is asked to read them."""
    policy = OfficePolicy.objects.locked(policy.pk)
    latest = latest_edition(policy)

    refuse_if(objection_to_edition(policy, latest, text=text, what_changed=what_changed))

    return _publish(policy, latest.edition + 1 if latest else 1, text, what_changed, by=by)


def _publish(
    policy: OfficePolicy, number: int, text: str, what_changed: str, *, by: Actor
) -> PolicyEdition:
    edition = PolicyEdition.objects.create(
        policy=policy,
        edition=number,
        text=text,
        what_changed=what_changed.strip(),
        published_by_name=by.name,
    )
    details = {"policy": policy.number, "edition": number}
    record(by, "policy.edition_published", edition, reason=what_changed, details=details)
    return edition


@transaction.atomic
def review_policy(policy: OfficePolicy, facts: PolicyFacts, *, by: Actor) -> OfficePolicy:
    """Say who owns a policy, when it is looked at again, and which rules it carries out."""
    policy = OfficePolicy.objects.locked(policy.pk)

    refuse_if(objection_to_changing_policy(policy))

    wanted = {
        "title": facts.title,
        "review_on": facts.review_on,
        "owner": facts.owner,
        "rules": sorted(facts.rules),
    }
    changes = put_values(policy, wanted, said=_said)
    if not changes:
        return policy
    policy.save()
    record(by, "policy.reviewed", policy, details={"changes": changes})
    return policy


def _said(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "")


@transaction.atomic
def acknowledge_policy(edition: PolicyEdition, user: User, *, by: Actor) -> Acknowledgement:
    """Note that somebody has read the words in force; twice is the same as once."""
    policy = OfficePolicy.objects.locked(edition.policy_id)

    refuse_if(objection_to_acknowledging(policy, edition, latest_edition(policy)))

    there = Acknowledgement.objects.filter(edition=edition, user=user).first()
    if there:
        return there
    acknowledgement = Acknowledgement.objects.create(edition=edition, user=user)
    details = {"policy": policy.number, "edition": edition.edition}
    record(by, "policy.acknowledged", acknowledgement, details=details)
    return acknowledgement


@transaction.atomic
def end_policy(policy: OfficePolicy, *, reason: str, by: Actor) -> OfficePolicy:
    """Take a policy out of force; its editions stay readable."""
    policy = OfficePolicy.objects.locked(policy.pk)

    refuse_if(objection_to_changing_policy(policy))

    policy.ended_at = now()
    policy.save(update_fields=["ended_at"])
    record(by, "policy.ended", policy, reason=reason)
    return policy

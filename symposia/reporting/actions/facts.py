"""What bodies ask of an activity and of a learner, told once and kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.directory.models import Clinician
from symposia.reporting.handing_in import PURPOSE
from symposia.reporting.models import (
    ActivityFacts,
    Body,
    BodyAccount,
    CommercialSupport,
    LearnerIdentity,
    Providership,
)
from symposia.reporting.policies import (
    objection_to_account,
    objection_to_activity_facts,
    objection_to_identity,
    objection_to_support,
)
from symposia.shared.actors import Actor
from symposia.shared.money import Money
from symposia.shared.refusals import refuse_if
from symposia.shared.sealing import sealed


@dataclass(frozen=True)
class FactsOfActivity:
    """What somebody says of an activity for the bodies it is reported to."""

    region: str = ""
    providership: str = Providership.DIRECT
    joint_with: str = ""
    has_support: bool | None = None
    designed_for: Sequence[str] = ()
    measured: Sequence[str] = ()
    observer: str = ""
    body_number: str = ""


@transaction.atomic
def keep_activity_facts(activity: Activity, facts: FactsOfActivity, *, by: Actor) -> ActivityFacts:
    """Keep what bodies ask of an activity."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_activity_facts(facts.providership, facts.joint_with))

    kept = ActivityFacts.objects.filter(activity=activity).first() or ActivityFacts(
        activity=activity
    )
    joint = facts.providership == Providership.JOINT
    kept.region, kept.providership = facts.region.strip().upper()[:2], facts.providership
    kept.joint_with = facts.joint_with.strip() if joint else ""
    kept.has_support = facts.has_support
    kept.designed_for, kept.measured = list(facts.designed_for), list(facts.measured)
    kept.observer, kept.body_number = facts.observer.strip(), facts.body_number.strip()
    kept.changed_at, kept.changed_by_name = now(), by.name
    kept.save()
    record(by, "report.facts_kept", kept)
    return kept


@transaction.atomic
def note_support(
    activity: Activity, source: str, amount: Money, *, in_kind: str = "", by: Actor
) -> CommercialSupport:
    """Note what a company gave to an activity."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_support(amount.minor, in_kind))

    made = CommercialSupport.objects.create(
        activity=activity,
        source=source.strip(),
        amount_minor=amount.minor,
        currency=amount.currency,
        in_kind=in_kind.strip(),
        noted_by_name=by.name,
    )
    record(by, "support.noted", made, details={"amount": str(amount)})
    return made


@transaction.atomic
def withdraw_support(support: CommercialSupport, *, by: Actor) -> CommercialSupport:
    """Take back what was noted; the line stays in the journal."""
    support = CommercialSupport.objects.locked(support.pk)
    if support.withdrawn_at is None:
        support.withdrawn_at = now()
        support.save(update_fields=["withdrawn_at"])
        record(by, "support.withdrawn", support)
    return support


@transaction.atomic
def keep_identity(
    clinician: Clinician, given: str, family: str, born: str, *, by: Actor
) -> LearnerIdentity:
    """Keep as whom bodies know a learner."""
    refuse_if(objection_to_identity(given, family, born.strip()))

    kept = LearnerIdentity.objects.select_for_update().filter(clinician=clinician).first()
    kept = kept or LearnerIdentity(clinician=clinician)
    kept.given_name, kept.family_name = given.strip(), family.strip()
    kept.born, kept.changed_at, kept.changed_by_name = born.strip(), now(), by.name
    kept.save()
    record(by, "identity.kept", kept)
    return kept


@dataclass(frozen=True)
class AccountFacts:
    """As what a body knows the organisation; an empty key leaves the one that is kept."""

    provider_number: str
    address: str = ""
    key: str = ""


@transaction.atomic
def keep_body_account(body: str, facts: AccountFacts, *, by: Actor) -> BodyAccount:
    """Keep as what a body knows the organisation, and where its web service is."""
    name, address = str(Body(body).label), facts.address.strip()
    refuse_if(objection_to_account(facts.provider_number, address, name))

    kept = BodyAccount.objects.select_for_update().filter(body=body).first()
    kept = kept or BodyAccount(body=body)
    kept.provider_number, kept.address = facts.provider_number.strip(), address
    if facts.key.strip():
        kept.key = sealed(facts.key.strip(), purpose=PURPOSE)
    kept.changed_at, kept.changed_by_name = now(), by.name
    kept.save()
    record(by, "body_account.kept", kept)
    return kept

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.notifications.domain_rules import (
    holds,
    normal_address,
    normal_domain,
    objection_to_checking,
    objection_to_sender_domain,
)
from symposia.notifications.events import SenderDomainFailed, SenderDomainHolds
from symposia.notifications.models import SILENT_FOR, DomainState, SenderDomain
from symposia.notifications.sender_records import Finding, Kind
from symposia.notifications.signing import PURPOSE, new_key_pair
from symposia.shared.actors import Actor, job_actor
from symposia.shared.events import announce
from symposia.shared.jobs import defer_named
from symposia.shared.refusals import refuse_if
from symposia.shared.sealing import sealed

CHECK_DOMAIN = "notifications.check_sender_domain"
CHECKS = job_actor("checks of sender domains")


@transaction.atomic
def set_sender_domain(domain: str, from_address: str, *, by: Actor) -> SenderDomain:
    """Name the domain that mail shall leave from; a pair of keys is made for it, and it is not
    used before its records hold. Saved again, it gets another pair under another name."""
    known = SenderDomain.objects.select_for_update().first()
    name, address = normal_domain(domain), normal_address(from_address)

    refuse_if(objection_to_sender_domain(name, address))

    pair, at = new_key_pair(), now()
    facts: dict[str, Any] = {
        "domain": name,
        "from_address": address,
        "selector": f"symposia-{at:%Y%m%d%H%M%S}",
        "public_key": pair.public,
        "private_key": sealed(pair.private, purpose=PURPOSE),
        "findings": [],
        "checked_at": None,
        "asked_at": at,
        "unanswered_at": None,
        "changed_by_name": by.name,
        "changed_at": at,
    }
    own = _begun_again(known, facts) if known else SenderDomain.objects.create(**facts)
    record(by, "sender_domain.set", own, details={"domain": name, "from": address})
    defer_named(CHECK_DOMAIN, domain_id=str(own.pk))
    return own


def _begun_again(own: SenderDomain, facts: dict[str, Any]) -> SenderDomain:
    if own.state != DomainState.NEW:
        own.move(DomainState.NEW)
    for name, value in facts.items():
        setattr(own, name, value)
    own.save(update_fields=list(facts))
    return own


@transaction.atomic
def ask_for_check(domain: SenderDomain, *, by: Actor) -> SenderDomain:
    """Ask the name servers again; a job does it."""
    own, at = SenderDomain.objects.locked(domain.pk), now()

    refuse_if(objection_to_checking(own, at))

    own.asked_at = at
    own.save(update_fields=["asked_at"])
    record(by, "sender_domain.check_asked", own)
    defer_named(CHECK_DOMAIN, domain_id=str(own.pk))
    return own


@transaction.atomic
def settle_domain_check(
    domain_id: uuid.UUID, selector: str, findings: Sequence[Finding] | None, *, by: Actor = CHECKS
) -> SenderDomain | None:
    """Note what DNS says, or nothing where it said nothing: mail leaves from the domain, or no
    longer does. Nothing happens when the domain was set anew meanwhile."""
    own = SenderDomain.objects.select_for_update().filter(pk=domain_id, selector=selector).first()
    if own is None:
        return None
    at = now()
    if findings is None:
        return _unanswered(own, at, by=by)
    own.findings = [asdict(each) for each in findings]
    own.checked_at, own.unanswered_at = at, None
    own.save(update_fields=["findings", "checked_at", "unanswered_at"])
    _judge(own, is_good=holds(findings), by=by)
    return own


def _unanswered(own: SenderDomain, at: datetime, *, by: Actor) -> SenderDomain:
    """Silence changes nothing for some days: name servers come back."""
    own.unanswered_at = at
    own.save(update_fields=["unanswered_at"])
    if own.state == DomainState.HOLDS and own.checked_at and own.checked_at + SILENT_FOR < at:
        silence = Finding(Kind.DKIM, own.domain, problem="unanswered")
        own.findings = [asdict(silence)]
        own.save(update_fields=["findings"])
        _judge(own, is_good=False, by=by)
    return own


def _judge(own: SenderDomain, *, is_good: bool, by: Actor) -> None:
    was, state = own.state, DomainState.HOLDS if is_good else DomainState.FAILING
    if was == state:
        return
    own.move(state)
    wrong = [each["problem"] for each in own.findings if each["problem"]]
    record(by, f"sender_domain.{state}", own, details={"problems": wrong})
    if is_good:
        announce(SenderDomainHolds(own.pk))
    elif was == DomainState.HOLDS:
        announce(SenderDomainFailed(own.pk))


@transaction.atomic
def give_up_sender_domain(domain: SenderDomain, *, by: Actor) -> None:
    """Send from the installation's address again; the keys are gone."""
    own = SenderDomain.objects.locked(domain.pk)
    record(by, "sender_domain.given_up", own)
    own.delete()

import uuid
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.actions.externals import end_external
from symposia.activities.events import AgencyEnded
from symposia.activities.models import Agency, ExternalMember
from symposia.activities.partners import (
    objection_to_agency,
    objection_to_changing_agency,
    objection_to_ending_agency,
)
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting, put_values
from symposia.shared.events import announce
from symposia.shared.refusals import Objection, refuse_if


@dataclass(frozen=True)
class AgencyFacts:
    """Who it is, whom one asks there, and from when until when it works for us."""

    name: str
    active_from: date
    active_until: date | None = None
    contact: str = ""
    contact_email: str = ""

    def tidy(self) -> "AgencyFacts":
        email = self.contact_email.strip().lower()
        name, contact = (" ".join(each.split()) for each in (self.name, self.contact))
        return replace(self, name=name, contact=contact, contact_email=email)


@transaction.atomic
def add_agency(facts: AgencyFacts, *, by: Actor) -> Agency:
    """Put an agency on the list of those that send people."""
    facts = facts.tidy()

    refuse_if(_objection(facts, Agency.objects.named(facts.name)))

    agency = Agency.objects.create(**asdict(facts), added_by_name=by.name)
    record(by, "agency.added", agency, details={"name": agency.name})
    return agency


@transaction.atomic
def change_agency(agency: Agency, facts: AgencyFacts, *, seen_version: int, by: Actor) -> Agency:
    """Another name, another contact, other days."""
    facts = facts.tidy()
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    twin = Agency.objects.exclude(pk=agency.pk).named(facts.name)

    refuse_if(objection_to_changing_agency(agency))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=agency.version))
    refuse_if(_objection(facts, twin))

    changes = put_values(agency, asdict(facts))
    if changes:
        agency.save()
        record(by, "agency.changed", agency, details={"changes": changes})
    return agency


@transaction.atomic
def end_agency(agency: Agency, *, reason: str, seen: Collection[uuid.UUID], by: Actor) -> Agency:
    """Nobody it sent works for us any more: the access of each ends with it."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    people = list(ExternalMember.objects.sent_by(agency))

    there = [each.pk for each in people]
    refuse_if(objection_to_ending_agency(agency, reason=reason, seen=seen, there=there))

    for each in people:
        end_external(each, reason=reason, by=by)
    agency.ended_at, agency.ended_because = now(), reason.strip()[:500]
    agency.version += 1
    agency.save()
    details = {"people": [f"{each.name}, {each.activity.number}" for each in people]}
    record(by, "agency.ended", agency, reason=reason, details=details)
    announce(AgencyEnded(agency.pk))
    return agency


def _objection(facts: AgencyFacts, twin: Agency | None) -> Objection | None:
    return objection_to_agency(
        facts.name, twin, active_from=facts.active_from, active_until=facts.active_until
    )

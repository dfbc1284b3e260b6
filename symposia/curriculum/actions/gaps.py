from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.models import User
from symposia.audit.actions import record
from symposia.curriculum.events import GapClosed, GapRecorded
from symposia.curriculum.models import (
    Gap,
    GapEvidence,
    GapState,
    Guideline,
    Survey,
)
from symposia.curriculum.policies.gaps import (
    objection_to_changing_gap,
    objection_to_closing_gap,
    objection_to_reopening_gap,
)
from symposia.curriculum.policies.objectives import objection_to_citing
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting, put_values
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class GapFacts:
    """What somebody says about a gap."""

    title: str
    statement: str
    need_type: str
    population: str
    measure: str = ""
    baseline: str = ""
    target: str = ""


@dataclass(frozen=True)
class EvidenceFacts:
    """Where it is written that a gap exists."""

    kind: str
    citation: str
    figure: str = ""
    address: str = ""
    found_on: date | None = None
    guideline: Guideline | None = None
    survey: Survey | None = None

    def values(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}


@transaction.atomic
def record_gap(facts: GapFacts, *, by: Actor, owner: User | None = None) -> Gap:
    """Write down a gap between practice and what it should be."""
    at = now()

    gap = Gap.objects.create(
        number=next_numbers("GAP", year=at.year)[0],
        owner=owner,
        created_at=at,
        changed_at=at,
        **asdict(facts),
    )
    record(by, "gap.recorded", gap)
    announce(GapRecorded(gap.pk))
    return gap


@transaction.atomic
def change_gap(gap: Gap, facts: GapFacts, *, seen_version: int, by: Actor) -> Gap:
    """Correct what is said about a gap, unless somebody else did so meanwhile."""
    gap = Gap.objects.locked(gap.pk)

    refuse_if(objection_to_changing_gap(gap))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=gap.version))

    changes = put_values(gap, asdict(facts))
    if not changes:
        return gap
    gap.changed_at = now()
    gap.save()
    record(by, "gap.changed", gap, details={"changes": changes})
    return gap


@transaction.atomic
def add_evidence(gap: Gap, facts: EvidenceFacts, *, by: Actor) -> GapEvidence:
    """Say where it is written that the gap exists, or that it no longer does."""
    gap = Gap.objects.locked(gap.pk)

    refuse_if(objection_to_changing_gap(gap))
    if facts.guideline:
        refuse_if(objection_to_citing(Guideline.objects.get(pk=facts.guideline.pk)))

    evidence = GapEvidence.objects.create(gap=gap, added_at=now(), **facts.values())
    record(
        by,
        "gap.evidence_added",
        gap,
        details={"evidence": evidence.pk, "kind": facts.kind, "citation": facts.citation},
    )
    return evidence


@transaction.atomic
def remove_evidence(evidence: GapEvidence, *, by: Actor, reason: str = "") -> None:
    """Take back a piece of evidence that was entered by mistake."""
    gap = Gap.objects.locked(evidence.gap_id)

    refuse_if(objection_to_changing_gap(gap))

    details = {"evidence": evidence.pk, "kind": evidence.kind, "citation": evidence.citation}
    evidence.delete()
    record(by, "gap.evidence_removed", gap, reason=reason, details=details)


@transaction.atomic
def address_gap(gap: Gap, *, by: Actor, reason: str) -> None:
    """Note that an approved activity now works on the gap; once is enough."""
    gap = Gap.objects.locked(gap.pk)

    if gap.state == GapState.OPEN:
        gap.move(GapState.ADDRESSED, changed_at=now())
        record(by, "gap.addressed", gap, reason=reason)


@transaction.atomic
def close_gap(gap: Gap, *, reason: str, by: Actor) -> Gap:
    """End a gap, because evidence shows that practice is now as it should be."""
    gap = Gap.objects.locked(gap.pk)

    refuse_if(objection_to_closing_gap(gap, pieces_of_evidence=gap.evidence.count()))

    gap.move(GapState.CLOSED, changed_at=now())
    record(by, "gap.closed", gap, reason=reason)
    announce(GapClosed(gap.pk))
    return gap


@transaction.atomic
def reopen_gap(gap: Gap, *, reason: str, by: Actor) -> Gap:
    """Take up a closed gap again."""
    gap = Gap.objects.locked(gap.pk)

    refuse_if(objection_to_reopening_gap(gap))

    gap.move(GapState.OPEN, changed_at=now())
    record(by, "gap.reopened", gap, reason=reason)
    return gap

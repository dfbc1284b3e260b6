import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import local_day
from symposia.activities.control import (
    InControl,
    Matter,
    contributor_acting,
    in_control_of,
    latest_disclosure,
    standing_of,
    statements_of,
)
from symposia.activities.disclosing import (
    NOT_THEIRS,
    objection_to_deciding_of,
    objection_to_disclosure,
    objection_to_mitigating,
    objection_to_relevance,
    objection_to_telling,
)
from symposia.activities.events import ActivityChanged, DisclosureGiven
from symposia.activities.models import (
    Activity,
    Contributor,
    Disclosure,
    DisclosureStatement,
    Mitigation,
    Relationship,
    RelevanceDecision,
)
from symposia.activities.rule_facts import said_to_learners
from symposia.activities.standards.reading import period_on, titles
from symposia.audit.actions import record
from symposia.curriculum.periods import months_later
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import needed, refuse_if


@dataclass(frozen=True)
class DeclaredRelationship:
    """One relationship as somebody says it: who, what kind, and whether it ended."""

    company: str
    nature: str
    ended_on: date | None = None


@dataclass(frozen=True)
class DisclosureFacts:
    """What a person declares of the months before: nothing, or each relationship."""

    nothing: bool
    relationships: Sequence[DeclaredRelationship] = ()
    attested: bool = False
    given_by: str = "link"


@transaction.atomic
def give_disclosure(contributor: Contributor, facts: DisclosureFacts, *, by: Actor) -> Disclosure:
    """Keep what a person declares, for every activity; it takes the place of the one before."""
    contributor = Contributor.objects.locked(contributor.pk)
    today = local_day()
    rows = [
        Relationship(company=" ".join(r.company.split()), nature=r.nature, ended_on=r.ended_on)
        for r in facts.relationships
    ]

    refuse_if(objection_to_disclosure(facts.nothing, rows, attested=facts.attested, today=today))

    period = period_on(today)
    last = latest_disclosure(contributor)
    disclosure = Disclosure.objects.create(
        contributor=contributor,
        number=last.number + 1 if last else 1,
        looks_back_to=months_later(today, -period.look_back_months),
        expires_on=months_later(today, period.renew_after_months),
        nothing=facts.nothing,
        given_by=facts.given_by,
        by_name=by.name,
    )
    for row in rows:
        row.disclosure = disclosure
        row.save()
    details = {"number": disclosure.number, "relationships": len(rows), "by": facts.given_by}
    record(by, "disclosure.given", disclosure, details=details)
    announce(DisclosureGiven(contributor.pk, disclosure.number))
    return disclosure


@dataclass(frozen=True)
class Judgement:
    """Whether one relationship is relevant in an activity, or which ground admits it, and why."""

    relationship: Relationship
    is_relevant: bool
    reason: str
    exception: str = ""


@transaction.atomic
def decide_relevance(
    activity: Activity, contributor: Contributor, said: Judgement, *, by: Actor
) -> RelevanceDecision:
    """Decide of one relationship of a person in an activity; a later decision takes its place."""
    activity = Activity.objects.locked(activity.pk)
    person, matter = _found(activity, contributor, said.relationship)
    own, today = contributor_acting(by), local_day()
    decider = standing_of(activity, own) if own else None

    refuse_if(objection_to_deciding_of(person, decider, matter=matter))
    refuse_if(
        objection_to_relevance(
            needed(matter, NOT_THEIRS),
            is_relevant=said.is_relevant,
            exception=said.exception,
            reason=said.reason,
            on=today,
        )
    )

    decision = RelevanceDecision.objects.create(
        activity=activity,
        contributor=contributor,
        company=said.relationship.company,
        nature=said.relationship.nature,
        is_relevant=said.is_relevant,
        exception=said.exception,
        title=dict(titles("exceptions", on=today)).get(said.exception, ""),
        reason=said.reason.strip(),
        at=now(),
        by_id=by.id,
        by_name=by.name,
    )
    details = {"name": contributor.name, "relevant": said.is_relevant, "exception": said.exception}
    record(by, "relevance.decided", decision, reason=decision.reason, details=details)
    announce(ActivityChanged(activity.pk, ("disclosures",)))
    return decision


@transaction.atomic
def mitigate_relationship(
    activity: Activity,
    contributor: Contributor,
    relationship: Relationship,
    *,
    step: str,
    by: Actor,
    note: str = "",
) -> Mitigation:
    """Note the step that was taken about a relevant relationship, before the role begins."""
    activity = Activity.objects.locked(activity.pk)
    found, matter = _found(activity, contributor, relationship)
    own, today = contributor_acting(by), local_day()
    decider = standing_of(activity, own) if own else None

    refuse_if(objection_to_deciding_of(found, decider, matter=matter))
    person, matter = needed(found, NOT_THEIRS), needed(matter, NOT_THEIRS)
    refuse_if(objection_to_mitigating(activity, person, matter, step=step, note=note, on=today))

    mitigation = Mitigation.objects.create(
        activity=activity,
        contributor=contributor,
        company=relationship.company,
        nature=relationship.nature,
        step=step,
        title=dict(titles("mitigations", on=today))[step],
        note=note.strip(),
        at=now(),
        by_id=by.id,
        by_name=by.name,
    )
    details = {"name": contributor.name, "step": step}
    record(by, "relationship.mitigated", mitigation, details=details)
    announce(ActivityChanged(activity.pk, ("disclosures",)))
    return mitigation


@transaction.atomic
def lock_statement(activity: Activity, *, by: Actor) -> DisclosureStatement | None:
    """Keep what learners are told as it is when an independent activity opens."""
    activity = Activity.objects.locked(activity.pk)
    if not activity.is_independent or statements_of(activity):
        return None
    return _tell(activity, _text(activity), 1, by=by)


@transaction.atomic
def tell_learners_again(activity: Activity, *, by: Actor) -> DisclosureStatement:
    """Replace what learners are told, because it is no longer true; what was shown stays."""
    activity = Activity.objects.locked(activity.pk)
    said = statements_of(activity)
    last = said[0] if said else None
    people = in_control_of(activity)
    text = _text(activity)

    refuse_if(objection_to_telling(activity, text, last, people))

    return _tell(activity, text, len(said) + 1, by=by)


def _text(activity: Activity) -> str:
    return said_to_learners(activity, in_control_of(activity))


def _tell(activity: Activity, text: str, number: int, *, by: Actor) -> DisclosureStatement:
    statement = DisclosureStatement.objects.create(
        activity=activity,
        number=number,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        by_name=by.name,
    )
    details = {"number": number, "sha256": statement.sha256}
    record(by, "statement.locked", statement, details=details)
    return statement


def _found(
    activity: Activity, contributor: Contributor, relationship: Relationship
) -> tuple[InControl | None, Matter | None]:
    """The person as they stand in the activity, and the relationship among theirs."""
    person = next((p for p in in_control_of(activity) if p.contributor_id == contributor.pk), None)
    matters = person.matters if person else []
    return person, next((m for m in matters if m.relationship.pk == relationship.pk), None)

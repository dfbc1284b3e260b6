"""What the people of an activity declared, and what was decided of it there: rows, no verdict."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from symposia.activities.models import (
    Activity,
    Contributor,
    Disclosure,
    Mitigation,
    Relationship,
    RelevanceDecision,
    SessionFaculty,
    TeamMember,
)
from symposia.activities.reading import Batch, read_together, rows_of


@dataclass(frozen=True)
class Declared:
    """The latest disclosures of some people, and what one activity decided of them."""

    disclosures: Sequence[Disclosure]
    relationships: Sequence[Relationship]
    decisions: Sequence[RelevanceDecision]
    mitigations: Sequence[Mitigation]


def contributor_rows(activity_id: uuid.UUID) -> QuerySet[Contributor]:
    """Everybody meant by the team and the faculty: themselves, by the directory, or by name."""
    faculty = SessionFaculty.objects.filter(session__activity=activity_id)
    listed = faculty.filter(clinician__isnull=False).values("clinician")
    named = faculty.filter(clinician=None).values("name")
    team = TeamMember.objects.filter(activity=activity_id).values("contributor")
    meant = team.union(
        Contributor.objects.filter(clinician__in=listed).values("pk"),
        Contributor.objects.filter(clinician=None, user=None, name__in=named).values("pk"),
    )
    return Contributor.objects.filter(pk__in=meant).order_by("pk")


def disclosure_rows(activity_id: uuid.UUID) -> QuerySet[Disclosure]:
    """What each of them disclosed last."""
    rows = Disclosure.objects.last_of_each().select_related("contributor")
    return rows.filter(contributor__in=contributor_rows(activity_id).order_by().values("pk"))


def relationship_rows(activity_id: uuid.UUID) -> QuerySet[Relationship]:
    """The relationships of these disclosures, by company."""
    last = disclosure_rows(activity_id).select_related(None).values("pk")
    return Relationship.objects.filter(disclosure__in=last).order_by("company", "nature")


def decision_rows(activity_id: uuid.UUID) -> QuerySet[RelevanceDecision]:
    return RelevanceDecision.objects.filter(activity=activity_id).order_by("at", "pk")


def mitigation_rows(activity_id: uuid.UUID) -> QuerySet[Mitigation]:
    return Mitigation.objects.filter(activity=activity_id).order_by("at", "pk")


def activities_controlled_by(contributor: Contributor) -> QuerySet[Activity]:
    """Where a person has a content role: of the team, or by the sessions they teach in."""
    team = TeamMember.objects.filter(contributor=contributor).values("activity")
    taught = SessionFaculty.objects.filter(
        Q(clinician=contributor.clinician_id, clinician__isnull=False)
        | Q(clinician=None, name=contributor.name)
    )
    return Activity.objects.filter(Q(pk__in=team) | Q(pk__in=taught.values("session__activity")))


def declared_for(activity: Activity) -> Declared:
    """What everybody in control of an activity declared."""
    return Declared(
        rows_of(activity.pk, disclosure_rows),
        rows_of(activity.pk, relationship_rows),
        rows_of(activity.pk, decision_rows),
        rows_of(activity.pk, mitigation_rows),
    )


def declared_by(contributor: Contributor, activity: Activity) -> Declared:
    """What one person declared, whether they have a role in the activity or not."""
    last = list(Disclosure.objects.of(contributor).select_related("contributor")[:1])
    related = Relationship.objects.filter(disclosure__in=last).order_by("company", "nature")
    return Declared(
        last,
        list(related),
        list(decision_rows(activity.pk).filter(contributor=contributor)),
        list(mitigation_rows(activity.pk).filter(contributor=contributor)),
    )


def register_declared() -> None:
    """Let all of it come with the other rows of the rail."""
    read_together(
        Batch.RAIL,
        *(contributor_rows, disclosure_rows, relationship_rows, decision_rows, mitigation_rows),
    )

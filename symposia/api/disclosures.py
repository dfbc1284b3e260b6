"""Disclosures of people, and how it stands with everybody in control of an activity's content."""

import uuid
from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.actions.disclosures import (
    DeclaredRelationship,
    DisclosureFacts,
    Judgement,
    decide_relevance,
    give_disclosure,
    mitigate_relationship,
    tell_learners_again,
)
from symposia.activities.actions.exemptions import end_exemption, exempt_from_disclosure
from symposia.activities.actions.team import add_team_member, change_contributor_address
from symposia.activities.control import InControl, in_control_of
from symposia.activities.disclosure_lists import CONTRIBUTORS
from symposia.activities.models import Activity, Contributor, GivenBy, Relationship, TeamRole
from symposia.api.fields import Email
from symposia.api.gates import allowed
from symposia.api.lists import list_route

router = Router(tags=["disclosures"])
list_route(router, CONTRIBUTORS, "/contributors")


class Address(Schema):
    """Where somebody is written to."""

    email: Email


class AddressOut(Schema):
    id: uuid.UUID
    name: str
    email: str


class NewRelationship(Schema):
    """A company by name, the code of the nature, and when it ended."""

    company: str = Field(min_length=1, max_length=200)
    nature: str = Field(min_length=1, max_length=20)
    ended_on: date | None = None


class NewDisclosure(Schema):
    """What somebody said aloud, after the definition and the months were explained to them."""

    nothing: bool
    relationships: list[NewRelationship] = Field(default_factory=list, max_length=100)
    attested: bool


class DisclosureOut(Schema):
    number: int
    looks_back_to: date
    expires_on: date
    nothing: bool


class Relevance(Schema):
    """Whether it is related to what the person controls; or the code of an exception."""

    relevant: bool
    exception: str = Field("", max_length=20)
    reason: str = Field(min_length=1, max_length=2000)


class Step(Schema):
    """The code of the step that was taken."""

    step: str = Field(min_length=1, max_length=20)
    note: str = Field("", max_length=2000)


class Exemption(Schema):
    """The code of an exemption of the standard, and why it applies."""

    code: str = Field(min_length=1, max_length=20)
    reason: str = Field(min_length=1, max_length=2000)


class ExemptionOut(Schema):
    id: uuid.UUID
    code: str
    title: str
    reason: str
    at: datetime


class Why(Schema):
    """Why an exemption does not apply after all."""

    reason: str = Field(min_length=1, max_length=2000)


class ExemptionEndOut(Schema):
    exemption: uuid.UUID = Field(alias="exemption_id")
    reason: str
    at: datetime


class LearnerStatementOut(Schema):
    """What learners are told, with the hash of its text."""

    number: int
    text: str
    sha256: str


class Joining(Schema):
    """Who joins the team of an activity, in which content role."""

    contributor: uuid.UUID
    role: TeamRole


class MatterOut(Schema):
    relationship: uuid.UUID
    company: str
    nature: str
    condition: str
    mitigated_by: str


class StandingOut(Schema):
    """One person in control of the content."""

    name: str
    contributor: uuid.UUID | None
    roles: list[str]
    condition: str
    relationships: list[MatterOut]


@router.post(
    "/contributors/{uuid:pk}/disclosures",
    response={201: DisclosureOut},
    operation_id="give_disclosure",
)
@allowed(Permission.PLAN_ACTIVITIES)
def disclose(request: Any, pk: uuid.UUID, body: NewDisclosure) -> Any:
    """Write down a spoken disclosure."""
    person = get_object_or_404(Contributor.objects.visible_to(request.access), pk=pk)
    said = [
        DeclaredRelationship(each.company, each.nature, each.ended_on)
        for each in body.relationships
    ]
    facts = DisclosureFacts(body.nothing, said, body.attested, GivenBy.SPOKEN)
    return give_disclosure(person, facts, by=request.actor)


@router.put(
    "/contributors/{uuid:pk}/address",
    response=AddressOut,
    operation_id="change_contributor_address",
)
@allowed(Permission.PLAN_ACTIVITIES)
def address(request: Any, pk: uuid.UUID, body: Address) -> Contributor:
    """Say where somebody who controls content is written to."""
    found = get_object_or_404(Contributor.objects.visible_to(request.access), pk=pk)
    return change_contributor_address(found, body.email, by=request.actor)


@router.get(
    "/activities/{uuid:pk}", response=list[StandingOut], operation_id="disclosures_of_activity"
)
@allowed(Permission.VIEW_PEOPLE_OF_ACTIVITY)
def standings(request: Any, pk: uuid.UUID) -> list[dict[str, Any]]:
    """Everybody in control of the content of an activity."""
    activity = _activity(request, pk, Permission.VIEW_PEOPLE_OF_ACTIVITY)
    return [_out(person) for person in in_control_of(activity)]


@router.post(
    "/activities/{uuid:pk}/relationships/{uuid:relationship_pk}/relevance",
    response=list[StandingOut],
    operation_id="decide_relevance",
)
@allowed(Permission.PLAN_ACTIVITIES)
def relevance(
    request: Any, pk: uuid.UUID, relationship_pk: uuid.UUID, body: Relevance
) -> list[dict[str, Any]]:
    """Decide whether a relationship is relevant in an activity."""
    activity = _activity(request, pk, Permission.PLAN_ACTIVITIES)
    row = _relationship(relationship_pk)
    said = Judgement(row, body.relevant, body.reason, body.exception)
    decide_relevance(activity, row.disclosure.contributor, said, by=request.actor)
    return [_out(person) for person in in_control_of(activity)]


@router.post(
    "/activities/{uuid:pk}/relationships/{uuid:relationship_pk}/mitigation",
    response=list[StandingOut],
    operation_id="mitigate_relationship",
)
@allowed(Permission.PLAN_ACTIVITIES)
def mitigation(
    request: Any, pk: uuid.UUID, relationship_pk: uuid.UUID, body: Step
) -> list[dict[str, Any]]:
    """Note the step that was taken about a relevant relationship."""
    activity = _activity(request, pk, Permission.PLAN_ACTIVITIES)
    row = _relationship(relationship_pk)
    mitigate_relationship(
        activity,
        row.disclosure.contributor,
        row,
        step=body.step,
        note=body.note,
        by=request.actor,
    )
    return [_out(person) for person in in_control_of(activity)]


@router.post(
    "/activities/{uuid:pk}/exemption",
    response={201: ExemptionOut},
    operation_id="exempt_from_disclosure",
)
@allowed(Permission.PLAN_ACTIVITIES)
def exempt(request: Any, pk: uuid.UUID, body: Exemption) -> Any:
    """State that the standard itself asks for no disclosures in an activity."""
    activity = _activity(request, pk, Permission.PLAN_ACTIVITIES)
    return exempt_from_disclosure(activity, code=body.code, reason=body.reason, by=request.actor)


@router.post(
    "/activities/{uuid:pk}/exemption/ending",
    response={201: ExemptionEndOut},
    operation_id="end_exemption",
)
@allowed(Permission.PLAN_ACTIVITIES)
def exemption_end(request: Any, pk: uuid.UUID, body: Why) -> Any:
    """Take an exemption back, with the reason."""
    activity = _activity(request, pk, Permission.PLAN_ACTIVITIES)
    return end_exemption(activity, reason=body.reason, by=request.actor)


@router.post(
    "/activities/{uuid:pk}/statements",
    response={201: LearnerStatementOut},
    operation_id="tell_learners_again",
)
@allowed(Permission.PLAN_ACTIVITIES)
def statement(request: Any, pk: uuid.UUID) -> Any:
    """Tell learners what is true now, in the place of what was locked."""
    activity = _activity(request, pk, Permission.PLAN_ACTIVITIES)
    return tell_learners_again(activity, by=request.actor)


@router.post(
    "/activities/{uuid:pk}/members",
    response={201: list[StandingOut]},
    operation_id="add_team_member",
)
@allowed(Permission.PLAN_ACTIVITIES)
def join(request: Any, pk: uuid.UUID, body: Joining) -> list[dict[str, Any]]:
    """Give somebody a content role in a whole activity."""
    activity = _activity(request, pk, Permission.PLAN_ACTIVITIES)
    person = get_object_or_404(Contributor.objects.visible_to(request.access), pk=body.contributor)
    add_team_member(activity, person, role=body.role, by=request.actor)
    return [_out(each) for each in in_control_of(activity)]


def _activity(request: Any, pk: uuid.UUID, permission: Permission) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.access, permission), pk=pk)


def _relationship(pk: uuid.UUID) -> Relationship:
    rows = Relationship.objects.select_related("disclosure__contributor")
    return get_object_or_404(rows, pk=pk)


def _out(person: InControl) -> dict[str, Any]:
    return {
        "name": person.name,
        "contributor": person.contributor_id,
        "roles": [str(role) for role in person.roles],
        "condition": person.condition,
        "relationships": [
            {
                "relationship": matter.relationship.pk,
                "company": matter.relationship.company,
                "nature": matter.relationship.nature,
                "condition": matter.condition,
                "mitigated_by": matter.mitigation.step if matter.mitigation else "",
            }
            for matter in person.matters
        ],
    }

import uuid

from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.approvals.actions import (
    DEFAULT_STEPS,
    DecisionFacts,
    decide_request,
    open_request,
    set_route,
)
from symposia.approvals.models import Route
from symposia.approvals.policies import seat_for
from symposia.approvals.queries import lent_to, steps_decided
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.ids import uuid7
from tests.factories.accounts import member

FROZEN = {"title": "Acute stroke update", "venue": "Hotel Raigad View", "doctors": 12}
ROLES = ("compliance_officer", "finance_officer", "publisher")


def submitted(organisation, *, by=None, frozen=FROZEN, subject_id=None, **more):
    """A request that waits for its first signature, asked for by a coordinator."""
    if Route.objects.current("meeting") is None:
        set_route("meeting", name="Meeting", steps=DEFAULT_STEPS, by=SYSTEM)
    return open_request(
        subject_type="meeting",
        subject_id=subject_id or uuid7(),
        title="Acute stroke update",
        frozen=frozen,
        by=by or member(organisation, "coordinator").actor(),
        **more,
    )


def access(user, organisation):
    """What a member may do here now."""
    return access_of(user, organisation, at=user.created_at)


def seen_by(request, reach):
    """What the page of a request shows to somebody: its hash, and the step they would sign."""
    seat = seat_for(request, steps_decided(request), access=reach, lent=lent_to(reach, at=now()))
    place = seat.place if seat else request.current_step
    return {"seen_hash": request.frozen_hash, "seen_step": place}


def sign(request, user, organisation, verdict="approve", **other):
    """One decision of a member, as the page hands it to the action."""
    reach = access(user, organisation)
    facts = {"reason": "Read and found in order.", "factor": "totp"}
    said = DecisionFacts(verdict, **{**facts, **seen_by(request, reach), **other})
    return decide_request(request, said, access=reach, by=user.actor())


def approved(organisation, request=None):
    """A request with all three signatures of the default route."""
    request = request or submitted(organisation)
    for role in ROLES:
        sign(request, member(organisation, role), organisation)
        request.refresh_from_db()
    return request


def stranger() -> Actor:
    return Actor("person", uuid.uuid4(), "Somebody Else")

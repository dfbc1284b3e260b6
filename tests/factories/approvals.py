import uuid

from symposia.accounts.queries import access_of
from symposia.approvals.actions import DEFAULT_STEPS, decide_request, open_request, set_route
from symposia.approvals.models import Route
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


def sign(request, user, organisation, verdict="approve", **other):
    """One decision of a member, as the page hands it to the action."""
    facts = {"reason": "Read and found in order.", "factor": "totp"} | other
    return decide_request(
        request, verdict=verdict, access=access(user, organisation), by=user.actor(), **facts
    )


def approved(organisation, request=None):
    """A request with all three signatures of the default route."""
    request = request or submitted(organisation)
    for role in ROLES:
        sign(request, member(organisation, role), organisation)
        request.refresh_from_db()
    return request


def stranger() -> Actor:
    return Actor("person", uuid.uuid4(), "Somebody Else")

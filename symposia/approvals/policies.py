import uuid
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.approvals.models import ApprovalRequest, Decision, Route, State
from symposia.shared.refusals import Objection

NO_ROUTE = Objection(
    "no_route", _("No route of approval is set up for this. Ask the administrator.")
)
ALREADY_OPEN = Objection("already_open", _("This already waits for approval as %(number)s."))
NOTHING_CHANGED = Objection(
    "nothing_changed",
    _("Nothing changed since %(number)s was returned. Change what was asked for, then submit."),
)
NOT_OPEN = Objection("request_not_open", _("This request is closed: %(state)s."))
CHANGED = Objection(
    "changed_while_open",
    _("The request changed while you read it. Signing waits until you have seen what it is now."),
)
NOT_YOUR_STEP = Objection("not_your_step", _("This step is decided by another role: %(role)s."))
OUT_OF_REACH = Objection(
    "out_of_reach", _("Your role to decide is limited to something else. Another person decides.")
)
OWN_REQUEST = Objection(
    "own_request", _("You prepared this, so you cannot approve it. Another person decides.")
)
DECIDED_BEFORE = Objection(
    "decided_before", _("You signed an earlier step. Another person signs this one.")
)
NEEDS_FACTOR = Objection(
    "needs_factor",
    _("This signature asks for a second factor used within the last five minutes."),
)
NEEDS_REASON = Objection("needs_reason", _("Write the reason; it stays in the record."))


def objection_to_opening(
    route: Route | None, living: ApprovalRequest | None, new_hash: str
) -> Objection | None:
    if route is None:
        return NO_ROUTE
    if living is None:
        return None
    if living.is_open:
        return ALREADY_OPEN.about(number=living.number)
    if living.frozen_hash == new_hash:
        return NOTHING_CHANGED.about(number=living.number)
    return None


def objection_to_person(
    request: ApprovalRequest,
    signed: Collection[Decision],
    *,
    access: Access,
    person_id: uuid.UUID | None,
) -> Objection | None:
    """Whether this person may give the signature that the request waits for."""
    if not request.is_open:
        return NOT_OPEN.about(state=State(request.state).label)
    if objection := _objection_to_reach(request, access):
        return objection
    if {person_id, access.user_id} & set(request.involved):
        return OWN_REQUEST
    if any(decision.decided_by_id == access.user_id for decision in signed):
        return DECIDED_BEFORE
    return None


def _objection_to_reach(request: ApprovalRequest, access: Access) -> Objection | None:
    role, deciding = request.step.role, Permission.DECIDE_APPROVALS
    if role not in access.roles_with(deciding):
        return NOT_YOUR_STEP.about(role=role.replace("_", " "))
    reaches = role in access.roles_with(deciding, request.subject_id)
    return None if reaches else OUT_OF_REACH


def objection_to_unseen(
    request: ApprovalRequest, *, seen_hash: str, seen_step: int
) -> Objection | None:
    """Nobody signs what they have not seen: another version, or another step by now."""
    same = request.frozen_hash == seen_hash and request.current_step == seen_step
    return None if same else CHANGED


def objection_to_signature(
    request: ApprovalRequest, *, reason: str, factor: str
) -> Objection | None:
    """Whether what was handed in makes a valid signature of this step."""
    if not reason.strip():
        return NEEDS_REASON
    if request.step.needs_factor and not factor:
        return NEEDS_FACTOR
    return None


def objection_to_withdrawing(request: ApprovalRequest) -> Objection | None:
    if request.can_move(State.WITHDRAWN):
        return None
    return NOT_OPEN.about(state=State(request.state).label)

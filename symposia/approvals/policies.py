import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.approvals.models import (
    ApprovalRequest,
    Decision,
    Delegation,
    Risk,
    Route,
    State,
    Step,
)
from symposia.approvals.queries import Lent, kind_of
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
GIVERS_REQUEST = Objection(
    "givers_request",
    _("Whoever you sign for prepared this, so you cannot approve it in their place."),
)
GIVER_DECIDED_BEFORE = Objection(
    "giver_decided_before",
    _("Whoever you sign for signed an earlier step. Another person signs this one."),
)
NEEDS_FACTOR = Objection(
    "needs_factor",
    _("This signature asks for a second factor used within the last five minutes."),
)
NEEDS_REASON = Objection("needs_reason", _("Write the reason; it stays in the record."))
NO_SURE_STEP = Objection(
    "no_sure_step", _("At least one step must be asked for whatever the facts are.")
)
SAME_NAME = Objection("same_step_name", _("Two steps have the same name. Name them apart."))
RESTS_ON_NOTHING = Objection(
    "rests_on_nothing", _("%(step)s builds on %(on)s, which is no earlier step of this route.")
)
NOBODY_ANSWERS = Objection(
    "nobody_answers",
    _(
        "Nobody answers for %(facts)s: they could change after the approval without being asked"
        " again. Let a step without conditions answer for them, or for everything."
    ),
)
NEEDS_STANDARD = Objection(
    "needs_standard_route",
    _("One route of this kind must have no conditions, so that every subject finds its way."),
)
ROUTE_ENDED = Objection("route_ended", _("This version is not in force any more."))
NOT_YOURS_TO_LEND = Objection(
    "not_yours_to_lend", _("You can only delegate what you decide with yourself.")
)
NOT_A_DECIDER = Objection(
    "not_a_decider", _("Only somebody who decides approvals can stand in. Choose a colleague.")
)
TO_ONESELF = Objection("delegated_to_oneself", _("Choose somebody else to stand in."))
NOT_SOME_DAYS = Objection(
    "not_some_days",
    _("The last day must not lie before the first or in the past, and at most %(days)s days on."),
)
DELEGATION_ENDED = Objection("delegation_ended", _("This delegation has ended."))
NOT_TOGETHER = Objection(
    "not_together",
    _("Only requests of low risk that the same rules looked at are decided together."),
)
LONGEST = timedelta(days=180)


def objection_to_opening(
    route: Route | None, living: ApprovalRequest | None, new_hash: str
) -> Objection | None:
    """A subject asks once at a time, by a route, and with something new."""
    if route is None:
        return NO_ROUTE
    if living is None:
        return None
    if living.is_open:
        return ALREADY_OPEN.about(number=living.number)
    if living.frozen_hash == new_hash:
        return NOTHING_CHANGED.about(number=living.number)
    return None


@dataclass(frozen=True)
class Seat:
    """A waiting step that a person may sign by role, their own or one lent to them."""

    place: int
    role: str
    lent: Lent | None = None

    @property
    def giver_id(self) -> uuid.UUID | None:
        return self.lent.giver_id if self.lent else None


def seats_of(
    request: ApprovalRequest, *, access: Access, lent: Collection[Lent] = ()
) -> list[Seat]:
    """The waiting steps this person's roles reach; one's own roles before lent ones."""
    holders: list[tuple[Access, Lent | None]] = [(access, None)]
    holders += [(each.access, each) for each in lent]
    return [
        Seat(place, role, by_whom)
        for held, by_whom in holders
        for place in request.waiting_steps
        for role in request.roles_at(place)
        if role in held.roles_with(Permission.DECIDE_APPROVALS, request.scopes)
    ]


def seat_for(
    request: ApprovalRequest,
    signed: Collection[Decision],
    *,
    access: Access,
    lent: Collection[Lent] = (),
) -> Seat | None:
    """The step this person would sign now: the first without an objection, else the first."""
    seats = seats_of(request, access=access, lent=lent)
    free = (seat for seat in seats if not _objection_to_seat(seat, request, signed, access))
    return next(free, None) or next(iter(seats), None)


def objection_to_person(
    request: ApprovalRequest,
    signed: Collection[Decision],
    *,
    access: Access,
    person_id: uuid.UUID | None,
    lent: Collection[Lent] = (),
    names: Mapping[str, str] | None = None,
) -> Objection | None:
    """Whether this person may give a signature that the request waits for; `names` are what the
    organisation calls its roles."""
    if not request.is_open:
        return NOT_OPEN.about(state=State(request.state).label)
    seat = seat_for(request, signed, access=access, lent=lent)
    if seat is None:
        return _objection_to_reach(request, access, names or {})
    if person_id in request.involved:
        return OWN_REQUEST
    return _objection_to_seat(seat, request, signed, access)


def _objection_to_seat(
    seat: Seat, request: ApprovalRequest, signed: Collection[Decision], access: Access
) -> Objection | None:
    """Nobody signs what they prepared, nor twice; a delegation is no way around either."""
    involved = set(request.involved)
    if access.user_id in involved:
        return OWN_REQUEST
    if seat.giver_id in involved:
        return GIVERS_REQUEST
    before = {person for each in signed for person in (each.decided_by_id, each.on_behalf_of_id)}
    if access.user_id in before:
        return DECIDED_BEFORE
    return GIVER_DECIDED_BEFORE if seat.giver_id and seat.giver_id in before else None


def _objection_to_reach(
    request: ApprovalRequest, access: Access, names: Mapping[str, str]
) -> Objection:
    waiting = [role for place in request.waiting_steps for role in request.roles_at(place)]
    if access.roles_with(Permission.DECIDE_APPROVALS) & set(waiting):
        return OUT_OF_REACH
    return NOT_YOUR_STEP.about(role=", ".join(names.get(role, role) for role in waiting))


def objection_to_unseen(
    request: ApprovalRequest, *, seen_hash: str, seen_step: int
) -> Objection | None:
    """Nobody signs what they have not seen: another version, or another step by now."""
    same = request.frozen_hash == seen_hash and seen_step in request.waiting_steps
    return None if same else CHANGED


def objection_to_signature(step: Step, *, reason: str, factor: str) -> Objection | None:
    """Whether what was handed in makes a valid signature of a step."""
    if not reason.strip():
        return NEEDS_REASON
    if step.needs_factor and not factor:
        return NEEDS_FACTOR
    return None


def objection_to_withdrawing(request: ApprovalRequest) -> Objection | None:
    """Only what still waits, or was returned, is taken back."""
    if request.can_move(State.WITHDRAWN):
        return None
    return NOT_OPEN.about(state=State(request.state).label)


def objection_to_route(
    steps: Collection[Step],
    *,
    taken_if: Collection[Any],
    others: Collection[Route],
    facts: Collection[str] = (),
) -> Objection | None:
    """Whether these steps make a route that every subject it takes can walk to its end.

    `facts` are those of the subject that must not change behind the back of whoever signs.
    """
    names = [step.name for step in steps]
    if not names or all(step.only_if for step in steps):
        return NO_SURE_STEP
    if len(set(names)) < len(names):
        return SAME_NAME
    for place, step in enumerate(steps):
        unknown = set(step.rests_on) - set(names[:place])
        if unknown:
            return RESTS_ON_NOTHING.about(step=step.name, on=", ".join(sorted(unknown)))
    if taken_if and not any(not route.taken_if for route in others):
        return NEEDS_STANDARD
    unanswered = _unanswered(steps, facts)
    return NOBODY_ANSWERS.about(facts=", ".join(unanswered)) if unanswered else None


def _unanswered(steps: Collection[Step], facts: Collection[str]) -> list[str]:
    """The facts that no step covers whatever the circumstances; none named means all of them."""
    sure = [step.covers for step in steps if not step.only_if]
    if any(not covered for covered in sure):
        return []
    return sorted(set(facts).difference(*sure))


def objection_to_ending_route(route: Route, others: Collection[Route]) -> Objection | None:
    """Something must remain that takes every subject."""
    if route.ended_at:
        return ROUTE_ENDED
    return None if any(not each.taken_if for each in others) else NEEDS_STANDARD


def objection_to_delegating(
    access: Access, theirs: Access | None, *, role: str, days: tuple[date, date, date]
) -> Objection | None:
    """Nobody lends what they do not hold, nor to somebody who does not decide."""
    mine = access.roles_with(Permission.DECIDE_APPROVALS)
    starts_on, ends_on, today = days
    if access.only is not None or not mine or (role and role not in mine):
        return NOT_YOURS_TO_LEND
    if theirs is None or not theirs.holds(Permission.DECIDE_APPROVALS):
        return NOT_A_DECIDER
    if theirs.user_id == access.user_id:
        return TO_ONESELF
    if ends_on < starts_on or ends_on < today or ends_on - starts_on > LONGEST:
        return NOT_SOME_DAYS.about(days=LONGEST.days)
    return None


def objection_to_ending_delegation(delegation: Delegation, access: Access) -> Objection | None:
    """Whoever lent or borrowed a signature ends it, once."""
    if delegation.ended_at:
        return DELEGATION_ENDED
    is_theirs = access.user_id in {delegation.giver_id, delegation.delegate_id}
    return None if is_theirs or access.everywhere(Permission.MANAGE_RULES) else NOT_YOURS_TO_LEND


def objection_to_together(requests: Collection[ApprovalRequest]) -> Objection | None:
    """Only what is of low risk and was looked at by the same rules is decided together."""
    kinds = {kind_of(request) for request in requests}
    is_low = all(request.risk == Risk.LOW and request.rules_hash for request in requests)
    return None if is_low and len(kinds) == 1 else NOT_TOGETHER

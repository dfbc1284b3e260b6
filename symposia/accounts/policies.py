import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import (
    AccessChange,
    ChangeState,
    Grant,
    Membership,
    MembershipInvitation,
    SignInLink,
)
from symposia.accounts.permissions import Access, Permission
from symposia.shared.refusals import Objection

LINK_USED = Objection("link_used", _("This link was already used. Ask for a new one."))
LINK_EXPIRED = Objection("link_expired", _("This link is too old. Ask for a new one."))
INVITATION_GONE = Objection(
    "invitation_gone", _("This invitation was used, withdrawn or is too old.")
)
NOT_YOURS_TO_GIVE = Objection(
    "not_yours_to_give", _("A token cannot reach further than you do yourself.")
)
OWN_ROLES = Objection("own_roles", _("Nobody changes their own roles. Ask another administrator."))
NOT_WAITING = Objection("not_waiting", _("This role does not wait for a second administrator."))
NOT_A_SECOND = Objection(
    "not_a_second",
    _("Another administrator than the one who gave the role, and not its holder, agrees to it."),
)
NO_REASON = Objection(
    "role_reason", _("Write why the role is taken away; it stays in the journal.")
)
LAST_ADMINISTRATOR = Objection(
    "last_administrator",
    _("An organisation keeps at least one administrator whose role does not end by itself."),
)
ENDED_ALREADY = Objection("day_is_over", _("This day is over. Choose a later one, or none."))
TWO_REACHES = Objection("two_reaches", _("Choose a territory or an activity, not both."))
OWN_VIEW = Objection("own_view", _("You see your own screens already."))
WHY_SUPPORT = Objection(
    "why_support", _("Write why you look; the person is told, and it stays in the journal.")
)
NO_FACTOR = Objection(
    "support_needs_factor", _("This asks for a second factor used within the last five minutes.")
)
NOT_SO_LONG = Objection(
    "support_too_long", _("At most %(minutes)s minutes at a time. Begin anew where that is short.")
)
LONGEST_SUPPORT = 60
LEFT_ALREADY = Objection("left_already", _("This person does not work here any more."))
GRANT_GONE = Objection("grant_gone", _("This role is taken away already."))
ASKED_ALREADY = Objection(
    "asked_already", _("A change of this waits for a second administrator already.")
)
CHANGE_DECIDED = Objection("change_decided", _("This change does not wait any more."))
ASKED_BY_YOU = Objection(
    "asked_by_you",
    _(
        "Another administrator than the one who asked agrees to it; somebody from whom it is taken"
        " may."
    ),
)
NOT_YOURS_TO_DROP = Objection(
    "not_yours_to_drop",
    _("This is about yourself. Whoever asked for it, or another administrator, gives it up."),
)
NO_SUCCESSOR = Objection(
    "no_successor", _("Only somebody else who works here goes on with the work.")
)
WORK_UNKNOWN = Objection("work_unknown", _("There is no kind of open work called “%(kind)s”."))
STANDS_AGAINST = Objection(
    "stands_against_successor",
    _("Something stands against who goes on with it: %(what)s Name others, or say that it is so."),
)
NOT_A_MANAGER = Objection("not_a_manager", _("A manager is somebody else who works here."))
MANAGED_BY_OWN = Objection(
    "managed_by_own", _("This person reports to them already, directly or through others.")
)
NOT_A_MEMBER = Objection("not_a_member", _("Choose somebody who works here, and a role."))
WHY_LEFT = Objection("why_left", _("Write why the person leaves; it stays in the journal."))


def objection_to_using_link(link: SignInLink, *, at: datetime) -> Objection | None:
    """A link signs in once, and not for long."""
    if link.used_at:
        return LINK_USED
    if at >= link.expires_at:
        return LINK_EXPIRED
    return None


def objection_to_accepting(invitation: MembershipInvitation, *, at: datetime) -> Objection | None:
    """An invitation is accepted once, while it stands and the membership would not have ended."""
    gone = invitation.accepted_at or invitation.withdrawn_at or at >= invitation.expires_at
    over = invitation.valid_until is not None and at >= invitation.valid_until
    return INVITATION_GONE if gone or over else None


def objection_to_own_roles(
    person: uuid.UUID | None, *, by_id: uuid.UUID | None
) -> Objection | None:
    """Whoever manages access gives and takes roles of others alone."""
    return OWN_ROLES if person is not None and person == by_id else None


def objection_to_reach(territory: uuid.UUID | None, activity: uuid.UUID | None) -> Objection | None:
    """A role is limited to one territory or to one activity, if it is limited at all."""
    return TWO_REACHES if territory and activity else None


def objection_to_confirming(grant: Grant, *, by_id: uuid.UUID | None) -> Objection | None:
    """Four eyes: neither who gave a role that decides nor who holds it agrees to it."""
    if grant.waits_since is None:
        return NOT_WAITING
    if by_id is None or by_id in {grant.granted_by_id, grant.membership.user_id}:
        return NOT_A_SECOND
    return None


def objection_to_asking(waiting: bool) -> Objection | None:
    """Of one role, one change waits at a time."""
    return ASKED_ALREADY if waiting else None


def objection_to_agreeing(change: AccessChange, *, by_id: uuid.UUID | None) -> Objection | None:
    """Four eyes: whoever asked does not agree, nor whoever would hold a role for longer."""
    if change.state != ChangeState.WAITING:
        return CHANGE_DECIDED
    holder = set() if change.takes_away else {change.membership.user_id}
    return ASKED_BY_YOU if by_id is None or by_id in {change.asked_by_id, *holder} else None


def objection_to_dropping(change: AccessChange, *, by_id: uuid.UUID | None) -> Objection | None:
    """Somebody from whom something is taken may agree to it, and does not keep it by saying no."""
    if change.state != ChangeState.WAITING:
        return CHANGE_DECIDED
    is_holder = by_id is not None and by_id == change.membership.user_id
    return NOT_YOURS_TO_DROP if change.takes_away and is_holder else None


def objection_to_removing_grant(
    grant: Grant, administrators: Sequence[uuid.UUID], *, reason: str
) -> Objection | None:
    """`administrators` are the grants that let somebody administer the whole organisation and do
    not end by themselves."""
    if list(administrators) == [grant.pk]:
        return LAST_ADMINISTRATOR
    return None if reason.strip() else NO_REASON


def objection_to_term(until: datetime | None, *, at: datetime) -> Objection | None:
    """A role that is given for a time ends later than now."""
    return ENDED_ALREADY if until is not None and until <= at else None


def objection_to_shortening(
    grant: Grant, until: datetime | None, administrators: Sequence[uuid.UUID]
) -> Objection | None:
    """The last administrator's role gets no end."""
    ends = until is not None and list(administrators) == [grant.pk]
    return LAST_ADMINISTRATOR if ends else None


def objection_to_ending(
    membership: Membership,
    grants: Sequence[uuid.UUID],
    administrators: Sequence[uuid.UUID],
    *,
    reason: str,
) -> Objection | None:
    """`grants` are the member's own; somebody else has to administer what is left."""
    if membership.ended_at:
        return LEFT_ALREADY
    if administrators and set(administrators) <= set(grants):
        return LAST_ADMINISTRATOR
    return None if reason.strip() else WHY_LEFT


def objection_to_successor(
    successor: uuid.UUID | None, membership: Membership, works_here: bool
) -> Objection | None:
    """Nobody need be named; whoever is works here and stays."""
    if successor is None or (works_here and successor != membership.user_id):
        return None
    return NO_SUCCESSOR


def objection_to_kinds(kinds: Collection[str], known: Collection[str]) -> Objection | None:
    """Work is handed over by the kinds there are."""
    unknown = sorted(set(kinds) - set(known))
    return WORK_UNKNOWN.about(kind=unknown[0]) if unknown else None


def objection_to_conflicts(
    conflicts: Sequence[tuple[str, Objection]], *, in_spite: bool
) -> Objection | None:
    """What stands against a successor is read before it happens all the same."""
    if in_spite or not conflicts:
        return None
    kinds: dict[str, list[str]] = {}
    for label, objection in conflicts:
        kinds.setdefault(str(objection), []).append(label)
    said = " ".join(f"{', '.join(labels)}: {sentence}" for sentence, labels in kinds.items())
    return STANDS_AGAINST.about(what=said)


def line_above(
    start: uuid.UUID | None, lines: Mapping[uuid.UUID, uuid.UUID | None]
) -> set[uuid.UUID]:
    """A membership and everybody above it, by who reports to whom."""
    found: set[uuid.UUID] = set()
    while start is not None and start not in found:
        found.add(start)
        start = lines.get(start)
    return found


def objection_to_manager(
    membership: Membership, manager: Membership | None, above: Collection[uuid.UUID]
) -> Objection | None:
    """Lines of managers end somewhere; `above` are those to whom the manager reports."""
    if membership.ended_at:
        return LEFT_ALREADY
    if manager is None:
        return None
    if manager.ended_at or manager.pk == membership.pk:
        return NOT_A_MANAGER
    return MANAGED_BY_OWN if membership.pk in above else None


def objection_to_token(access: Access, permissions: frozenset[Permission]) -> Objection | None:
    """Nobody gives a token what they may not do themselves."""
    reaches = all(access.holds(p) for p in permissions)
    return None if reaches else NOT_YOURS_TO_GIVE


def objection_to_support(
    viewer_id: uuid.UUID, membership: Membership, *, reason: str, minutes: int, factor: str
) -> Objection | None:
    """Looking as another needs a reason, a fresh second factor and an end within the hour."""
    if membership.ended_at:
        return LEFT_ALREADY
    if membership.user_id == viewer_id:
        return OWN_VIEW
    if not reason.strip():
        return WHY_SUPPORT
    if not factor:
        return NO_FACTOR
    fits = 0 < minutes <= LONGEST_SUPPORT
    return None if fits else NOT_SO_LONG.about(minutes=LONGEST_SUPPORT)

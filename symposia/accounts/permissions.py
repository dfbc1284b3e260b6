"""What a role may do, in words, and how far somebody's roles reach."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum


class Permission(StrEnum):
    """One thing a page or an API route may ask for; the value is stored in roles."""

    VIEW_TODAY = "view_today"
    VIEW_DIRECTORY = "view_directory"
    MANAGE_DIRECTORY = "manage_directory"
    STEWARD_DIRECTORY = "steward_directory"
    IMPORT_CLINICIANS = "import_clinicians"
    VIEW_CURRICULUM = "view_curriculum"
    MANAGE_CURRICULUM = "manage_curriculum"
    MANAGE_SURVEYS = "manage_surveys"
    VIEW_ACTIVITIES = "view_activities"
    PLAN_ACTIVITIES = "plan_activities"
    VIEW_APPROVALS = "view_approvals"
    DECIDE_APPROVALS = "decide_approvals"
    VIEW_RULES = "view_rules"
    MANAGE_RULES = "manage_rules"
    VIEW_MONEY = "view_money"
    PLAN_MONEY = "plan_money"
    POST_MONEY = "post_money"
    VIEW_BILLS = "view_bills"
    HAND_IN_BILLS = "hand_in_bills"
    VIEW_PEOPLE_OF_ACTIVITY = "view_people_of_activity"
    INVITE = "invite"
    MANAGE_REGISTRATIONS = "manage_registrations"
    CHECK_IN = "check_in"
    VIEW_ATTENDANCE = "view_attendance"
    VIEW_EVALUATIONS = "view_evaluations"
    MANAGE_EVALUATIONS = "manage_evaluations"
    VIEW_CREDITS = "view_credits"
    AWARD_CREDITS = "award_credits"
    VIEW_INSIGHTS = "view_insights"
    EXPORT = "export"
    VIEW_JOURNAL = "view_journal"
    VIEW_OUTBOX = "view_outbox"
    MANAGE_MESSAGES = "manage_messages"
    MANAGE_ACCESS = "manage_access"
    MANAGE_ORGANISATION = "manage_organisation"
    VIEW_AS = "view_as"
    SYNC_DIRECTORY = "sync_directory"
    USE_API = "use_api"
    OWN_LEARNING = "own_learning"


P = Permission
# Whoever holds one of these decides: what may run, be spent or count as a rule, and who may.
_ACCESS = {P.MANAGE_ACCESS, P.SYNC_DIRECTORY}
DECIDING = frozenset({P.DECIDE_APPROVALS, P.POST_MONEY, P.MANAGE_RULES} | _ACCESS)
# What is one for the whole organisation: a role that reaches a part of it gives none of these.
OF_THE_WHOLE = frozenset({P.MANAGE_ORGANISATION, P.VIEW_AS, P.VIEW_JOURNAL} | _ACCESS)

# What is not looked at as somebody else: deciding, taking home, running the organisation.
_OF_ONESELF = {P.EXPORT, P.USE_API, P.VIEW_AS, P.VIEW_JOURNAL, P.MANAGE_ORGANISATION}
LOOKED_AT = frozenset(Permission) - DECIDING - _OF_ONESELF


# What had no word of its own once: whoever was given the wider thing then holds it still.
CONTAINED = {
    P.MANAGE_CURRICULUM: P.MANAGE_SURVEYS,
    P.MANAGE_DIRECTORY: P.STEWARD_DIRECTORY,
}


@dataclass(frozen=True)
class Granted:
    """One role held by a person, and how far it reaches (no scope id: the whole organisation)."""

    role: str
    permissions: frozenset[Permission]
    scope_kind: str = "organisation"
    scope_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Access:
    """What one person may do in one organisation now; made once per request."""

    user_id: uuid.UUID
    organisation_id: uuid.UUID
    granted: tuple[Granted, ...] = field(default=())
    # Of a personal token: it never reaches further than it was given.
    only: frozenset[Permission] | None = None

    def holds(self, permission: Permission) -> bool:
        if permission in OF_THE_WHOLE:
            return self.everywhere(permission)
        return any(permission in g.permissions for g in self.granted) and self._in_token(permission)

    def everywhere(self, permission: Permission) -> bool:
        """Whether the permission reaches the whole organisation."""
        return self._in_token(permission) and any(
            permission in g.permissions and g.scope_kind == "organisation" for g in self.granted
        )

    def scopes(self, permission: Permission, kind: str) -> frozenset[uuid.UUID]:
        """The territories (or activities) to which the permission is limited."""
        if not self._in_token(permission):
            return frozenset()
        return frozenset(
            g.scope_id
            for g in self.granted
            if permission in g.permissions and g.scope_kind == kind and g.scope_id
        )

    def roles_with(
        self, permission: Permission, within: Collection[uuid.UUID] | None = None
    ) -> frozenset[str]:
        """The roles that give the permission; within some scopes, those that reach it: of the whole
        organisation, or limited to one of them."""
        if not self._in_token(permission):
            return frozenset()
        return frozenset(
            g.role
            for g in self.granted
            if permission in g.permissions
            and (within is None or g.scope_kind == "organisation" or g.scope_id in within)
        )

    def _in_token(self, permission: Permission) -> bool:
        return self.only is None or permission in self.only

"""What a role may do: roles are rows an organisation edits, these are the words in them."""

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
class RoleTemplate:
    """A role every new organisation starts with; it may edit its own copy."""

    code: str
    name: str
    description: str
    permissions: frozenset[Permission]


_READS = {P.VIEW_TODAY, P.VIEW_ACTIVITIES}
_PEOPLE = {P.VIEW_DIRECTORY, P.VIEW_PEOPLE_OF_ACTIVITY}
_BILLS = {P.VIEW_BILLS, P.HAND_IN_BILLS}
ROLE_TEMPLATES = (
    RoleTemplate(
        "administrator",
        "Administrator",
        "Runs the installation for this organisation: access, settings, journal.",
        frozenset(
            (_READS | _ACCESS | {P.MANAGE_ORGANISATION, P.VIEW_JOURNAL, P.VIEW_OUTBOX})
            | {P.MANAGE_MESSAGES, P.USE_API, P.VIEW_RULES, P.EXPORT, P.VIEW_AS}
        ),
    ),
    RoleTemplate(
        "coordinator",
        "CME coordinator",
        "Keeps activities, people, invitations, attendance and certificates in order all day.",
        frozenset(
            _READS
            | _PEOPLE
            | _BILLS
            | {P.MANAGE_DIRECTORY, P.IMPORT_CLINICIANS, P.VIEW_CURRICULUM, P.MANAGE_SURVEYS}
            | {P.PLAN_ACTIVITIES, P.VIEW_APPROVALS, P.VIEW_RULES, P.VIEW_MONEY, P.PLAN_MONEY}
            | {P.STEWARD_DIRECTORY, P.INVITE}
            | {P.MANAGE_REGISTRATIONS, P.CHECK_IN, P.VIEW_ATTENDANCE, P.VIEW_EVALUATIONS}
            | {P.MANAGE_EVALUATIONS, P.VIEW_CREDITS, P.AWARD_CREDITS, P.VIEW_INSIGHTS}
            | {P.EXPORT, P.VIEW_OUTBOX, P.VIEW_JOURNAL, P.USE_API}
        ),
    ),
    RoleTemplate(
        "education_lead",
        "Education lead",
        "Answers for why an activity exists: gaps, objectives, plans.",
        frozenset(
            _READS
            | _PEOPLE
            | _BILLS
            | {P.VIEW_CURRICULUM, P.MANAGE_CURRICULUM, P.MANAGE_SURVEYS, P.PLAN_ACTIVITIES}
            | {P.VIEW_APPROVALS}
            | {P.VIEW_RULES, P.VIEW_MONEY, P.PLAN_MONEY, P.VIEW_ATTENDANCE, P.VIEW_EVALUATIONS}
            | {P.MANAGE_EVALUATIONS, P.VIEW_CREDITS, P.VIEW_INSIGHTS, P.EXPORT, P.USE_API}
        ),
    ),
    RoleTemplate(
        "medical_affairs",
        "Medical affairs",
        "Plans a company's scientific meetings and answers for their content.",
        frozenset(
            _READS
            | _PEOPLE
            | _BILLS
            | {P.VIEW_CURRICULUM, P.MANAGE_CURRICULUM, P.MANAGE_SURVEYS, P.PLAN_ACTIVITIES}
            | {P.VIEW_APPROVALS}
            | {P.DECIDE_APPROVALS, P.VIEW_RULES, P.VIEW_MONEY, P.PLAN_MONEY, P.INVITE}
            | {P.VIEW_ATTENDANCE, P.VIEW_EVALUATIONS, P.VIEW_INSIGHTS, P.EXPORT}
            | {P.STEWARD_DIRECTORY}
        ),
    ),
    RoleTemplate(
        "brand_manager",
        "Brand manager",
        "Plans a brand's activities and answers for their budget.",
        frozenset(
            _READS
            | _BILLS
            | {P.VIEW_CURRICULUM, P.PLAN_ACTIVITIES, P.VIEW_APPROVALS, P.VIEW_RULES}
            | {P.VIEW_MONEY, P.PLAN_MONEY, P.VIEW_INSIGHTS, P.EXPORT}
        ),
    ),
    RoleTemplate(
        "compliance_officer",
        "Compliance officer",
        "Keeps the rules, decides what may run, reads the journal.",
        frozenset(
            _READS
            | _PEOPLE
            | {P.STEWARD_DIRECTORY}
            | {P.VIEW_CURRICULUM, P.VIEW_APPROVALS, P.DECIDE_APPROVALS, P.VIEW_RULES}
            | {P.MANAGE_RULES, P.VIEW_MONEY, P.VIEW_BILLS, P.VIEW_ATTENDANCE, P.VIEW_INSIGHTS}
            | {P.VIEW_JOURNAL, P.EXPORT}
        ),
    ),
    RoleTemplate(
        "finance_officer",
        "Finance officer",
        "Decides what may be spent and posts what was.",
        frozenset(
            _READS
            | _BILLS
            | {P.VIEW_APPROVALS, P.DECIDE_APPROVALS, P.VIEW_MONEY, P.PLAN_MONEY, P.POST_MONEY}
            | {P.VIEW_INSIGHTS, P.EXPORT, P.VIEW_RULES}
        ),
    ),
    RoleTemplate(
        "publisher",
        "Publisher",
        "Gives the last yes before an activity is offered to people.",
        frozenset(_READS | {P.VIEW_CURRICULUM, P.VIEW_APPROVALS, P.DECIDE_APPROVALS, P.VIEW_RULES}),
    ),
    RoleTemplate(
        "field_representative",
        "Field representative",
        "Invites the doctors of a territory and looks after their activities, at the door too, and "
        "hands in what was paid there.",
        frozenset(_READS | _PEOPLE | _BILLS | {P.INVITE, P.CHECK_IN}),
    ),
    RoleTemplate(
        "area_manager",
        "Area manager",
        "Plans a region's activities with its representatives.",
        frozenset(
            _READS
            | _PEOPLE
            | _BILLS
            | {P.PLAN_ACTIVITIES, P.VIEW_APPROVALS, P.VIEW_MONEY, P.PLAN_MONEY, P.INVITE}
            | {P.VIEW_RULES, P.VIEW_INSIGHTS, P.EXPORT}
        ),
    ),
    RoleTemplate(
        "faculty",
        "Faculty",
        "Teaches; sees the own sessions.",
        frozenset({P.OWN_LEARNING}),
    ),
    RoleTemplate(
        "door_staff",
        "Door staff",
        "Checks people in and out; sees names and nothing else.",
        frozenset({P.CHECK_IN}),
    ),
    RoleTemplate(
        "learner",
        "Learner",
        "A clinician: own places, credits and certificates.",
        frozenset({P.OWN_LEARNING}),
    ),
    RoleTemplate(
        "executive",
        "Executive",
        "Reads how it goes.",
        frozenset(_READS | {P.VIEW_INSIGHTS, P.VIEW_MONEY, P.VIEW_BILLS}),
    ),
    RoleTemplate(
        "reviewer",
        "Accreditation reviewer",
        "A guest for a limited time who reads the evidence of activities.",
        frozenset({P.VIEW_ACTIVITIES, P.VIEW_CURRICULUM}),
    ),
    RoleTemplate(
        "supporter",
        "Commercial supporter",
        "A guest from a supporting company: what was agreed, in counts of ten or more.",
        frozenset({P.VIEW_ACTIVITIES, P.VIEW_INSIGHTS}),
    ),
    RoleTemplate(
        "agency",
        "Agency",
        "Runs the logistics of its own activities and hands in what they cost.",
        frozenset({P.VIEW_ACTIVITIES} | _BILLS),
    ),
)


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

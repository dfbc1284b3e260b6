"""The roles every new organisation starts with: rows that it edits afterwards."""

from dataclasses import dataclass

from symposia.accounts.permissions import Permission

P = Permission


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
            (
                _READS
                | {P.MANAGE_ACCESS, P.SYNC_DIRECTORY}
                | {P.MANAGE_ORGANISATION, P.VIEW_JOURNAL, P.VIEW_OUTBOX}
            )
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
            | {P.STEWARD_DIRECTORY, P.IMPORT_CLINICIANS}
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

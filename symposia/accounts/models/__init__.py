from symposia.accounts.models.keys import Counter, PersonalToken, SignInLink
from symposia.accounts.models.members import (
    Grant,
    Membership,
    MembershipInvitation,
    Role,
    ScopeKind,
)
from symposia.accounts.models.people import Kind, Organisation, User, UserManager

__all__ = [
    "Counter",
    "Grant",
    "Kind",
    "Membership",
    "MembershipInvitation",
    "Organisation",
    "PersonalToken",
    "Role",
    "ScopeKind",
    "SignInLink",
    "User",
    "UserManager",
]

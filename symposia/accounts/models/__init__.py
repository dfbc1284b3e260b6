from symposia.accounts.models.changes import AccessChange, ChangeKind, ChangeState
from symposia.accounts.models.keys import Counter, PersonalToken, SignInLink
from symposia.accounts.models.members import (
    Grant,
    Membership,
    MembershipInvitation,
    Role,
    ScopeKind,
)
from symposia.accounts.models.people import Kind, Organisation, User, UserManager
from symposia.accounts.models.support import SupportView
from symposia.accounts.models.synced import Belonging, DirectoryGroup, SyncStep

__all__ = [
    "AccessChange",
    "Belonging",
    "ChangeKind",
    "ChangeState",
    "Counter",
    "DirectoryGroup",
    "Grant",
    "Kind",
    "Membership",
    "MembershipInvitation",
    "Organisation",
    "PersonalToken",
    "Role",
    "ScopeKind",
    "SignInLink",
    "SupportView",
    "SyncStep",
    "User",
    "UserManager",
]

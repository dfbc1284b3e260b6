from symposia.reporting.models.accounts import BodyAccount
from symposia.reporting.models.binders import (
    Binder,
    BinderActivity,
    BinderEdition,
    BinderInvitation,
    BinderOpening,
    Draw,
)
from symposia.reporting.models.dues import DueReport, DueState
from symposia.reporting.models.facts import (
    ActivityFacts,
    CommercialSupport,
    LearnerIdentity,
    Outcome,
    Providership,
)
from symposia.reporting.models.holds import LegalHold
from symposia.reporting.models.kinds import BODY_OF, Body, Kind
from symposia.reporting.models.past import (
    ImportedActivity,
    PastDisclosure,
    PastKind,
    PastRow,
    PastSignOff,
)
from symposia.reporting.models.submissions import (
    STANDING,
    Channel,
    FilePurpose,
    RowAction,
    RowState,
    Submission,
    SubmissionFile,
    SubmissionRow,
    SubmissionState,
)

__all__ = [
    "BODY_OF",
    "STANDING",
    "ActivityFacts",
    "Binder",
    "BinderActivity",
    "BinderEdition",
    "BinderInvitation",
    "BinderOpening",
    "Body",
    "BodyAccount",
    "Channel",
    "CommercialSupport",
    "Draw",
    "DueReport",
    "DueState",
    "FilePurpose",
    "ImportedActivity",
    "Kind",
    "LearnerIdentity",
    "LegalHold",
    "Outcome",
    "PastDisclosure",
    "PastKind",
    "PastRow",
    "PastSignOff",
    "Providership",
    "RowAction",
    "RowState",
    "Submission",
    "SubmissionFile",
    "SubmissionRow",
    "SubmissionState",
]

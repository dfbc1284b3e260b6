from symposia.reporting.models.accounts import BodyAccount
from symposia.reporting.models.dues import DueReport, DueState
from symposia.reporting.models.facts import (
    ActivityFacts,
    CommercialSupport,
    LearnerIdentity,
    Outcome,
    Providership,
)
from symposia.reporting.models.kinds import BODY_OF, Body, Kind
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
    "Body",
    "BodyAccount",
    "Channel",
    "CommercialSupport",
    "DueReport",
    "DueState",
    "FilePurpose",
    "Kind",
    "LearnerIdentity",
    "Outcome",
    "Providership",
    "RowAction",
    "RowState",
    "Submission",
    "SubmissionFile",
    "SubmissionRow",
    "SubmissionState",
]

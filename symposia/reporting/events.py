import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class SubmissionSent:
    """A file has gone to a body, or was handed in there by a person."""

    submission_id: uuid.UUID
    kind: str


@dataclass(frozen=True)
class SubmissionAnswered:
    """A body has said what it took in and what it rejected."""

    submission_id: uuid.UUID
    kind: str
    rejected: int


@dataclass(frozen=True)
class BinderMade:
    """A binder of evidence was made, with so many criteria that lack something."""

    binder_id: uuid.UUID
    edition: int
    gaps: int


@dataclass(frozen=True)
class HoldChanged:
    """A legal hold was put or lifted."""

    hold_id: uuid.UUID
    stands: bool


@dataclass(frozen=True)
class PastImported:
    """A file of an organisation's past has come in."""

    import_id: uuid.UUID
    kind: str


@dataclass(frozen=True)
class PastTakenBack:
    """A file of the past was taken back within its day."""

    import_id: uuid.UUID
    kind: str


@dataclass(frozen=True)
class TransfersChanged:
    """Who had what of an activity is another now."""

    activity_id: uuid.UUID


@dataclass(frozen=True)
class TransferDisputed:
    """A recipient says that a transfer of value is not as it stands."""

    transfer_id: uuid.UUID
    dispute_id: uuid.UUID


@dataclass(frozen=True)
class DisputeAnswered:
    """What a recipient objected to was answered."""

    transfer_id: uuid.UUID
    dispute_id: uuid.UUID

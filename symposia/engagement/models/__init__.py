from symposia.engagement.models.follow_ups import (
    FollowUp,
    FollowUpKind,
    FollowUpQuerySet,
    FollowUpState,
    Way,
)
from symposia.engagement.models.handed import (
    AdverseEvent,
    HandedQuestion,
    SafetyMailbox,
    SafetySending,
)
from symposia.engagement.models.materials import (
    ApprovedMaterial,
    MaterialKind,
    MaterialOpening,
    MaterialShare,
    MaterialState,
)

__all__ = [
    "AdverseEvent",
    "ApprovedMaterial",
    "FollowUp",
    "FollowUpKind",
    "FollowUpQuerySet",
    "FollowUpState",
    "HandedQuestion",
    "MaterialKind",
    "MaterialOpening",
    "MaterialShare",
    "MaterialState",
    "SafetyMailbox",
    "SafetySending",
    "Way",
]

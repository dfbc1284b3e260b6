from symposia.compliance.models.evaluations import (
    Evaluation,
    Finding,
    Override,
    Result,
    StatedFact,
)
from symposia.compliance.models.packs import (
    Confidence,
    OwnPack,
    OwnParameter,
    RulePack,
    State,
)
from symposia.compliance.models.people import Commitment, Restriction, RestrictionKind, Role
from symposia.compliance.models.values import ValueProposal

__all__ = [
    "Commitment",
    "Confidence",
    "Evaluation",
    "Finding",
    "Override",
    "OwnPack",
    "OwnParameter",
    "Restriction",
    "RestrictionKind",
    "Result",
    "Role",
    "RulePack",
    "State",
    "StatedFact",
    "ValueProposal",
]

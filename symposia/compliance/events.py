import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class SubjectEvaluated:
    """The rules looked at a subject; the result is pass, warn or block."""

    evaluation_id: uuid.UUID
    subject_type: str
    subject_id: uuid.UUID
    result: str


@dataclass(frozen=True)
class FactsStated:
    """Somebody said what no record holds, or made an exception: look at the subject again."""

    subject_type: str
    subject_id: uuid.UUID


@dataclass(frozen=True)
class RulesChanged:
    """A version was published, or a value or restriction changed: look at every plan again."""

    what: str

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class SubjectEvaluated:
    """The rules looked at a subject; the result is pass, warn or block."""

    evaluation_id: uuid.UUID
    subject_type: str
    subject_id: uuid.UUID
    result: str

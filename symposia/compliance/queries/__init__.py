from symposia.compliance.queries.evaluations import (
    findings_of,
    has_same_answer,
    latest_evaluation,
    overrides_of,
    rerun,
)
from symposia.compliance.queries.packs import (
    DatedValue,
    PackOnScreen,
    own_values,
    pack_of,
    packs_binding,
    packs_on_screen,
)

__all__ = [
    "DatedValue",
    "PackOnScreen",
    "findings_of",
    "has_same_answer",
    "latest_evaluation",
    "overrides_of",
    "own_values",
    "pack_of",
    "packs_binding",
    "packs_on_screen",
    "rerun",
]

"""What upper contexts say of the subjects they hand in: parts to freeze, facts to answer for."""

import uuid
from collections.abc import Callable
from typing import Any

from django.utils import translation

from symposia.accounts.models import Organisation
from symposia.shared.tenancy import current_organisation_id

Part = Callable[[uuid.UUID], Any]
_parts: dict[str, dict[str, Part]] = {}
_answered: dict[str, frozenset[str]] = {}


def adds_part(subject_type: str, name: str) -> Callable[[Part], Part]:
    """Mark a pure reader as one part of every frozen subject of a type: its budget, its rules."""

    def remember(read: Part) -> Part:
        _parts.setdefault(subject_type, {})[name] = read
        return read

    return remember


def must_be_answered_for(subject_type: str, *facts: str) -> None:
    """Say which facts of a subject every route must cover, so that no change escapes it."""
    _answered[subject_type] = _answered.get(subject_type, frozenset()) | set(facts)


def to_answer_for(subject_type: str) -> frozenset[str]:
    """The facts of a subject that no route may leave to nobody."""
    return _answered.get(subject_type, frozenset())


def parts_of(subject_type: str, subject_id: uuid.UUID) -> dict[str, Any]:
    """Every registered part of a subject as it is now, in the language of the organisation."""
    here = Organisation.objects.get(pk=current_organisation_id())
    with translation.override(here.language):
        return {name: read(subject_id) for name, read in _parts.get(subject_type, {}).items()}

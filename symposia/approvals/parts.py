"""What upper contexts say of the subjects they hand in: parts to freeze, facts to answer for."""

import uuid
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils import translation

from symposia.accounts.models import Organisation
from symposia.accounts.permissions import Access
from symposia.shared.tenancy import current_organisation_id

Part = Callable[[uuid.UUID], Any]
Hidden = Callable[[Access, uuid.UUID], Collection[str]]
_parts: dict[str, dict[str, Part]] = {}
_hidden: dict[str, Hidden] = {}
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


def hides_parts(subject_type: str) -> Callable[[Hidden], Hidden]:
    """Mark a pure reader of the parts of a frozen subject that somebody is not shown."""

    def remember(read: Hidden) -> Hidden:
        _hidden[subject_type] = read
        return read

    return remember


def parts_hidden(access: Access, subject_type: str, subject_id: uuid.UUID) -> frozenset[str]:
    """The parts of a subject that the wall keeps from somebody, whatever they sign."""
    read = _hidden.get(subject_type)
    return frozenset(read(access, subject_id)) if read else frozenset()


def without_parts(frozen: Mapping[str, Any], hidden: Collection[str]) -> dict[str, Any]:
    """A frozen subject as somebody is shown it."""
    return {name: value for name, value in frozen.items() if name not in hidden}

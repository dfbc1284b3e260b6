"""What upper contexts add to a subject when it is frozen, so that the signed hash covers it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.utils import translation

from symposia.accounts.models import Organisation
from symposia.shared.tenancy import current_organisation_id

Part = Callable[[uuid.UUID], Any]
_parts: dict[str, dict[str, Part]] = {}


def adds_part(subject_type: str, name: str) -> Callable[[Part], Part]:
    """Mark a pure reader as one part of every frozen subject of a type: its budget, its rules."""

    def remember(read: Part) -> Part:
        _parts.setdefault(subject_type, {})[name] = read
        return read

    return remember


def parts_of(subject_type: str, subject_id: uuid.UUID) -> dict[str, Any]:
    """Every registered part of a subject as it is now, in the language of the organisation."""
    here = Organisation.objects.get(pk=current_organisation_id())
    with translation.override(here.language):
        return {name: read(subject_id) for name, read in _parts.get(subject_type, {}).items()}

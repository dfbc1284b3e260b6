"""The organisation's own forms, which activities take over."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Max

from symposia.assessment.models import EvaluationForm, LibraryForm


def form_for_type(activity_type: str) -> EvaluationForm | None:
    """What a new activity of a type begins with; nothing where the library has no form for it."""
    kept = LibraryForm.objects.offered().filter(activity_type=activity_type).first()
    return EvaluationForm.objects.latest_of(kept) if kept else None


def library_form(library: LibraryForm) -> EvaluationForm | None:
    """The version of a form of the library that is taken over now."""
    return EvaluationForm.objects.latest_of(library)


def latest_versions(libraries: Mapping[uuid.UUID, LibraryForm]) -> dict[uuid.UUID, int]:
    """The last version of some forms of the library."""
    rows = EvaluationForm.objects.filter(library__in=libraries).order_by().values("library")
    return {row["library"]: row["last"] for row in rows.annotate(last=Max("version"))}


@dataclass(frozen=True)
class Offered:
    """A form of the library that an activity may take over."""

    library: LibraryForm
    version: int


def forms_offered() -> list[Offered]:
    """What activities can take over, by name."""
    kept = {each.pk: each for each in LibraryForm.objects.offered()}
    versions = latest_versions(kept)
    return [Offered(each, versions[each.pk]) for each in kept.values() if each.pk in versions]

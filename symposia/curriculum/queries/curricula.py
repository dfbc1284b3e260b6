import uuid

from symposia.curriculum.learning import learnt_by
from symposia.curriculum.models import Curriculum, CurriculumState, CurriculumStep


def steps_of_curriculum(curriculum: Curriculum) -> list[CurriculumStep]:
    """The steps in their order, with their objectives and gaps."""
    rows = CurriculumStep.objects.filter(curriculum=curriculum)
    return list(rows.select_related("objective__gap").order_by("position", "pk"))


def draft_of(curriculum: Curriculum) -> Curriculum | None:
    """The edition of the same curriculum that is being written."""
    editions = Curriculum.objects.editions_of(curriculum)
    return editions.filter(state=CurriculumState.DRAFT).first()


def published_before(curriculum: Curriculum) -> Curriculum | None:
    """The edition that is in force until this one is published."""
    editions = Curriculum.objects.editions_of(curriculum).exclude(pk=curriculum.pk)
    return editions.filter(state=CurriculumState.PUBLISHED).first()


def learnt_of(curriculum: Curriculum, clinician_id: uuid.UUID) -> set[uuid.UUID]:
    """Of a curriculum's objectives those a clinician has learnt."""
    steps = CurriculumStep.objects.filter(curriculum=curriculum)
    return learnt_by(clinician_id, list(steps.values_list("objective_id", flat=True)))

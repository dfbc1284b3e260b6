from dataclasses import asdict, dataclass
from typing import Literal

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.models import User
from symposia.audit.actions import record
from symposia.curriculum.models import Curriculum, CurriculumState, CurriculumStep, Objective
from symposia.curriculum.policies.curricula import (
    objection_to_changing_curriculum,
    objection_to_next_edition,
    objection_to_publishing,
    objection_to_retiring,
    objection_to_rule,
    objection_to_step_of_curriculum,
)
from symposia.curriculum.policies.gaps import objection_to_changing_gap
from symposia.curriculum.queries.curricula import (
    draft_of,
    published_before,
    steps_of_curriculum,
)
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting, put_values
from symposia.shared.ids import uuid7
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class CurriculumFacts:
    """What somebody says about a curriculum."""

    title: str
    audience: str
    purpose: str = ""
    rule: str = "all"
    at_least: int | None = None
    in_order: bool = False


@transaction.atomic
def make_curriculum(facts: CurriculumFacts, *, by: Actor, owner: User | None = None) -> Curriculum:
    """Begin a curriculum for an audience."""
    refuse_if(objection_to_rule(facts.rule, facts.at_least))

    pk, at = uuid7(), now()
    curriculum = Curriculum.objects.create(
        id=pk,
        series_id=pk,
        number=next_numbers("CUR", year=at.year)[0],
        owner=owner,
        made_at=at,
        **asdict(facts),
    )
    record(by, "curriculum.made", curriculum)
    return curriculum


@transaction.atomic
def change_curriculum(
    curriculum: Curriculum, facts: CurriculumFacts, *, seen_version: int, by: Actor
) -> Curriculum:
    """Change what is said about an edition that is not published."""
    curriculum = Curriculum.objects.locked(curriculum.pk)

    refuse_if(objection_to_changing_curriculum(curriculum))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=curriculum.version))
    refuse_if(objection_to_rule(facts.rule, facts.at_least))

    changes = put_values(curriculum, asdict(facts))
    if not changes:
        return curriculum
    curriculum.save()
    record(by, "curriculum.changed", curriculum, details={"changes": changes})
    return curriculum


@transaction.atomic
def add_step(
    curriculum: Curriculum, objective: Objective, *, required: bool, by: Actor
) -> CurriculumStep:
    """Put an objective at the end of a curriculum."""
    curriculum = Curriculum.objects.locked(curriculum.pk)
    there = steps_of_curriculum(curriculum)

    refuse_if(objection_to_changing_curriculum(curriculum))
    refuse_if(objection_to_changing_gap(objective.gap))
    refuse_if(objection_to_step_of_curriculum(objective.pk, [s.objective_id for s in there]))

    step = CurriculumStep.objects.create(
        curriculum=curriculum, objective=objective, position=len(there), required=required
    )
    record(by, "curriculum.step_added", curriculum, details={"text": objective.text})
    return step


@transaction.atomic
def move_step(step: CurriculumStep, to: Literal["up", "down"], *, by: Actor) -> None:
    """Change places with the step before or after."""
    curriculum = Curriculum.objects.locked(step.curriculum_id)
    steps = steps_of_curriculum(curriculum)

    refuse_if(objection_to_changing_curriculum(curriculum))

    place = next(i for i, each in enumerate(steps) if each.pk == step.pk)
    other = place + (-1 if to == "up" else 1)
    if not 0 <= other < len(steps):
        return
    steps[place], steps[other] = steps[other], steps[place]
    _renumber(steps)
    details = {"text": steps[other].objective.text, "position": other + 1}
    record(by, "curriculum.step_moved", curriculum, details=details)


@transaction.atomic
def remove_step(step: CurriculumStep, *, by: Actor) -> None:
    """Take an objective out of a curriculum."""
    curriculum = Curriculum.objects.locked(step.curriculum_id)

    refuse_if(objection_to_changing_curriculum(curriculum))

    details = {"text": step.objective.text}
    step.delete()
    _renumber(steps_of_curriculum(curriculum))
    record(by, "curriculum.step_removed", curriculum, details=details)


def _renumber(steps: list[CurriculumStep]) -> None:
    for place, step in enumerate(steps):
        step.position = place
    CurriculumStep.objects.bulk_update(steps, ["position"])


@transaction.atomic
def publish_curriculum(curriculum: Curriculum, *, by: Actor) -> Curriculum:
    """Put an edition in force; the one before it retires."""
    curriculum = Curriculum.objects.locked(curriculum.pk)
    steps = steps_of_curriculum(curriculum)

    refuse_if(objection_to_publishing(curriculum, steps=len(steps)))

    before = published_before(curriculum)
    if before:
        before.move(CurriculumState.RETIRED)
        record(by, "curriculum.retired", before, reason=str(curriculum))
    curriculum.move(CurriculumState.PUBLISHED, published_at=now())
    record(by, "curriculum.published", curriculum, details={"edition": curriculum.edition})
    return curriculum


@transaction.atomic
def retire_curriculum(curriculum: Curriculum, *, reason: str, by: Actor) -> Curriculum:
    """Teach no more by it."""
    curriculum = Curriculum.objects.locked(curriculum.pk)

    refuse_if(objection_to_retiring(curriculum))

    curriculum.move(CurriculumState.RETIRED)
    record(by, "curriculum.retired", curriculum, reason=reason)
    return curriculum


@transaction.atomic
def begin_edition(curriculum: Curriculum, *, by: Actor) -> Curriculum:
    """Begin the next edition as a copy of this one."""
    curriculum = Curriculum.objects.locked(curriculum.pk)
    latest = Curriculum.objects.editions_of(curriculum)[0]

    refuse_if(objection_to_next_edition(draft_of(curriculum)))

    names = ("number", "title", "audience", "purpose", "series_id", "rule", "at_least", "in_order")
    following = Curriculum.objects.create(
        edition=latest.edition + 1,
        owner=curriculum.owner,
        made_at=now(),
        **{name: getattr(curriculum, name) for name in names},
    )
    for step in steps_of_curriculum(curriculum):
        step.pk, step.curriculum = uuid7(), following
        step.save(force_insert=True)
    record(by, "curriculum.made", following, details={"edition": following.edition})
    return following

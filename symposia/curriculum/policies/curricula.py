import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from symposia.curriculum.models import CompletionRule, Curriculum, CurriculumState, CurriculumStep
from symposia.shared.refusals import Objection

CURRICULUM_PUBLISHED = Objection(
    "curriculum_published", _("This edition was published: it stays. Begin the next edition.")
)
CURRICULUM_NOT_NOW = Objection(
    "curriculum_not_now", _("This is not possible while the curriculum is “%(state)s”.")
)
NO_STEPS = Objection("no_steps", _("The curriculum has no step yet."))
TOO_FEW_STEPS = Objection(
    "too_few_steps",
    ngettext_lazy(
        "It asks for %(asked)s step and has only %(there)s.",
        "It asks for %(asked)s steps and has only %(there)s.",
        "asked",
    ),
)
NO_NUMBER = Objection("no_number_of_steps", _("Say how many steps are enough."))
STEP_THERE = Objection("step_there", _("This objective is a step already."))
HAS_DRAFT = Objection("has_draft", _("The next edition is begun already: %(next)s."))


@dataclass(frozen=True)
class Progress:
    """How far somebody is in a curriculum."""

    taken: tuple[CurriculumStep, ...]
    asked: int
    next: CurriculumStep | None

    @property
    def is_complete(self) -> bool:
        return self.next is None


def objection_to_changing_curriculum(curriculum: Curriculum) -> Objection | None:
    """Only an edition that is still being written changes."""
    return None if curriculum.is_draft else CURRICULUM_PUBLISHED


def objection_to_rule(rule: str, at_least: int | None) -> Objection | None:
    """A course that asks for some of its steps says how many."""
    return NO_NUMBER if rule == CompletionRule.AT_LEAST and not at_least else None


def objection_to_step_of_curriculum(
    objective_id: uuid.UUID, there: Collection[uuid.UUID]
) -> Objection | None:
    """An objective is a step of a curriculum once."""
    return STEP_THERE if objective_id in there else None


def objection_to_publishing(curriculum: Curriculum, *, steps: int) -> Objection | None:
    """It has steps, and no fewer than it asks for."""
    if not curriculum.is_draft:
        return CURRICULUM_NOT_NOW.about(state=curriculum.get_state_display())
    if not steps:
        return NO_STEPS
    asked = curriculum.at_least or 0
    if curriculum.rule == CompletionRule.AT_LEAST and asked > steps:
        return TOO_FEW_STEPS.about(asked=asked, there=steps)
    return None


def objection_to_retiring(curriculum: Curriculum) -> Objection | None:
    """Only what is in force is taken out of force."""
    if curriculum.can_move(CurriculumState.RETIRED):
        return None
    return CURRICULUM_NOT_NOW.about(state=curriculum.get_state_display())


def objection_to_next_edition(draft: Curriculum | None) -> Objection | None:
    """Editions are written one at a time."""
    return HAS_DRAFT.about(next=str(draft)) if draft else None


def progress_in(
    curriculum: Curriculum, steps: Sequence[CurriculumStep], learnt: Collection[uuid.UUID]
) -> Progress:
    """The steps somebody has taken, who learnt these objectives, and which comes next.

    Where the order counts, a step is taken only after every required one before it.
    """
    taken: list[CurriculumStep] = []
    missing: list[CurriculumStep] = []
    for step in steps:
        waits = curriculum.in_order and any(each.required for each in missing)
        if step.objective_id in learnt and not waits:
            taken.append(step)
        else:
            missing.append(step)
    if curriculum.rule == CompletionRule.AT_LEAST:
        asked = curriculum.at_least or 0
        left = missing if len(taken) < asked else []
    else:
        asked = sum(step.required for step in steps)
        left = [step for step in missing if step.required]
    return Progress(tuple(taken), asked, left[0] if left else None)

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from symposia.activities.models import Activity
from symposia.audit.actions import record, record_each
from symposia.learning.actions.requirements import lay_usual_requirements
from symposia.learning.models import Course, Lesson, Module
from symposia.learning.ordering import numbered, placed
from symposia.learning.policies import (
    objection_to_authoring,
    objection_to_course,
    objection_to_module_title,
    objection_to_removing_module,
)
from symposia.shared.actors import Actor
from symposia.shared.changing import changed_values, objection_to_overwriting, put_values
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class CourseFacts:
    """How the lessons are studied, and what learners are told of it before they begin."""

    is_ordered: bool = True
    method: str = ""
    needs: str = ""

    def values(self) -> dict[str, object]:
        """As they are kept."""
        return {
            "is_ordered": self.is_ordered,
            "method": self.method.strip()[:500],
            "needs": self.needs.strip()[:500],
        }


@transaction.atomic
def begin_course(activity: Activity, *, by: Actor) -> Course:
    """Let an enduring activity have lessons, with what its type usually asks of learners."""
    activity = Activity.objects.locked(activity.pk)
    current = Course.objects.filter(activity=activity).first()

    refuse_if(objection_to_course(activity, current))

    course = Course.objects.create(activity=activity)
    record(by, "course.begun", course)
    lay_usual_requirements(activity, by=by)
    return course


@transaction.atomic
def change_course(course: Course, facts: CourseFacts, *, seen_version: int, by: Actor) -> Course:
    """Say whether the order is enforced, how one takes part and what one needs."""
    course = Course.objects.locked(course.pk)

    refuse_if(objection_to_authoring(course.activity))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=course.version))

    changes = put_values(course, facts.values())
    if changes:
        course.save()
        record(by, "course.changed", course, details={"changes": changes})
    return course


@transaction.atomic
def add_module(course: Course, title: str, *, by: Actor) -> Module:
    """Begin a module after the last one."""
    activity = Activity.objects.locked(course.activity_id)
    title = _one_line(title)
    others = list(Module.objects.of(activity))

    refuse_if(objection_to_authoring(activity))
    refuse_if(objection_to_module_title(title, [each.title for each in others]))

    position = max((each.position for each in others), default=0) + 1
    module = Module.objects.create(activity=activity, title=title, position=position)
    record(by, "module.added", module)
    return module


@transaction.atomic
def rename_module(module: Module, title: str, *, by: Actor) -> Module:
    """Give a module another title."""
    activity = Activity.objects.locked(module.activity_id)
    module = Module.objects.locked(module.pk)
    title = _one_line(title)
    others = Module.objects.of(activity).exclude(pk=module.pk)

    refuse_if(objection_to_authoring(activity))
    refuse_if(objection_to_module_title(title, list(others.values_list("title", flat=True))))

    changes = changed_values(module, {"title": title})
    if changes:
        module.title = title
        module.version += 1
        module.save()
        record(by, "module.renamed", module, details={"changes": changes})
    return module


@transaction.atomic
def move_module(module: Module, position: int, *, by: Actor) -> Module:
    """Put a module at another place of the order, counted from 1."""
    activity = Activity.objects.locked(module.activity_id)
    known = list(Module.objects.of(activity))

    refuse_if(objection_to_authoring(activity))

    _number(placed(known, module, position - 1), by=by)
    return Module.objects.get(pk=module.pk)


@transaction.atomic
def remove_module(module: Module, *, by: Actor) -> None:
    """Take an empty module out."""
    activity = Activity.objects.locked(module.activity_id)
    lessons = list(Lesson.objects.filter(module=module).values_list("title", flat=True))

    refuse_if(objection_to_authoring(activity))
    refuse_if(objection_to_removing_module(module, lessons))

    record(by, "module.removed", module, details={"title": module.title})
    module.delete()
    _number(Module.objects.of(activity), by=by)


def _number(modules: Iterable[Module], *, by: Actor) -> None:
    moved = numbered(modules)
    Module.objects.bulk_update(moved, ["position"])
    record_each(by, "module.moved", moved)


def _one_line(title: str) -> str:
    return " ".join(title.split())[:200]

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from symposia.activities.actions.content_reviews import Upload
from symposia.activities.events import ActivityChanged
from symposia.activities.models import Activity, ContentItem
from symposia.activities.queries import objectives_of
from symposia.activities.reviewed import content_of
from symposia.activities.serving import objection_to_asking_about
from symposia.approvals.preparing import with_preparer
from symposia.audit.actions import record, record_each
from symposia.curriculum.models import Objective
from symposia.learning.actions.cases import begin_case
from symposia.learning.actions.packages import let_packages_go, take_in_package
from symposia.learning.case_rules import CASE_STAYS
from symposia.learning.lesson_rules import (
    objection_to_captions,
    objection_to_lesson,
    objection_to_lesson_file,
)
from symposia.learning.media import VTT, ZIP, seconds_of, type_of
from symposia.learning.models import Case, CaseVersion, Lesson, LessonKind, Module, StudyEntry
from symposia.learning.ordering import numbered, placed
from symposia.learning.policies import (
    kind_shows,
    objection_to_authoring,
    objection_to_lesson_title,
    objection_to_removing_lesson,
)
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting, put_values
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if
from symposia.work.files import store_file
from symposia.work.models import StoredFile

PURPOSE = "lesson"


@dataclass(frozen=True)
class LessonFacts:
    """What a lesson is; files that are not handed in again stay as they are."""

    kind: str
    title: str
    minutes: int
    is_required: bool = True
    text: str = ""
    address: str = ""
    transcript: str = ""
    description: str = ""
    sources: str = ""
    objective: Objective | None = None
    # Released content of the activity whose file is taken.
    item: ContentItem | None = None
    file: Upload | None = None
    captions: Upload | None = None

    def values(self) -> dict[str, Any]:
        """What is written, without what its kind does not have."""
        shows = kind_shows(self.kind)
        has = {"address": self.address, "transcript": self.transcript.strip()}
        has |= {"description": self.description.strip()[:300]}
        return {name: value if name in shows else "" for name, value in has.items()} | {
            "kind": self.kind,
            "title": " ".join(self.title.split())[:200],
            "minutes": self.minutes,
            "is_required": self.is_required,
            "text": self.text.strip(),
            "sources": self.sources.strip(),
            "objective": self.objective,
        }


@transaction.atomic
def add_lesson(module: Module, facts: LessonFacts, *, by: Actor) -> Lesson:
    """Put a lesson after the last one of a module."""
    activity = Activity.objects.locked(module.activity_id)
    there = Lesson.objects.filter(module=module).order_by("-position").first()
    lesson = Lesson(
        activity=activity, module=module, position=there.position + 1 if there else 1, minutes=1
    )

    refuse_if(objection_to_authoring(activity))
    _put(lesson, facts, by=by)

    lesson.version = 1
    lesson.save(force_insert=True)
    if lesson.is_case:
        begin_case(lesson, by=by)
    _take_in(lesson, facts, by=by)
    details = {"kind": lesson.kind, "module": module.title}
    record(by, "lesson.added", lesson, details=details)
    announce(ActivityChanged(activity.pk, ("content",)))
    return lesson


@transaction.atomic
def change_lesson(lesson: Lesson, facts: LessonFacts, *, seen_version: int, by: Actor) -> Lesson:
    """Change a lesson; where another content is shown, a reviewer looks at it again."""
    activity = Activity.objects.locked(lesson.activity_id)
    lesson = Lesson.objects.locked(lesson.pk)

    refuse_if(objection_to_authoring(activity))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=lesson.version))
    changes = _put(lesson, facts, by=by)
    if not changes:
        return lesson

    lesson.save()
    if lesson.is_case:
        begin_case(lesson, by=by)
    _take_in(lesson, facts, by=by)
    record(by, "lesson.changed", lesson, details={"changes": changes})
    announce(ActivityChanged(activity.pk, ("content",)))
    return lesson


@transaction.atomic
def move_lesson(lesson: Lesson, module: Module, position: int, *, by: Actor) -> Lesson:
    """Put a lesson at another place of the order, counted from 1, in its module or another."""
    activity = Activity.objects.locked(lesson.activity_id)
    lesson = Lesson.objects.locked(lesson.pk)

    refuse_if(objection_to_authoring(activity))

    left, lesson.module = lesson.module_id, module
    moved = numbered(placed(_in_order(module.pk), lesson, position - 1))
    if left != module.pk:
        others = [each for each in moved if each != lesson]
        behind = numbered(each for each in _in_order(left) if each != lesson)
        moved = [lesson, *others, *behind]
    _keep_moved(moved, by=by)
    return Lesson.objects.with_content().get(pk=lesson.pk)


@transaction.atomic
def remove_lesson(lesson: Lesson, *, by: Actor) -> None:
    """Take a lesson out that nobody has studied."""
    activity = Activity.objects.locked(lesson.activity_id)
    studied = StudyEntry.objects.filter(lesson=lesson).exists() or lesson.reviews.exists()

    refuse_if(objection_to_authoring(activity))
    refuse_if(objection_to_removing_lesson(studied=studied))
    written = Case.objects.filter(lesson=lesson)
    refuse_if(CASE_STAYS if CaseVersion.objects.filter(case__in=written).exists() else None)

    record_each(by, "case.removed", list(written))
    written.delete()
    let_packages_go(lesson, by=by)
    record(by, "lesson.removed", lesson, details={"title": lesson.title})
    lesson.delete()
    _keep_moved(numbered(_in_order(lesson.module_id)), by=by)
    announce(ActivityChanged(activity.pk, ("content",)))


def _in_order(module_id: UUID) -> list[Lesson]:
    return list(Lesson.objects.filter(module=module_id).order_by("position", "pk"))


def _keep_moved(moved: list[Lesson], *, by: Actor) -> None:
    Lesson.objects.bulk_update(moved, ["position", "module"])
    record_each(by, "lesson.moved", moved)


def _put(lesson: Lesson, facts: LessonFacts, *, by: Actor) -> list[dict[str, Any]]:
    """Write the facts into a row and check the whole; what has changed."""
    others = Lesson.objects.filter(activity=lesson.activity).exclude(pk=lesson.pk)
    values = facts.values()
    taken_on = objectives_of(lesson.activity)
    wanted = [facts.objective] if facts.objective else []

    refuse_if(
        objection_to_lesson_title(values["title"], list(others.values_list("title", flat=True)))
    )
    refuse_if(objection_to_asking_about(wanted, taken_on))

    changes = put_values(lesson, values | _files(lesson, facts, by=by))
    if changes:
        lesson.written_by = with_preparer(lesson.written_by, by)
    for change in changes:
        change |= {name: _said(change[name]) for name in ("was", "now")}

    refuse_if(objection_to_lesson(lesson))
    return changes


def _files(lesson: Lesson, facts: LessonFacts, *, by: Actor) -> dict[str, Any]:
    """The files of a lesson as they are from now on; what its kind does not have is let go."""
    shows, kept = kind_shows(facts.kind), lesson.kind == facts.kind
    has: dict[str, Any] = dict.fromkeys(("file", "captions", "seconds", "item"))
    if kept:
        has |= {name: getattr(lesson, name) for name in has}
    if facts.file and "file" in shows:
        refuse_if(objection_to_lesson_file(facts.kind, facts.file.content))
        seconds = seconds_of(facts.file.content) if facts.kind == LessonKind.VIDEO else None
        is_package = facts.kind == LessonKind.SCORM
        type_ = ZIP if is_package else type_of(facts.file.content)
        has |= {"file": _kept(lesson, facts.file, type_, by=by), "seconds": seconds, "item": None}
    elif facts.item and "item" in shows and (latest := content_of(facts.item).latest):
        has |= {"file": latest.file, "item": facts.item}
    if facts.captions and "captions" in shows:
        refuse_if(objection_to_captions(facts.captions.content))
        has["captions"] = _kept(lesson, facts.captions, VTT, by=by)
    return has


def _take_in(lesson: Lesson, facts: LessonFacts, *, by: Actor) -> None:
    """What is in a package that was handed in, as its next version."""
    if lesson.kind == LessonKind.SCORM and facts.file:
        take_in_package(lesson, facts.file.content, by=by)


def _kept(lesson: Lesson, upload: Upload, content_type: str, *, by: Actor) -> StoredFile:
    facts = {"name": upload.name, "content_type": content_type, "purpose": PURPOSE}
    return store_file(upload.content, **facts, subject_id=lesson.pk, by=by)


def _said(value: Any) -> Any:
    """What the journal says of a value: rows by their name, long texts by their beginning."""
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)[:200]

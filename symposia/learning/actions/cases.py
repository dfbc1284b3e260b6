from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.events import ActivityChanged
from symposia.activities.models import Activity
from symposia.approvals.preparing import with_preparer
from symposia.audit.actions import record
from symposia.learning.case_rules import objection_to_case, objection_to_publishing
from symposia.learning.cases.document import CaseDocument, as_kept, sha256_of
from symposia.learning.cases.editing import blank, changed_steps
from symposia.learning.cases.problems import problems_of
from symposia.learning.cases.reading import latest_version
from symposia.learning.cases.walking import explored
from symposia.learning.events import CasePublished
from symposia.learning.models import Case, CaseVersion, Lesson
from symposia.learning.policies import objection_to_authoring
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def begin_case(lesson: Lesson, *, by: Actor) -> Case:
    """Let a lesson that is a case have its first step; one that has begun stays as it is."""
    case = Case.objects.filter(lesson=lesson).first()
    if case is None:
        case = Case.objects.create(
            activity_id=lesson.activity_id, lesson=lesson, draft=as_kept(blank())
        )
        record(by, "case.begun", case, details={"title": lesson.title})
    return case


@transaction.atomic
def write_case(case: Case, document: CaseDocument, *, seen_version: int, by: Actor) -> Case:
    """Keep a case as its author has it now, with whatever is not right yet; learners see what is
    published."""
    activity, case = _held(case)

    refuse_if(objection_to_authoring(activity))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=case.version))
    refuse_if(objection_to_case(document))

    steps = changed_steps(case.document, document)
    kept = as_kept(document)
    if kept == case.draft:
        return case
    case.draft = kept
    case.version += 1
    case.save()
    lesson = case.lesson
    lesson.written_by = with_preparer(lesson.written_by, by)
    lesson.save(update_fields=["written_by"])
    record(by, "case.written", case, details={"steps": steps})
    record(by, "lesson.written_on", lesson)
    return case


@transaction.atomic
def publish_case(case: Case, *, seen_version: int, by: Actor) -> CaseVersion:
    """Freeze a case as its next version, which whoever begins it from now on gets. A reviewer
    looks at it; what learners have begun they finish as they began it."""
    activity, case = _held(case)
    document, latest = case.document, latest_version(case)
    sha256 = sha256_of(document)

    refuse_if(objection_to_authoring(activity))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=case.version))
    problems = problems_of(document)
    refuse_if(objection_to_publishing(problems, sha256=sha256, latest=latest))

    version = CaseVersion.objects.create(
        activity=activity,
        case=case,
        number=latest.number + 1 if latest else 1,
        content=as_kept(document),
        sha256=sha256,
        best=explored(document).best,
        published_at=now(),
        by_name=by.name,
    )
    lesson = case.lesson
    lesson.case = version
    lesson.version += 1
    lesson.save(update_fields=["case", "version"])
    details: dict[str, Any] = {"number": version.number, "sha256": sha256}
    record(by, "case.published", version, details=details)
    record(by, "lesson.changed", lesson, details=details)
    announce(CasePublished(lesson.pk, activity.pk, version.number))
    announce(ActivityChanged(activity.pk, ("content",)))
    return version


def _held(case: Case) -> tuple[Activity, Case]:
    """The activity and the case with its lesson, held."""
    activity = Activity.objects.locked(case.activity_id)
    held = Case.objects.locked(case.pk)
    held.lesson = Lesson.objects.locked(case.lesson_id)
    return activity, held

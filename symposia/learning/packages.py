"""Packages of lessons as they are read: the current version, its files, and attempts at it."""

import uuid
from collections.abc import Mapping

from symposia.activities.models import Activity
from symposia.learning.models import (
    Completion,
    Lesson,
    LessonKind,
    Package,
    PackageAttempt,
    PackageAttemptQuerySet,
    PackageCommit,
    PackageFile,
)
from symposia.learning.scorm.tickets import LookTicket, package_url
from symposia.registrations.models import Registration

# From the worst to the best that an attempt can be.
_ORDER = (Completion.OPEN, Completion.FAILED, Completion.COMPLETED, Completion.PASSED)


def package_of(lesson: Lesson | uuid.UUID) -> Package | None:
    """The package that a lesson shows: the version that came last."""
    rows = Package.objects.filter(lesson=lesson).select_related("file")
    return rows.order_by("-number").first()


def packages_of(lesson: Lesson) -> list[Package]:
    """Every version of a lesson's package, the latest first."""
    rows = Package.objects.filter(lesson=lesson).select_related("file")
    return list(rows.order_by("-number"))


def has_packages(activity: Activity) -> bool:
    """Whether any lesson of an activity is a package."""
    return Lesson.objects.filter(activity=activity, kind=LessonKind.SCORM).exists()


def latest_attempt(
    registration: Registration | uuid.UUID, lesson: Lesson | uuid.UUID
) -> PackageAttempt | None:
    """What a learner is at, or was last."""
    return PackageAttempt.objects.of(registration, lesson).first()


def attempts_at(registration: Registration, lesson: Lesson) -> list[PackageAttempt]:
    """Every attempt of a learner at a lesson, the latest first."""
    return list(PackageAttempt.objects.of(registration, lesson))


def package_outcomes(registration: Registration) -> Mapping[uuid.UUID, str]:
    """How the best attempt of a learner at each package ended, by lesson."""
    rows = PackageAttempt.objects.filter(registration=registration)
    best: dict[uuid.UUID, str] = {}
    for lesson, said in rows.values_list("lesson_id", "completion"):
        known = best.get(lesson, Completion.OPEN)
        best[lesson] = max(known, said, key=_rank)
    return best


def _rank(said: str) -> int:
    return _ORDER.index(Completion(said))


def attempt_under_way(
    attempt_id: uuid.UUID, *, registration_id: uuid.UUID, lesson_id: uuid.UUID
) -> PackageAttempt | None:
    """An attempt of this learner at this lesson, while the learner has a place there."""
    rows = _under_way(attempt_id, registration_id, lesson_id)
    return rows.select_related("package", "lesson", "registration__clinician").first()


def _under_way(
    attempt_id: uuid.UUID, registration_id: uuid.UUID, lesson_id: uuid.UUID
) -> PackageAttemptQuerySet:
    """What whoever comes with the ticket of an attempt may have: that attempt, while its learner
    has a place."""
    return PackageAttempt.objects.filter(
        pk=attempt_id,
        registration=registration_id,
        lesson=lesson_id,
        registration__in=Registration.objects.confirmed(),
    )


def commits_of(attempt: PackageAttempt) -> list[PackageCommit]:
    """Everything that an attempt was told, in its order."""
    return list(PackageCommit.objects.filter(attempt=attempt).order_by("number"))


def is_left(attempt: PackageAttempt) -> bool:
    """Whether the last thing it was told closed its part: that sitting has nothing more to say."""
    if attempt.tip is None:
        return False
    last = PackageCommit.objects.filter(attempt=attempt, event_uuid=attempt.tip)
    return last.filter(is_end=True).exists()


def package_file(package_id: uuid.UUID, path: str) -> PackageFile | None:
    """The file of a package under this path, exactly."""
    return PackageFile.objects.filter(package=package_id, path=path).first()


def file_of_attempt(
    attempt_id: uuid.UUID, path: str, *, registration_id: uuid.UUID, lesson_id: uuid.UUID
) -> PackageFile | None:
    """The same for whoever is at it, while they have a place."""
    attempts = _under_way(attempt_id, registration_id, lesson_id)
    rows = PackageFile.objects.filter(package__in=attempts.values("package"), path=path)
    return rows.first()


def package_of_id(pk: uuid.UUID) -> Package | None:
    """One version of a package."""
    return Package.objects.filter(pk=pk).select_related("lesson", "file").first()


def look_address(package: Package, user_id: uuid.UUID) -> str:
    """Where somebody of the office looks at a package."""
    return package_url(LookTicket(package.organisation_id, user_id, package.pk))

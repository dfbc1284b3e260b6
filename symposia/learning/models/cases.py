from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import Subject
from symposia.learning.cases.document import CaseDocument, CaseOutcome, document_of
from symposia.learning.models.courses import Lesson
from symposia.registrations.models import Registration
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class CaseQuerySet(Locking["Case"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ACTIVITIES
    ) -> Self:
        """Those of the activities that a person may see, where the wall leaves them content."""
        seen = Activity.objects.visible_to(access, permission, subject=Subject.CONTENT)
        return self.filter(activity__in=seen)

    def with_lesson(self) -> Self:
        return self.select_related("activity", "lesson", "lesson__module")


class Case(TenantModel):
    """A case as its author has it now: the draft of its next version."""

    activity = Key(Activity)
    lesson = Key(Lesson)
    # A `CaseDocument`.
    draft = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[CaseQuerySet] = CaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "lesson"], name="one_case_per_lesson"
            )
        ]

    def __str__(self) -> str:
        return self.lesson.title

    @property
    def document(self) -> CaseDocument:
        return document_of(self.draft)


class CaseVersion(TenantModel):
    """A case as it was published: whoever began it finishes exactly this one."""

    APPEND_ONLY = True

    activity = Key(Activity)
    case = Key(Case, related_name="versions")
    number = models.PositiveSmallIntegerField()
    # A `CaseDocument`.
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    # The most points that a way through it earns.
    best = models.IntegerField()
    published_at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "case", "number"], name="one_case_version_per_number"
            )
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def document(self) -> CaseDocument:
        return document_of(self.content)


class CaseRunQuerySet(models.QuerySet["CaseRun"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ATTENDANCE
    ) -> Self:
        """Those of learners whose registration one may see."""
        return self.filter(registration__in=Registration.objects.visible_to(access, permission))

    def of(self, registration: Registration, lesson: Lesson) -> Self:
        """What a learner began of a case, the latest first."""
        rows = self.filter(registration=registration, lesson=lesson)
        return rows.select_related("case_version").order_by("-number")

    def search(self, text: str) -> Self:
        """Those of whoever is called so, and those of cases that are."""
        people = Registration.objects.search(text)
        return self.filter(Q(registration__in=people) | Q(lesson__title__icontains=text))


class CaseRun(TenantModel):
    """A learner's beginning of a case, in the version that there was; what they did hangs on it."""

    APPEND_ONLY = True
    BEHIND = "learners"

    activity = Key(Activity)
    registration = Key(Registration)
    lesson = Key(Lesson)
    case_version = Key(CaseVersion)
    number = models.PositiveSmallIntegerField()
    begun_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[CaseRunQuerySet] = CaseRunQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "registration", "lesson", "number"],
                name="one_case_run_per_number",
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "lesson"], name="case_runs_of_a_lesson")]

    def __str__(self) -> str:
        return str(self.number)


class MoveKind(models.TextChoices):
    """What a learner does at a step of a case."""

    ASKED = "asked", "asked"
    DECIDED = "decided", "decided"


class CaseMove(TenantModel):
    """One thing that a learner did in a case: a finding asked for, or a decision. No way goes in a
    circle, so that a step is decided once and the same answer sent twice is one."""

    APPEND_ONLY = True
    BEHIND = "learners"

    activity = Key(Activity)
    run = Key(CaseRun, related_name="moves")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7, choices=MoveKind)
    # Codes of the version: the step, what was asked or decided there, and where that led.
    step_code = models.CharField(max_length=12)
    choice_code = models.CharField(max_length=12)
    next_code = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "run", "position"], name="one_case_move_per_position"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "run", "step_code"],
                condition=Q(kind="decided"),
                name="a_step_of_a_case_is_decided_once",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "run", "step_code", "choice_code"],
                condition=Q(kind="asked"),
                name="a_finding_of_a_case_is_asked_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="case_moves_of_an_activity")
        ]

    def __str__(self) -> str:
        return f"{self.step_code} {self.choice_code}"


class CaseResult(TenantModel):
    """How a run through a case ended, and what it earned."""

    APPEND_ONLY = True
    BEHIND = "learners"

    activity = Key(Activity)
    run = Key(CaseRun, related_name="results")
    ending_code = models.CharField(max_length=12)
    outcome = models.CharField(max_length=4, choices=CaseOutcome)
    points = models.IntegerField()
    # Of a hundred: the points of the most that a way through it earns.
    percent = models.PositiveSmallIntegerField()
    # Of the patient's time.
    minutes = models.PositiveIntegerField()
    ended_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "run"], name="one_result_per_case_run"
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="a_case_is_of_a_hundred"),
        ]

    def __str__(self) -> str:
        return f"{self.percent} %"

import uuid
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, ContentItem, Contributor, Verdict
from symposia.activities.wall import Subject
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class CourseQuerySet(Locking["Course"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ACTIVITIES
    ) -> Self:
        """Those of the activities that a person may see, where the wall leaves them content."""
        seen = Activity.objects.visible_to(access, permission, subject=Subject.CONTENT)
        return self.filter(activity__in=seen)

    def search(self, text: str) -> Self:
        return self.filter(
            Q(activity__title__icontains=text) | Q(activity__number__iexact=text.strip())
        )


class Course(TenantModel):
    """How the content of an activity is studied: in its order or freely, how and with what."""

    activity = Key(Activity)
    # Whether a lesson opens only after the one before it is done.
    is_ordered = models.BooleanField(default=True)
    # What learners are told before they begin.
    method = models.CharField(max_length=500, blank=True)
    needs = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[CourseQuerySet] = CourseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="one_course_per_activity"
            )
        ]

    def __str__(self) -> str:
        return str(_("Course"))


class ModuleQuerySet(Locking["Module"]):
    def of(self, activity: Activity | uuid.UUID) -> Self:
        return self.filter(activity=activity).order_by("position", "pk")

    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ACTIVITIES
    ) -> Self:
        """Those of the activities that a person may see, where the wall leaves them content."""
        seen = Activity.objects.visible_to(access, permission, subject=Subject.CONTENT)
        return self.filter(activity__in=seen)


class Module(TenantModel):
    """Some lessons that belong together, under a title."""

    activity = Key(Activity)
    title = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[ModuleQuerySet] = ModuleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "title"], name="one_module_per_title"
            )
        ]

    def __str__(self) -> str:
        return self.title


class LessonKind(models.TextChoices):
    """What a lesson is made of."""

    VIDEO = "video", _("Video")
    PDF = "pdf", _("PDF")
    TEXT = "text", _("Text")
    IMAGE = "image", _("Image")
    LINK = "link", _("Link")
    FILE = "file", _("File to take home")
    CASE = "case", _("Case")
    SCORM = "scorm", _("Package (SCORM)")


class LessonQuerySet(Locking["Lesson"]):
    def of(self, activity: Activity | uuid.UUID) -> Self:
        """The lessons of an activity in the order in which they are studied."""
        rows = self.filter(activity=activity).select_related(
            "module", "file", "captions", "item", "case"
        )
        # What a case is made of is read where it is played.
        rows = rows.defer("case__content")
        return rows.order_by("module__position", "module", "position", "pk")

    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ACTIVITIES
    ) -> Self:
        """Those of the activities that a person may see, where the wall leaves them content."""
        seen = Activity.objects.visible_to(access, permission, subject=Subject.CONTENT)
        return self.filter(activity__in=seen)

    def cases(self) -> Self:
        return self.filter(kind=LessonKind.CASE)

    def with_content(self) -> Self:
        return self.select_related(
            "activity", "module", "file", "captions", "item", "objective", "case"
        )


class Lesson(TenantModel):
    """What is studied in one go: a video, a paper, a text, and how long it takes."""

    activity = Key(Activity)
    module = Key(Module, related_name="lessons")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=6, choices=LessonKind)
    title = models.CharField(max_length=200)
    # The estimate, in minutes.
    minutes = models.PositiveSmallIntegerField()
    is_required = models.BooleanField(default=True)
    text = models.TextField(blank=True)
    # A hosted video, or what a link leads to.
    address = models.URLField(max_length=500, blank=True)
    file = Key("work.StoredFile", null=True, blank=True)
    # WebVTT.
    captions = Key("work.StoredFile", null=True, blank=True)
    transcript = models.TextField(blank=True)
    # What an image shows, for whoever does not see it.
    description = models.CharField(max_length=300, blank=True)
    # How long the video of the file lasts, in seconds.
    seconds = models.PositiveIntegerField(null=True, blank=True)
    sources = models.TextField(blank=True)
    objective = Key("curriculum.Objective", null=True, blank=True)
    # Reviewed content of the activity that the file was taken from.
    item = Key(ContentItem, null=True, blank=True)
    # The version of a case that is studied; without one nobody has published it.
    case = Key("learning.CaseVersion", null=True, blank=True)
    # Whoever wrote any of it, and therefore does not judge it.
    written_by = ArrayField(models.UUIDField(), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[LessonQuerySet] = LessonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "title"], name="one_lesson_per_title"
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="a_lesson_takes_minutes"),
        ]
        indexes = [models.Index(fields=["organisation_id", "module"], name="lessons_of_a_module")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_watched(self) -> bool:
        """Whether what was seen of it can be measured: a video that is kept here."""
        return self.kind == LessonKind.VIDEO and self.file_id is not None and bool(self.seconds)

    @property
    def is_case(self) -> bool:
        return self.kind == LessonKind.CASE

    @property
    def lacks_case(self) -> bool:
        """Whether it is a case that nobody has published."""
        return self.is_case and self.case_id is None


class LessonReview(TenantModel):
    """A reviewer's verdict on a lesson exactly as it was: another content needs another review."""

    APPEND_ONLY = True

    lesson = Key(Lesson, related_name="reviews")
    digest = models.CharField(max_length=64)
    reviewer = Key(Contributor)
    verdict = models.CharField(max_length=10, choices=Verdict)
    checklist = models.JSONField()
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.verdict


class RequirementQuerySet(models.QuerySet["Requirement"]):
    def of(self, activity: Activity | uuid.UUID) -> Self:
        return self.filter(activity=activity).order_by("position", "pk")


class Requirement(TenantModel):
    """One thing that learners of an activity do before its credit, and where in the order."""

    activity = Key(Activity)
    # The code of a kind that some context keeps (`registrations.requirements`).
    kind = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    settings = models.JSONField(default=dict, blank=True)

    objects: ClassVar[RequirementQuerySet] = RequirementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "kind"], name="one_requirement_per_kind"
            )
        ]

    def __str__(self) -> str:
        return self.kind

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Access, Permission
from symposia.activities.models.activities import ENDED, Activity
from symposia.shared.tenancy import Key, TenantModel


class DutyState(models.TextChoices):
    """Whether something owed is done, still open, or late."""

    OPEN = "open", _("Open")
    OVERDUE = "overdue", _("Overdue")
    DONE = "done", _("Done")


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def visible_to(self, access: Access) -> Self:
        seen = Activity.objects.visible_to(access, Permission.VIEW_ACTIVITIES)
        return self.filter(activity__in=seen)

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity).select_related("owner").order_by("due_on", "pk")

    def judged(self, on: date) -> Self:
        """With the state each is in on a day."""
        late = Case(
            When(done_at__isnull=False, then=Value(DutyState.DONE.value)),
            When(due_on__lt=on, then=Value(DutyState.OVERDUE.value)),
            default=Value(DutyState.OPEN.value),
            output_field=models.CharField(choices=DutyState),
        )
        return self.annotate(state=late)

    def owed(self, until: date) -> Self:
        """Not done, due by a day, of activities that are still to be finished."""
        return self.filter(done_at=None, due_on__lte=until).exclude(activity__state__in=ENDED)

    def search(self, text: str) -> Self:
        return self.filter(
            Q(title__icontains=text)
            | Q(activity__title__icontains=text)
            | Q(activity__number__iexact=text.strip())
        )


class Milestone(TenantModel):
    """Something that is to be done some days before or after an activity, by somebody."""

    activity = Key(Activity, related_name="milestones")
    title = models.CharField(max_length=200)
    # Less than 0 is before the day on which the activity begins; the day moves along with it.
    days = models.SmallIntegerField()
    due_on = models.DateField()
    role = models.CharField(max_length=40, blank=True)
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by_name = models.CharField(max_length=200, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    objects: ClassVar[MilestoneQuerySet] = MilestoneQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "title"],
                name="one_milestone_once_per_activity",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by_name="")
                | Q(done_at__isnull=False) & ~Q(done_by_name=""),
                name="done_milestone_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "due_on"],
                condition=Q(done_at__isnull=True),
                name="milestones_owed",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def is_late(self, on: date) -> bool:
        return not self.is_done and self.due_on < on


class DocumentSlotQuerySet(models.QuerySet["DocumentSlot"]):
    def visible_to(self, access: Access) -> Self:
        seen = Activity.objects.visible_to(access, Permission.VIEW_ACTIVITIES)
        return self.filter(activity__in=seen)

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity).order_by("due_on", "pk")

    def judged(self, on: date) -> Self:
        """With the state each is in on a day: handed in or not needed, overdue, or open."""
        state = Case(
            When(Q(latest__gt=0) | ~Q(waived_because=""), then=Value(DutyState.DONE.value)),
            When(due_on__lt=on, then=Value(DutyState.OVERDUE.value)),
            default=Value(DutyState.OPEN.value),
            output_field=models.CharField(choices=DutyState),
        )
        return self.annotate(state=state)

    def missing(self) -> Self:
        return self.filter(latest=0, waived_because="").exclude(activity__state__in=ENDED)

    def search(self, text: str) -> Self:
        return self.filter(
            Q(title__icontains=text)
            | Q(activity__title__icontains=text)
            | Q(activity__number__iexact=text.strip())
        )


class DocumentSlot(TenantModel):
    """A document that an activity must have by a day; its files are its versions."""

    activity = Key(Activity, related_name="documents")
    title = models.CharField(max_length=200)
    days = models.SmallIntegerField()
    due_on = models.DateField()
    role = models.CharField(max_length=40, blank=True)
    # The number of the version that counts; 0 while nothing was handed in.
    latest = models.PositiveIntegerField(default=0)
    waived_because = models.CharField(max_length=300, blank=True)

    objects: ClassVar[DocumentSlotQuerySet] = DocumentSlotQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "title"],
                name="one_document_once_per_activity",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_there(self) -> bool:
        return self.latest > 0


class DocumentVersion(TenantModel):
    """A file that was handed in for a document; a later one takes its place, none is changed."""

    APPEND_ONLY = True

    slot = Key(DocumentSlot, related_name="versions")
    number = models.PositiveIntegerField()
    file = Key("work.StoredFile")
    note = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "slot", "number"], name="one_version_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"

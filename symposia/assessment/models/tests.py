import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.assessment.models.bank import BankQuestion
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class Purpose(models.TextChoices):
    """When a test is taken: before, after, or long after an activity."""

    PRE = "pre", _("Pre-test")
    POST = "post", _("Post-test")
    FOLLOW_UP = "follow-up", _("Follow-up test")


class Feedback(models.TextChoices):
    """When a learner reads what was right and why."""

    AT_ONCE = "at_once", _("After each question; an answer stands")
    AT_END = "at_end", _("At the end, once it is passed or the last attempt is used")
    NEVER = "never", _("Never; only the result is shown")


class StateOfTest(models.TextChoices):
    """A test is written, then taken, then over."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class KnowledgeTestQuerySet(Locking["KnowledgeTest"]):
    def of(self, activity_id: uuid.UUID) -> Self:
        return self.filter(activity=activity_id).order_by("pk")


class KnowledgeTest(Stateful, TenantModel):
    """What the learners of an activity are tested with, once before and once after it."""

    TRANSITIONS: ClassVar[Transitions] = {
        StateOfTest.DRAFT: {StateOfTest.OPEN},
        StateOfTest.OPEN: {StateOfTest.CLOSED},
        StateOfTest.CLOSED: {StateOfTest.OPEN},
    }

    activity = Key(Activity)
    purpose = models.CharField(max_length=9, choices=Purpose)
    state = models.CharField(max_length=6, choices=StateOfTest, default=StateOfTest.DRAFT)
    # Per cent of the points; without one nobody fails.
    pass_mark = models.PositiveSmallIntegerField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=1)
    # Between the end of an attempt and the next one.
    wait_hours = models.PositiveSmallIntegerField(default=0)
    # For one attempt; without it nobody is hurried.
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    shuffles_questions = models.BooleanField(default=True)
    shuffles_options = models.BooleanField(default=True)
    feedback = models.CharField(max_length=7, choices=Feedback, default=Feedback.AT_END)
    # Whether credit waits for it.
    is_required = models.BooleanField(default=False)
    # Of a follow-up: days after the end from which it can be taken.
    after_days = models.PositiveSmallIntegerField(default=0)
    # What whoever has used the last attempt reads.
    what_next = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[KnowledgeTestQuerySet] = KnowledgeTestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "purpose"], name="one_test_per_purpose"
            ),
            models.CheckConstraint(
                condition=Q(pass_mark__isnull=True) | Q(pass_mark__range=(1, 100)),
                name="a_pass_mark_is_per_cent",
            ),
            models.CheckConstraint(
                condition=Q(attempts__range=(1, 20)), name="a_test_has_some_attempts"
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gte=1),
                name="a_test_gives_some_minutes",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_purpose_display())

    @property
    def is_open(self) -> bool:
        return self.state == StateOfTest.OPEN


class PartOfTest(TenantModel):
    """One question of a test, or so many drawn from those with a tag or an objective."""

    test = Key(KnowledgeTest, related_name="parts")
    position = models.PositiveSmallIntegerField()
    question = Key(BankQuestion, null=True, blank=True)
    tag = models.CharField(max_length=40, blank=True)
    objective = Key("curriculum.Objective", null=True, blank=True)
    count = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "test", "position"], name="one_part_per_position"
            ),
            models.CheckConstraint(
                condition=Q(question__isnull=False, tag="", objective__isnull=True, count=1)
                | (Q(question__isnull=True) & (~Q(tag="") | Q(objective__isnull=False))),
                name="a_part_is_a_question_or_a_pool",
            ),
            models.CheckConstraint(
                condition=Q(count__range=(1, 100)), name="a_part_asks_something"
            ),
        ]

    def __str__(self) -> str:
        return str(self.question or self.tag or self.objective)

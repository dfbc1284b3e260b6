import uuid
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from symposia.activities.models import Activity
from symposia.assessment.models.bank import BankVersion
from symposia.assessment.models.tests import KnowledgeTest
from symposia.registrations.models import Registration
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class AllowanceQuerySet(models.QuerySet["Allowance"]):
    def with_people(self, test: KnowledgeTest) -> Self:
        """What was allowed at a test, with whom it was allowed, in order."""
        rows = self.filter(test=test).select_related("registration__clinician")
        return rows.order_by("given_at", "pk")


class Allowance(TenantModel):
    """More time, more attempts for one learner at a test, and why. Several add up."""

    APPEND_ONLY = True
    BEHIND = "learners"

    activity = Key(Activity)
    test = Key(KnowledgeTest)
    registration = Key(Registration)
    extra_minutes = models.PositiveSmallIntegerField(default=0)
    extra_attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500)
    given_at = models.DateTimeField(default=timezone.now)
    given_by_name = models.CharField(max_length=200)

    objects: ClassVar[AllowanceQuerySet] = AllowanceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(extra_minutes__gt=0) | Q(extra_attempts__gt=0),
                name="an_allowance_allows_something",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "test", "registration"], name="allowances_at_a_test"
            )
        ]

    def __str__(self) -> str:
        return f"+{self.extra_minutes} min, +{self.extra_attempts}"


class AttemptQuerySet(Locking["Attempt"]):
    def of(self, registration: Registration) -> Self:
        return self.filter(registration=registration).order_by("number")

    def unfinished(self) -> Self:
        return self.filter(results=None)


class Attempt(TenantModel):
    """One learner's beginning of a test; what was drawn and answered hangs on it."""

    APPEND_ONLY = True
    BEHIND = "learners"

    activity = Key(Activity)
    test = Key(KnowledgeTest)
    registration = Key(Registration)
    number = models.PositiveSmallIntegerField()
    # Decides what is drawn and in which order it stands.
    seed = models.PositiveBigIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    # What is answered later counts no more.
    ends_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AttemptQuerySet] = AttemptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "test", "registration", "number"],
                name="one_attempt_per_number",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "registration"], name="attempts_of_registration"
            )
        ]

    def __str__(self) -> str:
        return f"{self.test}, attempt {self.number}"


class AttemptItem(TenantModel):
    """A question as it was asked in an attempt: which version, at which place, its answers in
    which order."""

    APPEND_ONLY = True

    attempt = Key(Attempt, related_name="items")
    position = models.PositiveSmallIntegerField()
    wording = Key(BankVersion)
    # The positions of the answers as they stand on the screen; of pairs, of the right-hand side.
    shown = ArrayField(models.PositiveSmallIntegerField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "attempt", "position"], name="one_item_per_position"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "attempt", "wording"], name="an_item_is_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}"


class AnswerSaved(TenantModel):
    """What a learner answered, as often as it was saved; the last one counts."""

    APPEND_ONLY = True

    # Made by the page: the same answer sent twice is one.
    event_uuid = models.UUIDField(default=uuid.uuid4)
    item = Key(AttemptItem, related_name="answers")
    # Rises within an attempt; a phone without network sends late what was answered early.
    sequence = models.PositiveIntegerField()
    # Positions of answers: chosen, in order, or of each pair's partner (0 for none).
    chosen = ArrayField(models.PositiveSmallIntegerField(), default=list)
    text = models.CharField(max_length=500, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "event_uuid"], name="an_answer_is_saved_once"
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "item"], name="answers_of_an_item")]

    def __str__(self) -> str:
        return self.text or ", ".join(map(str, self.chosen))


class AttemptResult(TenantModel):
    """That an attempt was handed in, or its time was over, and what it came to."""

    APPEND_ONLY = True
    BEHIND = "learners"

    activity = Key(Activity)
    attempt = Key(Attempt, related_name="results")
    finished_at = models.DateTimeField(default=timezone.now)
    ran_out = models.BooleanField(default=False)
    points = models.DecimalField(max_digits=8, decimal_places=4)
    out_of = models.PositiveSmallIntegerField()
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    # Nothing where the test has no pass mark.
    passed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "attempt"], name="one_result_per_attempt"
            ),
            models.CheckConstraint(
                condition=Q(percent__range=(0, 100)), name="a_result_is_per_cent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} %"


class ItemScore(TenantModel):
    """What the counting answer to one question earned, from nothing to one point."""

    APPEND_ONLY = True

    item = Key(AttemptItem, related_name="scores")
    points = models.DecimalField(max_digits=5, decimal_places=4)
    chosen = ArrayField(models.PositiveSmallIntegerField(), default=list)
    text = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "item"], name="one_score_per_item"),
            models.CheckConstraint(
                condition=Q(points__range=(0, 1)), name="a_question_gives_one_point"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points}"

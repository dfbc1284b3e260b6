from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import of_activities
from symposia.directory.models import Clinician
from symposia.engagement.models.follow_ups import FollowUp
from symposia.learning.models import AudienceQuestion
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class HandedQuestion(TenantModel):
    """A representative handed a question about a product to medical affairs. Whoever hands it over
    sees that, and nothing of what becomes of it."""

    APPEND_ONLY = True
    BEHIND = "learners"

    follow_up = Key(FollowUp, related_name="handed_questions")
    activity = Key(Activity)
    question = Key(AudienceQuestion)
    at = models.DateTimeField(default=timezone.now)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "question"], name="a_question_is_handed_over_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.by_name}, {self.at:%F}"


class AdverseEventQuerySet(Locking["AdverseEvent"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_EVALUATIONS
    ) -> Self:
        """Those of activities whose learners' words somebody reads: whoever promotes does not."""
        return self.filter(of_activities(access, permission))

    def unsent(self) -> Self:
        """Those that no mailbox was told of yet."""
        return self.filter(sendings=None)

    def for_list(self) -> Self:
        return self.select_related("activity", "clinician", "follow_up__owner")


class AdverseEvent(TenantModel):
    """What somebody told of harm that a product may have done: kept word for word, for drug safety,
    with the clock that began when it was told. Nobody changes it."""

    APPEND_ONLY = True
    BEHIND = "learners"

    follow_up = Key(FollowUp, related_name="adverse_events")
    activity = Key(Activity)
    # Who told of it; the patient is not named here.
    clinician = Key(Clinician)
    product = models.CharField(max_length=200)
    text = models.TextField()
    # When the representative learned of it: the clock runs from here.
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    # The rule the clock follows, as it stood then, and whether somebody has to confirm it.
    rule = models.CharField(max_length=300)
    is_to_verify = models.BooleanField()
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    objects: ClassVar[AdverseEventQuerySet] = AdverseEventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(product=""), name="an_adverse_event_says_what"
            ),
            models.CheckConstraint(
                condition=Q(received_at__lte=models.F("recorded_at")),
                name="an_adverse_event_was_told_before_it_is_kept",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "-received_at"], name="adverse_events_by_time")
        ]

    def __str__(self) -> str:
        return f"{self.product}, {self.received_at:%F}"


class SafetyMailbox(TenantModel):
    """Where drug safety of the organisation reads its mail; the last one set counts."""

    APPEND_ONLY = True

    address = models.EmailField()
    set_at = models.DateTimeField(default=timezone.now)
    set_by_id = models.UUIDField(null=True)
    set_by_name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.address


class SafetySending(TenantModel):
    """An adverse event was written to the mailbox of drug safety."""

    APPEND_ONLY = True
    BEHIND = "learners"

    event = Key(AdverseEvent, related_name="sendings")
    activity = Key(Activity)
    address = models.EmailField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "event"], name="an_adverse_event_is_sent_once"
            )
        ]

    def __str__(self) -> str:
        return self.address

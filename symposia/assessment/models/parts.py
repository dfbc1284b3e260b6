"""An evaluation answered in parts: the questions of a session first, the rest at the end."""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from symposia.activities.models import Activity, Session
from symposia.assessment.models.evaluations import EvaluationForm
from symposia.registrations.models import Registration
from symposia.shared.tenancy import Key, TenantModel

# A short time after the last session of a day, unless an activity says otherwise.
USUAL_DELAY, LONGEST_DELAY = 15, 24 * 60


class PartResponseQuerySet(models.QuerySet["PartResponse"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(form__activity=activity)


class PartResponse(TenantModel):
    """That a learner has answered the questions of a session, and when; never what was answered."""

    APPEND_ONLY = True

    form = Key(EvaluationForm)
    registration = Key(Registration)
    session = Key(Session)
    answered_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[PartResponseQuerySet] = PartResponseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "registration", "session"],
                name="one_response_per_session",
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "form"], name="part_responses_to_a_form")
        ]

    def __str__(self) -> str:
        return f"answered {self.answered_at:%F}"


class SessionAskedQuerySet(models.QuerySet["SessionAsked"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(registration__activity=activity)

    def of_places(self, registrations: Iterable[Registration]) -> Self:
        return self.filter(registration__in=list(registrations))


class SessionAsked(TenantModel):
    """That a learner was sent the questions of a session, once."""

    APPEND_ONLY = True

    registration = Key(Registration)
    session = Key(Session)
    asked_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[SessionAskedQuerySet] = SessionAskedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "registration", "session"],
                name="asked_once_of_a_session",
            )
        ]

    def __str__(self) -> str:
        return f"asked {self.asked_at:%F}"


class SessionDelay(TenantModel):
    """How long after the last session of a day an activity sends what it asks of the sessions."""

    activity = Key(Activity)
    minutes = models.PositiveSmallIntegerField(default=USUAL_DELAY)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="one_session_delay_per_activity"
            ),
            models.CheckConstraint(
                condition=Q(minutes__lte=LONGEST_DELAY), name="a_session_delay_is_a_day_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} min"

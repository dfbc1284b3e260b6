from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.credits.models.ledger import within_reach
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class AppealState(models.TextChoices):
    """An appeal waits until a person decides, with a reason."""

    WAITING = "waiting", _("Waits for the office")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Not granted")


A = AppealState


class CreditAppealQuerySet(models.QuerySet["CreditAppeal"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_CREDITS) -> Self:
        return self.filter(within_reach(access, permission))

    def of(self, registration: Registration) -> Self:
        return self.filter(registration=registration).order_by("-asked_at", "-pk")

    def waiting(self) -> Self:
        return self.filter(state=A.WAITING)


class CreditAppeal(Stateful, TenantModel):
    """That a learner finds the credit of an activity wrong, and what a person decided."""

    BEHIND = "learners"
    TRANSITIONS: ClassVar[Transitions] = {
        A.WAITING: {A.GRANTED, A.REFUSED},
        A.GRANTED: set(),
        A.REFUSED: set(),
    }

    clinician = Key(Clinician)
    activity = Key(Activity)
    registration = Key(Registration)
    said = models.CharField(max_length=1000)
    # What could be claimed when it was written, in words: the explanation it is about.
    explained = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=A, default=A.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_because = models.CharField(max_length=1000, blank=True)

    objects: ClassVar[CreditAppealQuerySet] = CreditAppealQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "registration"],
                condition=Q(state="waiting"),
                name="one_waiting_appeal_per_registration",
            ),
            models.CheckConstraint(condition=~Q(said=""), name="an_appeal_says_what_is_wrong"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False) & ~Q(decided_because="")),
                name="a_decided_appeal_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "state"], name="appeals_by_state"),
            models.Index(fields=["organisation_id", "activity"], name="appeals_of_activity"),
        ]

    def __str__(self) -> str:
        return self.said[:80]

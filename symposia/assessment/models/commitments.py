from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.registrations.models import Registration
from symposia.shared.tenancy import Key, TenantModel

# Days after which somebody is asked what became of it: what the outcomes literature follows.
STAGES = (30, 60, 90)


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.MANAGE_EVALUATIONS
    ) -> Self:
        """Named and confidential: of activities whose evaluation this person works on."""
        return self.filter(activity__in=Activity.objects.visible_to(access, permission))

    def of_registration(self, registration: Registration) -> Self:
        return self.filter(registration=registration).order_by("number", "pk")


class Commitment(TenantModel):
    """What a learner wants to change in practice, in their own words and under their name."""

    BEHIND = "learners"
    APPEND_ONLY = True

    activity = Key(Activity)
    registration = Key(Registration)
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    # The objective it comes from, where the learner says so.
    objective = Key("curriculum.Objective", null=True, blank=True)
    given_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[CommitmentQuerySet] = CommitmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "registration", "number"],
                name="one_commitment_per_number",
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="commitments_of_an_activity")
        ]

    def __str__(self) -> str:
        # What the journal prints: that there is one, never what it says.
        return f"commitment {self.number}"


class Kept(models.TextChoices):
    """What became of a commitment."""

    DONE = "done", _("Done")
    PARTLY = "partly", _("Partly")
    NOT = "not", _("Not done")


class CommitmentResult(TenantModel):
    """What a learner said of a commitment after 30, 60 or 90 days; said once for each."""

    BEHIND = "learners"
    APPEND_ONLY = True

    activity = Key(Activity)
    commitment = Key(Commitment, related_name="results")
    stage = models.PositiveSmallIntegerField()
    kept = models.CharField(max_length=6, choices=Kept)
    # Codes of the list of barriers (`barriers.py`), and own words.
    barriers = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    said = models.CharField(max_length=1000, blank=True)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "commitment", "stage"],
                name="one_result_of_a_commitment_per_stage",
            ),
            models.CheckConstraint(condition=Q(stage__in=STAGES), name="a_result_is_of_a_stage"),
        ]

    def __str__(self) -> str:
        return f"after {self.stage} days"

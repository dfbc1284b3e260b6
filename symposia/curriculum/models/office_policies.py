from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Permission
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import Key, TenantModel


class PolicyKind(models.TextChoices):
    """What a document of the organisation is: its mission, or a policy people acknowledge."""

    MISSION = "mission", _("Mission")
    POLICY = "policy", _("Policy")
    PROCEDURE = "procedure", _("Procedure")


class OfficePolicyQuerySet(SeenWith["OfficePolicy"]):
    PERMISSION = Permission.VIEW_TODAY

    def search(self, text: str) -> Self:
        return self.filter(Q(number__iexact=text.strip()) | Q(title__icontains=text))

    def living(self) -> Self:
        return self.filter(ended_at=None)


class OfficePolicy(TenantModel):
    """The mission, or a policy or procedure of the office: owned, reviewed, acknowledged."""

    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=PolicyKind)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    review_on = models.DateField()
    # The rules it carries out, each as `pack code:rule code`.
    rules = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OfficePolicyQuerySet] = OfficePolicyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_policy_per_number"
            ),
            models.UniqueConstraint(
                fields=["organisation_id"],
                condition=Q(kind="mission", ended_at=None),
                name="one_mission_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class PolicyEdition(TenantModel):
    """The words of a policy from a day on; a change is the next edition."""

    APPEND_ONLY = True

    policy = Key(OfficePolicy, related_name="editions")
    edition = models.PositiveSmallIntegerField()
    text = models.TextField()
    what_changed = models.TextField(blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    published_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "policy", "edition"], name="one_text_per_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition}"


class Acknowledgement(TenantModel):
    """That somebody has read an edition of a policy."""

    APPEND_ONLY = True

    edition = Key(PolicyEdition, related_name="acknowledgements")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "edition", "user"], name="one_acknowledgement_each"
            )
        ]

    def __str__(self) -> str:
        return str(self.user_id)

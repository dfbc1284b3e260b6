from collections.abc import Iterable
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import Subject, of_activities, shut
from symposia.directory.models import Clinician
from symposia.shared.money import Money
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class Providership(models.TextChoices):
    """Whether the organisation provides an activity alone or with one that is not accredited."""

    DIRECT = "direct", _("Alone")
    JOINT = "joint", _("Together with an organisation that is not accredited")


class Outcome(models.TextChoices):
    """What an activity is designed to change, and what of it was measured."""

    KNOWLEDGE = "knowledge", _("Knowledge")
    COMPETENCE = "competence", _("Competence")
    PERFORMANCE = "performance", _("Performance")
    PATIENTS = "patients", _("Health of patients")


class ActivityFactsQuerySet(Locking["ActivityFacts"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_CREDITS
    ) -> "ActivityFactsQuerySet":
        return self.filter(of_activities(access, permission))


class ActivityFacts(TenantModel):
    """What bodies ask of an activity and nobody else does."""

    activity = Key(Activity)
    # The state or province by its two letters, where people met.
    region = models.CharField(max_length=2, blank=True)
    providership = models.CharField(max_length=6, choices=Providership, default=Providership.DIRECT)
    joint_with = models.CharField(max_length=200, blank=True)
    # Nothing until somebody says whether there was any.
    has_support = models.BooleanField(null=True)
    designed_for = ArrayField(models.CharField(max_length=12, choices=Outcome), default=list)
    measured = ArrayField(models.CharField(max_length=12, choices=Outcome), default=list)
    # Whom a council sends to watch.
    observer = models.CharField(max_length=200, blank=True)
    # What the body calls the activity, once it has said so.
    body_number = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by_name = models.CharField(max_length=200)

    objects: ClassVar[ActivityFactsQuerySet] = ActivityFactsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="facts_of_an_activity_once"
            ),
            models.CheckConstraint(
                condition=Q(region="") | Q(region__regex="^[A-Z]{2}$"),
                name="a_region_has_two_letters",
            ),
            models.CheckConstraint(
                condition=Q(providership="direct", joint_with="")
                | Q(providership="joint") & ~Q(joint_with=""),
                name="a_joint_provider_is_named",
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity)


class SupportQuerySet(Locking["CommercialSupport"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_CREDITS
    ) -> "SupportQuerySet":
        return self.filter(of_activities(access, permission))

    def of(self, activity: Activity) -> "SupportQuerySet":
        return self.of_each([activity])

    def of_each(self, activities: Iterable[Activity]) -> "SupportQuerySet":
        """What still stands of any of several activities."""
        kept = self.filter(activity__in=list(activities), withdrawn_at=None)
        return kept.order_by("source", "pk")


class CommercialSupport(TenantModel):
    """What a company gave to an activity: money, or something in kind."""

    activity = Key(Activity)
    source = models.CharField(max_length=200)
    amount_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    in_kind = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField(default=timezone.now)
    noted_by_name = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SupportQuerySet] = SupportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0) | ~Q(in_kind=""),
                name="support_is_money_or_in_kind",
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gte=0, currency__regex="^[A-Z]{3}$"),
                name="support_is_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="support_of_an_activity")
        ]

    def __str__(self) -> str:
        return self.source

    @property
    def amount(self) -> Money:
        return Money.from_minor(self.amount_minor, self.currency)


class LearnerIdentityQuerySet(Locking["LearnerIdentity"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_CREDITS
    ) -> "LearnerIdentityQuerySet":
        """All, for whoever sees the credit of the whole organisation; they name learners."""
        if not access.everywhere(permission) or shut(access, Subject.LEARNERS):
            return self.none()
        return self


class LearnerIdentity(TenantModel):
    """As whom bodies know a learner: names in parts and the day of birth, told for that alone."""

    clinician = Key(Clinician)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    # Year, month and day; or month and day alone, as some bodies ask.
    born = models.CharField(max_length=10, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by_name = models.CharField(max_length=200)

    objects: ClassVar[LearnerIdentityQuerySet] = LearnerIdentityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "clinician"], name="one_identity_per_learner"
            ),
            models.CheckConstraint(
                condition=Q(born="") | Q(born__regex=r"^(\d{4}-)?\d{2}-\d{2}$"),
                name="a_birthday_is_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

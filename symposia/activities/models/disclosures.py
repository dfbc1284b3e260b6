from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.activities.models.activities import Activity
from symposia.activities.models.team import Contributor
from symposia.shared.tenancy import Key, TenantModel


class GivenBy(models.TextChoices):
    """How somebody disclosed: by their own link, or spoken and written down."""

    LINK = "link", _("Own link")
    SELF = "self", _("Signed in")
    SPOKEN = "spoken", _("Said aloud")


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def last_of_each(self) -> Self:
        """Of each person what was disclosed last."""
        return self.order_by("contributor", "-number").distinct("contributor")

    def of(self, contributor: Contributor) -> Self:
        return self.filter(contributor=contributor).order_by("-number")


class Disclosure(TenantModel):
    """What a person declared once, for every activity, until it is renewed or runs out."""

    APPEND_ONLY = True

    contributor = Key(Contributor, related_name="disclosures")
    number = models.PositiveIntegerField()
    looks_back_to = models.DateField()
    expires_on = models.DateField()
    nothing = models.BooleanField()
    given_by = models.CharField(max_length=8, choices=GivenBy)
    attested_at = models.DateTimeField(default=timezone.now)
    # Who wrote it down; of a spoken one, whoever explained the definition and the months.
    by_name = models.CharField(max_length=200)

    objects: ClassVar[DisclosureQuerySet] = DisclosureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "contributor", "number"],
                name="one_disclosure_per_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    def counts_on(self, day: date) -> bool:
        return day <= self.expires_on


class Relationship(TenantModel):
    """One financial relationship with an ineligible company: its name and nature, no amount."""

    APPEND_ONLY = True

    disclosure = Key(Disclosure, related_name="relationships")
    company = models.CharField(max_length=200)
    nature = models.CharField(max_length=20)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "disclosure", "company", "nature"],
                name="one_relationship_once_per_disclosure",
            )
        ]

    def __str__(self) -> str:
        return self.company


class Weighing(TenantModel):
    """What is decided of one relationship in one activity; a renewal keeps it."""

    activity = Key(Activity)
    contributor = Key(Contributor)
    company = models.CharField(max_length=200)
    nature = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.company


class RelevanceDecision(Weighing):
    """Whether a relationship is relevant to what a person controls; or why they stay."""

    APPEND_ONLY = True

    is_relevant = models.BooleanField()
    # The ground for admission of an owner or employee, and its words of that day.
    exception = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200, blank=True)
    reason = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "activity", "at"], name="relevance_decided")
        ]


class Mitigation(Weighing):
    """The step that was taken about a relevant relationship before the role began."""

    APPEND_ONLY = True

    step = models.CharField(max_length=20)
    title = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "activity", "at"], name="mitigation_taken")
        ]


class DisclosureExemption(TenantModel):
    """Why an activity needs no disclosures at all: one of the standard's own exemptions."""

    APPEND_ONLY = True

    activity = Key(Activity)
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=200)
    # The one before it, which was taken back: of an activity at most one stands.
    follows = Key("self", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "follows"],
                name="exemptions_follow_each_other",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.title or self.code


class ExemptionEnd(TenantModel):
    """An exemption taken back, because it was stated by mistake or is no longer true."""

    APPEND_ONLY = True

    exemption = Key(DisclosureExemption, related_name="ends")
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "exemption"], name="an_exemption_ends_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.exemption)


class DisclosureStatement(TenantModel):
    """What learners are told before they engage: kept as it was shown, a version each time."""

    APPEND_ONLY = True

    activity = Key(Activity)
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "number"], name="one_statement_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.shared.tenancy import Key, TenantModel
from symposia.work.models import Import, Outcome


class PastKind(models.TextChoices):
    """What of an organisation's past a file brings."""

    ACTIVITIES = "past_activities", _("Activities")
    CREDITS = "past_credits", _("Credit of learners")
    DISCLOSURES = "past_disclosures", _("Disclosures")


class ImportedActivity(TenantModel):
    """That an activity was held before Symposia: from which row of which file it came, and what
    that said beyond the activity itself."""

    activity = Key(Activity)
    made = Key(Import)
    line = models.PositiveIntegerField()
    # As the system before, and the body, called it.
    old_number = models.CharField(max_length=60)
    body_number = models.CharField(max_length=40, blank=True)
    # What the file said of learners, credit and outcomes, by the names of its columns.
    facts = models.JSONField(default=dict)
    imported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="an_activity_is_imported_once"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "old_number"], name="an_old_number_is_imported_once"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "made", "line"], name="activities_of_a_file")
        ]

    def __str__(self) -> str:
        return self.old_number

    @property
    def said_of_file(self) -> str:
        """From which row of which file it came."""
        return _("%(file)s, row %(line)d") % {"file": self.made.file_name, "line": self.line}


class PastDisclosureQuerySet(models.QuerySet["PastDisclosure"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def of(self, activity_id: uuid.UUID) -> Self:
        return self.standing().filter(activity=activity_id).order_by("name", "company", "line")


class PastDisclosure(TenantModel):
    """What somebody disclosed before Symposia: a record of then. It clears nobody today."""

    activity = Key(Activity, null=True, blank=True)
    activity_number = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=80, blank=True)
    # Empty: they disclosed that there was nothing.
    company = models.CharField(max_length=200, blank=True)
    nature = models.CharField(max_length=120, blank=True)
    mitigated_by = models.CharField(max_length=300, blank=True)
    disclosed_on = models.DateField()
    made = Key(Import)
    line = models.PositiveIntegerField()
    imported_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PastDisclosureQuerySet] = PastDisclosureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("organisation_id", "activity_number", "name", "company", "nature"),
                    "disclosed_on",
                ],
                condition=Q(withdrawn_at__isnull=True),
                name="a_past_disclosure_stands_once",
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "made", "line"], name="disclosures_of_a_file"),
            models.Index(fields=["organisation_id", "activity"], name="past_disclosures_held"),
        ]

    def __str__(self) -> str:
        return self.name


class PastRowQuerySet(models.QuerySet["PastRow"]):
    def visible_to(self, access: Access) -> Self:
        return self if access.everywhere(Permission.IMPORT_CLINICIANS) else self.none()

    def of(self, made: Import) -> Self:
        return self.filter(made=made).order_by("line", "pk")


class PastRow(TenantModel):
    """What became, or would become, of one row of a file: which field, what was expected there,
    what it said, and what of the row is kept."""

    KEEPS_HISTORY = False

    made = Key(Import)
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    label = models.CharField(max_length=200, blank=True)
    field = models.CharField(max_length=80, blank=True)
    expected = models.CharField(max_length=200, blank=True)
    said = models.CharField(max_length=200, blank=True)
    kept = models.CharField(max_length=200, blank=True)

    objects: ClassVar[PastRowQuerySet] = PastRowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "made", "outcome", "line"], name="rows_of_a_past"
            )
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.outcome}"


class PastSignOff(TenantModel):
    """That a person compared a file with what came of it, sum by sum, and answers for it."""

    APPEND_ONLY = True

    made = Key(Import)
    # Line by line what was in the file and what is here.
    figures = models.JSONField()
    differences = models.PositiveIntegerField()
    note = models.CharField(max_length=500, blank=True)
    signed_at = models.DateTimeField(default=timezone.now)
    signed_by_id = models.UUIDField()
    signed_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "made"], name="a_past_is_signed_once"
            ),
            models.CheckConstraint(
                condition=Q(differences=0) | ~Q(note=""), name="a_difference_is_explained"
            ),
        ]

    def __str__(self) -> str:
        return self.signed_by_name

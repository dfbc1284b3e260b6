from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, Session
from symposia.activities.wall import of_activities
from symposia.registrations.models import Registration
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class SignInSheetQuerySet(Locking["SignInSheet"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ATTENDANCE
    ) -> Self:
        """Those of activities within reach."""
        return self.filter(activity__in=Activity.objects.visible_to(access, permission))

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)


class SignInSheet(TenantModel):
    """A list that was printed to be signed: everybody with a place, a row and a code each."""

    activity = Key(Activity)
    # Nothing: it is signed once, for the whole activity.
    session = Key(Session, null=True, blank=True)
    # Of the activity, from 1; it stands on the paper.
    number = models.PositiveSmallIntegerField()
    # What the code of each row begins with.
    code = models.CharField(max_length=8)
    printed_at = models.DateTimeField(default=timezone.now)
    printed_by_name = models.CharField(max_length=200)

    objects: ClassVar[SignInSheetQuerySet] = SignInSheetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "number"],
                name="one_sheet_per_number_and_activity",
            ),
            models.UniqueConstraint(fields=["organisation_id", "code"], name="one_sheet_per_code"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class SheetRowQuerySet(models.QuerySet["SheetRow"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ATTENDANCE
    ) -> Self:
        """Those of activities within reach."""
        return self.filter(of_activities(access, permission))

    def of(self, sheet: SignInSheet) -> Self:
        return self.filter(sheet=sheet)

    def signed(self) -> Self:
        return self.exclude(entered_at=None)


class SheetRow(TenantModel):
    """A row of a sheet: whose it is, and, once it is signed, the evidence of that."""

    BEHIND = "learners"

    activity = Key(Activity)
    sheet = Key(SignInSheet, related_name="rows")
    position = models.PositiveSmallIntegerField()
    registration = Key(Registration)
    # The page on which the signature stands, or what was drawn on the tablet.
    photo = Key("work.StoredFile", null=True, blank=True)
    entered_at = models.DateTimeField(null=True, blank=True)
    entered_by_name = models.CharField(max_length=200, blank=True)

    objects: ClassVar[SheetRowQuerySet] = SheetRowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "sheet", "position"], name="one_row_per_sheet_position"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "sheet", "registration"],
                name="one_row_per_sheet_registration",
            ),
            models.CheckConstraint(
                condition=Q(entered_at__isnull=True, photo__isnull=True)
                | (Q(entered_at__isnull=False, photo__isnull=False) & ~Q(entered_by_name="")),
                name="a_signed_row_has_its_photograph",
            ),
        ]

    def __str__(self) -> str:
        return str(self.position)

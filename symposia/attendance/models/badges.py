import uuid
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import of_activities
from symposia.registrations.models import Registration
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class BadgeSize(models.TextChoices):
    """Which paper a badge is printed on; its measures are data (`badge_sizes.json`)."""

    CARD = "card", _("Card, 86 x 54 mm")
    CONVENTION = "convention", _("Holder, 102 x 76 mm")
    A6 = "a6", _("A6, 105 x 148 mm")
    ROLL = "roll", _("Label of a 62 mm roll")


class BadgeField(models.TextChoices):
    """What may stand below a name."""

    CREDENTIAL = "credential", _("Credential")
    INSTITUTION = "institution", _("Institution")
    PROFESSION = "profession", _("Profession")
    CITY = "city", _("City")
    ACTIVITY = "activity", _("Title of the activity")
    NUMBER = "number", _("Code on the ticket")


class BadgeDesignQuerySet(Locking["BadgeDesign"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)


class BadgeDesign(TenantModel):
    """How the badges of an activity look: paper, what stands on them in which order, the code."""

    activity = Key(Activity)
    size = models.CharField(max_length=10, choices=BadgeSize)
    # Below the name, in this order.
    shows = ArrayField(models.CharField(max_length=12, choices=BadgeField), default=list)
    has_code = models.BooleanField(default=True)
    # The word in the band at the foot: what most people are here.
    band = models.CharField(max_length=30, blank=True)
    logo = Key("work.StoredFile", null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by_name = models.CharField(max_length=200)

    objects: ClassVar[BadgeDesignQuerySet] = BadgeDesignQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="one_badge_design_per_activity"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_size_display())


class BadgeRole(models.TextChoices):
    """What somebody is at an activity, as the band of a badge tells it apart."""

    FACULTY = "faculty", _("Faculty")
    STUDENT = "student", _("Student or trainee")
    PHYSICIAN = "physician", _("Physician")
    NURSE = "nurse", _("Nurse")
    PHARMACIST = "pharmacist", _("Pharmacist")


class BandColour(models.TextChoices):
    """The colours of bands; as they are printed is data (`badge_colours.json`)."""

    INK = "ink", _("Ink")
    TEAL = "teal", _("Teal")
    BLUE = "blue", _("Blue")
    VIOLET = "violet", _("Violet")
    RED = "red", _("Red")
    AMBER = "amber", _("Amber")


class BadgeBand(TenantModel):
    """The colour and the word for those of one role; everybody else has the word of the design."""

    design = Key(BadgeDesign)
    role = models.CharField(max_length=10, choices=BadgeRole)
    word = models.CharField(max_length=30)
    colour = models.CharField(max_length=6, choices=BandColour)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "design", "role"], name="one_band_per_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.word}"


class BadgeState(models.TextChoices):
    """Where a badge is on its way to the printer."""

    WAITING = "waiting", _("Waits for the printer")
    PRINTED = "printed", _("Printed")
    DROPPED = "dropped", _("Not printed")


class BadgeQuerySet(Locking["Badge"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ATTENDANCE
    ) -> Self:
        """Those of activities within reach."""
        return self.filter(of_activities(access, permission))

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def of_run(self, run: uuid.UUID) -> Self:
        """What went to the printer together, in the order of the queue."""
        return self.filter(run=run).order_by("queued_at", "pk")

    def waiting(self) -> Self:
        return self.filter(state=BadgeState.WAITING)

    def with_people(self) -> Self:
        return self.select_related(
            "activity", "registration__clinician", "registration__clinician__institution"
        )


class Badge(Stateful, TenantModel):
    """One badge to print or that was printed; a second one for the same place says why."""

    BEHIND = "learners"
    TRANSITIONS: ClassVar[Transitions] = {
        BadgeState.WAITING: {BadgeState.PRINTED, BadgeState.DROPPED},
        BadgeState.PRINTED: set(),
        BadgeState.DROPPED: set(),
    }

    activity = Key(Activity)
    registration = Key(Registration)
    state = models.CharField(max_length=8, choices=BadgeState, default=BadgeState.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    queued_by_name = models.CharField(max_length=200)
    # Badges that went to the printer together.
    run = models.UUIDField(null=True, blank=True)
    printed_at = models.DateTimeField(null=True, blank=True)
    printed_by_name = models.CharField(max_length=200, blank=True)

    objects: ClassVar[BadgeQuerySet] = BadgeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "registration"],
                condition=Q(state="waiting"),
                name="one_badge_waits_per_registration",
            ),
            models.CheckConstraint(
                condition=~Q(state="printed")
                | (Q(run__isnull=False, printed_at__isnull=False) & ~Q(printed_by_name="")),
                name="a_printed_badge_says_when_and_by_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity", "queued_at"], name="badges_of_an_activity"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_state_display())

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.activities.modes import Mode
from symposia.directory.models import Channel, Clinician
from symposia.engagement.models.follow_ups import FollowUp
from symposia.shared.rows import Locking, SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel
from symposia.work.models import StoredFile


class MaterialKind(models.TextChoices):
    """What is given to somebody after an activity."""

    RECORDING = "recording", _("Recording")
    SUMMARY = "summary", _("Summary")
    REPRINT = "reprint", _("Reprint")


class MaterialState(models.TextChoices):
    """Whether a version of a material may be given away."""

    PROPOSED = "proposed", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


M = MaterialState


class ApprovedMaterialQuerySet(SeenWith["ApprovedMaterial"]):
    """Whoever asks doctors to come, or reads why activities exist, sees them all."""

    PERMISSION = Permission.VIEW_CURRICULUM

    def approved(self, day: date) -> Self:
        """Those that may be given away on a day."""
        return self.filter(state=M.APPROVED, valid_until__gte=day)

    def for_mode(self, mode: str) -> Self:
        return self.filter(modes__contains=[mode])

    def for_activity(self, activity: Activity) -> Self:
        """Those of the activity, and those that belong to none."""
        return self.for_mode(activity.mode).filter(Q(activity=None) | Q(activity=activity))

    def for_list(self) -> Self:
        return self.select_related("activity", "file")


class ApprovedMaterial(Stateful, TenantModel):
    """One version of what may be given to somebody after an activity, with the words that go with
    it; nothing else is said in a message, and nothing is given once its last day is over."""

    TRANSITIONS: ClassVar[Transitions] = {
        M.PROPOSED: {M.APPROVED, M.WITHDRAWN},
        M.APPROVED: {M.WITHDRAWN},
        M.WITHDRAWN: set(),
    }

    name = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=9, choices=MaterialKind)
    # The words of the message, as they were approved.
    wording = models.TextField()
    # Where it is: a file that we keep, or an address outside.
    file = Key(StoredFile, null=True, blank=True)
    address = models.URLField(max_length=500, blank=True)
    # The activity that it is of; without one it may follow any.
    activity = Key(Activity, null=True, blank=True)
    modes = ArrayField(models.CharField(max_length=11, choices=Mode))
    # The last day on which it is given away or opened.
    valid_until = models.DateField()
    state = models.CharField(max_length=9, choices=M, default=M.PROPOSED.value)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by_id = models.UUIDField(null=True)
    proposed_by_name = models.CharField(max_length=200)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_id = models.UUIDField(null=True, blank=True)
    approved_by_name = models.CharField(max_length=200, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)

    objects: ClassVar[ApprovedMaterialQuerySet] = ApprovedMaterialQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "name", "version"], name="one_material_per_version"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "name"],
                condition=Q(state="approved"),
                name="one_approved_version_of_a_material",
            ),
            models.CheckConstraint(
                condition=Q(file=None) & ~Q(address="") | Q(file__isnull=False, address=""),
                name="a_material_is_at_one_place",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_at__isnull=False),
                name="an_approved_material_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawn_because=""),
                name="a_withdrawn_material_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"

    @property
    def mode_words(self) -> str:
        """The modes after whose activities it may be given."""
        return ", ".join(str(Mode(mode).label) for mode in self.modes)


class MaterialShareQuerySet(Locking["MaterialShare"]):
    def of(self, follow_up: FollowUp) -> Self:
        return self.filter(follow_up=follow_up)

    def for_page(self) -> Self:
        return self.select_related("material__file", "clinician", "activity", "follow_up__owner")


class MaterialShare(TenantModel):
    """One clinician was given a personal link to one version of a material, and by which way."""

    APPEND_ONLY = True
    BEHIND = "learners"

    follow_up = Key(FollowUp, related_name="shares")
    activity = Key(Activity)
    clinician = Key(Clinician)
    material = Key(ApprovedMaterial)
    channel = models.CharField(max_length=5, choices=Channel)
    at = models.DateTimeField(default=timezone.now)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    objects: ClassVar[MaterialShareQuerySet] = MaterialShareQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "clinician"], name="shares_of_a_clinician")
        ]

    def __str__(self) -> str:
        return f"{self.material} · {self.clinician}"


class MaterialOpening(TenantModel):
    """Somebody pressed the button of a personal link. Following the link opens nothing: programs
    that look at every link of a message follow it too."""

    APPEND_ONLY = True
    BEHIND = "learners"

    share = Key(MaterialShare, related_name="openings")
    activity = Key(Activity)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.at:%F %T}"

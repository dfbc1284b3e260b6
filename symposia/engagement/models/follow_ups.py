import uuid
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.directory.models import Clinician
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class FollowUpKind(models.TextChoices):
    """What one comes back to somebody for."""

    THANKS = "thanks", _("Thank them and hear what they took home")
    MATERIAL = "material", _("Offer the recording or the summary")
    MISSED = "missed", _("Ask what kept them, and name the next date")
    PRODUCT = "product", _("Talk about the product")


class FollowUpState(models.TextChoices):
    """How far a follow-up is."""

    OPEN = "open", _("To do")
    DONE = "done", _("Done")
    DECLINED = "declined", _("Not done")
    DROPPED = "dropped", _("No longer due")


class Way(models.TextChoices):
    """How somebody was followed up."""

    VISIT = "visit", _("Visited them")
    CALL = "call", _("Telephoned")
    WRITTEN = "written", _("Wrote to them")


S = FollowUpState


class FollowUpQuerySet(Locking["FollowUp"]):
    def visible_to(self, access: Access, permission: Permission = Permission.INVITE) -> Self:
        """Of activities and of clinicians that somebody reaches: a representative those of the own
        territories, whoever manages an area those of the territories inside it."""
        return self.filter(
            activity__in=Activity.objects.visible_to(access, permission),
            clinician__in=Clinician.objects.within(access, permission),
        )

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def open(self) -> Self:
        return self.filter(state=S.OPEN)

    def owned_by(self, user_id: uuid.UUID) -> Self:
        return self.filter(owner_id=user_id)

    def late_on(self, day: date) -> Self:
        return self.open().filter(due_on__lt=day)

    def for_list(self) -> Self:
        return self.select_related("activity", "clinician", "clinician__institution", "owner")


class FollowUp(Stateful, TenantModel):
    """What a representative owes one clinician after an activity, and by which day; what was said
    when it was done, or why it was not."""

    BEHIND = "learners"
    TRANSITIONS: ClassVar[Transitions] = {
        S.OPEN: {S.DONE, S.DECLINED, S.DROPPED},
        S.DONE: set(),
        S.DECLINED: set(),
        S.DROPPED: set(),
    }

    activity = Key(Activity)
    clinician = Key(Clinician)
    kind = models.CharField(max_length=8, choices=FollowUpKind)
    # Whether they were there when it was made.
    came = models.BooleanField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    # The rule that allowed it, as it stood then.
    rule = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=S, default=S.OPEN.value)
    made_at = models.DateTimeField(default=timezone.now)
    way = models.CharField(max_length=8, choices=Way, blank=True)
    # What was said, or why it is not done.
    said = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=200, blank=True)

    objects: ClassVar[FollowUpQuerySet] = FollowUpQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "clinician", "kind"],
                condition=~Q(state="dropped"),
                name="one_follow_up_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None)
                | (~Q(state="open") & Q(closed_at__isnull=False) & ~Q(said="")),
                name="a_closed_follow_up_says_what_was_said",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(way=""), name="a_follow_up_done_says_how"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "owner", "due_on"],
                condition=Q(state="open"),
                name="open_follow_ups_of_owner",
            ),
            models.Index(fields=["organisation_id", "clinician"], name="follow_ups_of_a_clinician"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.clinician}"

    @property
    def is_open(self) -> bool:
        return self.state == S.OPEN

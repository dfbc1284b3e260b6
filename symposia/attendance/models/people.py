from typing import ClassVar, Self

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


class PersonState(models.TextChoices):
    """Whether it is known whose place at the activity this is."""

    OPEN = "open", _("Nobody knows who this is")
    MATCHED = "matched", _("Matched")
    LEFT_OUT = "left_out", _("Left out")


class UnmatchedPersonQuerySet(Locking["UnmatchedPerson"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ATTENDANCE
    ) -> Self:
        """Those of activities within reach; who they are no territory knows yet."""
        return self.filter(of_activities(access, permission))

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def open(self) -> Self:
        return self.filter(state=PersonState.OPEN)

    def search(self, text: str) -> Self:
        return self.filter(
            Q(name__icontains=text) | Q(email__icontains=text) | Q(number__iexact=text.strip())
        )


class UnmatchedPerson(Stateful, TenantModel):
    """Somebody who was seen at an activity, kept as they said of themselves until it is known
    who they are; no entry of the directory is made of a name alone."""

    BEHIND = "learners"
    TRANSITIONS: ClassVar[Transitions] = {
        PersonState.OPEN: {PersonState.MATCHED, PersonState.LEFT_OUT},
        PersonState.MATCHED: {PersonState.OPEN},
        PersonState.LEFT_OUT: {PersonState.OPEN},
    }

    activity = Key(Activity)
    # What makes two lines of a log the same person: the address, else the name as it is compared.
    identity = models.CharField(max_length=300)
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, blank=True)
    profession = models.CharField(max_length=40, blank=True)
    institution = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=PersonState, default=PersonState.OPEN)
    registration = Key(Registration, null=True, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=200, blank=True)
    settled_because = models.CharField(max_length=300, blank=True)

    objects: ClassVar[UnmatchedPersonQuerySet] = UnmatchedPersonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "identity"],
                name="one_unmatched_person_per_identity",
            ),
            models.CheckConstraint(
                condition=Q(state="matched", registration__isnull=False)
                | (~Q(state="matched") & Q(registration__isnull=True)),
                name="a_matched_person_has_a_place",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state == PersonState.OPEN

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import Subject, shut
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel
from symposia.work.models import StoredFile


class Draw(models.TextChoices):
    """How the activities of a binder were found."""

    CHOSEN = "chosen", _("Chosen one by one")
    DRAWN = "drawn", _("Drawn by type and year")


class BinderQuerySet(Locking["Binder"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_CREDITS) -> Self:
        """All, for whoever sees the credit of the whole organisation; they name faculty and what
        companies gave."""
        if not access.everywhere(permission) or shut(access, Subject.CONTENT):
            return self.none()
        return self


class Binder(TenantModel):
    """Evidence for accreditors: some activities, and how it came about that it is these."""

    number = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    draw = models.CharField(max_length=6, choices=Draw)
    # What the draw began from, so that anybody draws the same again.
    seed = models.CharField(max_length=40, blank=True)
    # The rule: years, types, size, how many there were to draw from and the hash of their numbers.
    rule = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    made_by_name = models.CharField(max_length=200)

    objects: ClassVar[BinderQuerySet] = BinderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_binder_per_number"
            ),
            models.CheckConstraint(
                condition=Q(draw="chosen", seed="") | Q(draw="drawn") & ~Q(seed=""),
                name="a_drawn_binder_keeps_its_seed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_drawn(self) -> bool:
        return self.draw == Draw.DRAWN


class BinderActivity(TenantModel):
    """One activity of a binder, at its place."""

    binder = Key(Binder, related_name="activities")
    position = models.PositiveSmallIntegerField()
    activity = Key(Activity)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "binder", "activity"],
                name="an_activity_once_in_a_binder",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "binder", "position"], name="one_place_in_a_binder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}"


class BinderEdition(TenantModel):
    """A binder as it was made once: what it says, its paper, and the hash of every file in it."""

    APPEND_ONLY = True

    binder = Key(Binder, related_name="editions")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by_name = models.CharField(max_length=200)
    # Criterion by criterion what was found and what is missing, in the organisation's language.
    content = models.JSONField()
    gaps = models.PositiveIntegerField()
    paper = Key(StoredFile)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "binder", "number"], name="one_edition_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class BinderInvitationQuerySet(Locking["BinderInvitation"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_CREDITS) -> Self:
        return self.filter(binder__in=Binder.objects.visible_to(access, permission))

    def of(self, binder: Binder) -> Self:
        return self.filter(binder=binder).order_by("-invited_at", "-pk")

    def search(self, text: str) -> Self:
        named = Q(name__icontains=text) | Q(email__icontains=text)
        return self.filter(named | Q(binder__number__iexact=text.strip()))


class BinderInvitation(TenantModel):
    """A guest who may read one binder by a link of their own, until a day or until it is ended."""

    binder = Key(Binder, related_name="guests")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by_name = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by_name = models.CharField(max_length=200, blank=True)

    objects: ClassVar[BinderInvitationQuerySet] = BinderInvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("invited_at")),
                name="a_guest_reads_for_a_while",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by_name="")
                | Q(revoked_at__isnull=False) & ~Q(revoked_by_name=""),
                name="an_ended_invitation_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "binder"], name="guests_of_a_binder")]

    def __str__(self) -> str:
        return self.name

    def opens(self, at: datetime) -> bool:
        """Whether its link opens something at a moment."""
        return self.revoked_at is None and at < self.expires_at


class BinderOpening(TenantModel):
    """That a guest looked at one page or file of a binder, and when."""

    APPEND_ONLY = True

    invitation = Key(BinderInvitation, related_name="openings")
    what = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "invitation", "-at"], name="openings_by_guest")
        ]

    def __str__(self) -> str:
        return self.what

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models.people import User
from symposia.accounts.permissions import DECIDING, Access, Permission
from symposia.shared.tenancy import Key, TenantModel, current_organisation_id


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, access: Access) -> Self:
        """Those of this organisation, for whoever manages access; one's own elsewhere are not."""
        here = self.filter(organisation_id=access.organisation_id)
        return here if access.everywhere(Permission.MANAGE_ACCESS) else here.none()

    def synced_by(self, access: Access) -> Self:
        """Those that the organisation's own directory keeps, or may: they work here and it has not
        removed them."""
        here = self.filter(organisation_id=access.organisation_id, ended_at=None, removed_at=None)
        return here if access.everywhere(Permission.SYNC_DIRECTORY) else here.none()

    def gone(self) -> Self:
        """Those who left the organisation's directory and whose open work nobody has reviewed."""
        return self.filter(ended_at=None, left_directory_at__isnull=False)

    def with_user(self) -> Self:
        return self.select_related("user")

    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def join(self, user: User, at: datetime) -> "Membership":
        """Somebody's membership here; of who comes back the one that had ended."""
        membership, _is_new = self.select_for_update().get_or_create(
            user=user, organisation_id=current_organisation_id(), defaults={"joined_at": at}
        )
        if membership.ended_at:
            membership.joined_at, membership.ended_at = at, None
            membership.save(update_fields=["joined_at", "ended_at"])
        return membership

    def search(self, text: str) -> Self:
        return self.filter(Q(user__full_name__icontains=text) | Q(user__email__icontains=text))


class Membership(TenantModel):
    """A person's belonging to an organisation."""

    VISIBLE_TO_USER = "user_id"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    # To whom they report here.
    manager = Key("self", null=True, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    # What the organisation's own directory calls the person, and its key of them.
    directory_name = models.CharField(max_length=254, blank=True)
    external_id = models.CharField(max_length=200, blank=True)
    # Since when it does not have them any more, or has removed them for good.
    left_directory_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    # From then on no role counts, until an administrator has reviewed what is left.
    suspended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "user"], name="one_membership_per_person"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "external_id"],
                condition=~Q(external_id=""),
                name="one_membership_per_external_id",
            ),
        ]
        indexes = [models.Index(fields=["user"], name="memberships_of_a_person")]

    def __str__(self) -> str:
        return f"{self.user}"

    def forget_directory(self) -> None:
        """What the organisation's directory said of somebody is over with the membership."""
        self.directory_name = self.external_id = ""
        self.left_directory_at = self.removed_at = self.suspended_at = None

    @property
    def user_name(self) -> str:
        """What a directory finds them by: its own name of them, else the address."""
        return self.directory_name or self.user.email

    @property
    def in_directory(self) -> bool:
        """Whether somebody stands in the organisation's directory, as far as it has said."""
        return self.left_directory_at is None


class Role(TenantModel):
    """A named set of permissions that this organisation gives to people."""

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300)
    permissions = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "code"], name="one_role_per_code")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def manages_access(self) -> bool:
        """Whether its holder says who may do what."""
        return Permission.MANAGE_ACCESS in self.permissions

    @property
    def decides(self) -> bool:
        """Whether its holder decides for the organisation."""
        return bool(DECIDING.intersection(self.permissions))


class ScopeKind(models.TextChoices):
    """How far a role reaches."""

    ORGANISATION = "organisation", _("Whole organisation")
    TERRITORY = "territory", _("Territory")
    ACTIVITY = "activity", _("Activity")


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self, at: datetime) -> Self:
        """Those that count: agreed to, not run out, of who neither left nor is suspended."""
        in_time = Q(valid_until=None) | Q(valid_until__gt=at)
        here = Q(membership__ended_at=None, membership__suspended_at=None)
        return self.filter(in_time, here, waits_since=None)

    def administering(self, at: datetime) -> Self:
        """Those that let somebody administer the whole organisation."""
        return self.managing_access(at).filter(scope_kind=ScopeKind.ORGANISATION)

    def managing_access(self, at: datetime) -> Self:
        """Those that let somebody say who may do what, here or in a part of it."""
        return self.in_force(at).filter(role__permissions__contains=[Permission.MANAGE_ACCESS])

    def lock_administering(self, at: datetime) -> list[uuid.UUID]:
        """The grants that let somebody administer the whole organisation without an end; nobody
        else gives or takes one of them until the end of the transaction."""
        lasting = self.administering(at).filter(valid_until=None).order_by("pk")
        return [grant.pk for grant in lasting.select_for_update(of=["self"])]

    def with_person(self) -> Self:
        return self.select_related("role", "membership__user")


class Grant(TenantModel):
    """A role given to a member, how far it reaches, and until when."""

    membership = Key(Membership, related_name="grants")
    role = Key(Role)
    scope_kind = models.CharField(max_length=12, choices=ScopeKind, default=ScopeKind.ORGANISATION)
    scope_id = models.UUIDField(null=True, blank=True)
    granted_at = models.DateTimeField(default=timezone.now)
    granted_by_id = models.UUIDField(null=True)
    valid_until = models.DateTimeField(null=True, blank=True)
    # A role that decides, until a second administrator agrees; the role is not yet held.
    waits_since = models.DateTimeField(null=True, blank=True)
    confirmed_by_id = models.UUIDField(null=True, blank=True)

    objects: ClassVar[GrantQuerySet] = GrantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scope_kind="organisation", scope_id=None)
                | (~Q(scope_kind="organisation") & Q(scope_id__isnull=False)),
                name="grant_scope_has_its_id",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "membership", "role", "scope_kind", "scope_id"],
                name="one_grant_per_role_and_scope",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.scope_kind})"

    def ends_before(self, until: datetime | None) -> bool:
        """Whether it would last longer if it ended then; one that is only given now would."""
        if self._state.adding:
            return True
        return self.valid_until is not None and (until is None or until > self.valid_until)

    def is_cut_by(self, until: datetime | None) -> bool:
        """Whether it would end earlier if it ended then."""
        return until is not None and (self.valid_until is None or until < self.valid_until)

    @property
    def has_run_out(self) -> bool:
        return self.valid_until is not None and self.valid_until <= timezone.now()


class InvitationQuerySet(models.QuerySet["MembershipInvitation"]):
    def open(self, at: datetime) -> Self:
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)

    def to(self, user: User) -> Self:
        return self.filter(email__iexact=user.email)


class MembershipInvitation(TenantModel):
    """An offer to join an organisation in a role; the link acts only on a confirming POST."""

    email = models.EmailField()
    full_name = models.CharField(max_length=200)
    role = Key(Role)
    scope_kind = models.CharField(max_length=12, choices=ScopeKind, default=ScopeKind.ORGANISATION)
    scope_id = models.UUIDField(null=True, blank=True)
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by_id = models.UUIDField(null=True, blank=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    # Whom it made a member: an address may be another person's by tomorrow.
    accepted_by_id = models.UUIDField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # When the offered role ends by itself.
    valid_until = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    @property
    def terms(self) -> dict[str, Any]:
        """How far the offered role reaches, and until when."""
        names = ("scope_kind", "scope_id", "valid_until")
        return {name: getattr(self, name) for name in names}

    def __str__(self) -> str:
        return self.full_name or self.email

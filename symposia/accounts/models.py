from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import DECIDING
from symposia.shared.actors import Actor
from symposia.shared.ids import uuid7
from symposia.shared.tenancy import Key, TenantModel


class Kind(models.TextChoices):
    PROVIDER = "provider", _("Provider of education")
    COMPANY = "company", _("Company")


class Organisation(models.Model):
    """A tenant: a provider that teaches and accredits, or a company (an ineligible company)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    # Short, in links and numbers: how a page outside a tenant finds its organisation.
    code = models.CharField(max_length=8, unique=True)
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    zone = models.CharField(max_length=40)
    language = models.CharField(max_length=10, default="en")
    accreditation_statement = models.TextField(blank=True)
    is_demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name

    @property
    def is_company(self) -> bool:
        return self.kind == Kind.COMPANY


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def by_email(self, email: str) -> "User | None":
        return self.filter(email__iexact=email).first()

    def create_user(self, email: str, **fields: Any) -> "User":
        """A user who signs in by code, link or passkey until a password is set."""
        password = fields.pop("password", None)
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in, once, whatever organisations they belong to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=200)
    language = models.CharField(max_length=10, blank=True)
    zone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    NOT_HASHED = ("last_login", "password")

    def __str__(self) -> str:
        return self.full_name or self.email

    def actor(self) -> Actor:
        return Actor("person", self.id, str(self))

    def get_full_name(self) -> str:
        return self.full_name


class Membership(TenantModel):
    """A person's belonging to an organisation."""

    VISIBLE_TO_USER = "user_id"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "user"], name="one_membership_per_person"
            )
        ]
        indexes = [models.Index(fields=["user"], name="memberships_of_a_person")]

    def __str__(self) -> str:
        return f"{self.user}"


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
    def decides(self) -> bool:
        """Whether its holder decides for the organisation."""
        return bool(DECIDING.intersection(self.permissions))


class ScopeKind(models.TextChoices):
    ORGANISATION = "organisation", _("Whole organisation")
    TERRITORY = "territory", _("Territory")
    ACTIVITY = "activity", _("Activity")


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self, at: datetime) -> Self:
        """Those that count: agreed to, not run out, of a member who has not left."""
        in_time = Q(valid_until=None) | Q(valid_until__gt=at)
        return self.filter(in_time, membership__ended_at=None, waits_since=None)

    def administering(self, at: datetime) -> Self:
        """Those that let somebody administer the whole organisation."""
        whole = {"role__code": "administrator", "scope_kind": ScopeKind.ORGANISATION}
        return self.in_force(at).filter(**whole)

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
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    @property
    def scope(self) -> dict[str, Any]:
        """How far the offered role reaches."""
        return {"scope_kind": self.scope_kind, "scope_id": self.scope_id}

    def __str__(self) -> str:
        return self.full_name or self.email


class SignInLink(models.Model):
    """A single-use link by mail; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link of {self.made_at:%F %T}"


class PersonalToken(TenantModel):
    """A person's key to the API of one organisation, for some of their permissions."""

    VISIBLE_TO_USER = "user_id"
    NOT_HASHED = ("last_used_at",)

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    permissions = ArrayField(models.CharField(max_length=40), default=list)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    def is_valid(self, at: Any) -> bool:
        return self.revoked_at is None and at < self.expires_at


class Counter(TenantModel):
    """The last number given of each kind and year: `ACT-2026-0142`."""

    KEEPS_HISTORY = False

    kind = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "kind", "year"], name="one_counter_per_kind_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}-{self.year}: {self.last}"

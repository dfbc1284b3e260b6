from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.shared.actors import Actor
from symposia.shared.ids import uuid7


class Kind(models.TextChoices):
    """What an organisation is: who teaches, or who sells."""

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
    """How people who sign in are found and made, whatever case their address is typed in."""

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

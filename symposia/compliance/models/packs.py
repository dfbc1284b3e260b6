from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import ReferenceModel, TenantModel


class Confidence(models.TextChoices):
    """How sure we are of what a source says; unsure values are shown as such."""

    SOURCED = "sourced", _("Sourced")
    TO_VERIFY = "to_verify", _("To verify")


class RulePackQuerySet(models.QuerySet["RulePack"]):
    def in_force(self, on: date) -> Self:
        """Of each code the version that applies on a day: the latest that had begun."""
        return (
            self.filter(Q(effective_until=None) | Q(effective_until__gt=on), effective_from__lte=on)
            .order_by("code", "-effective_from", "-version")
            .distinct("code")
        )

    def latest_first(self) -> Self:
        return self.order_by("code", "-effective_from", "-version")


class RulePack(ReferenceModel):
    """One version of a body's rules as it was shipped: its text never changes after loading."""

    id = models.BigAutoField(primary_key=True)
    code = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=200)
    effective_from = models.DateField()
    effective_until = models.DateField(null=True, blank=True)
    citation = models.TextField()
    confidence = models.CharField(max_length=10, choices=Confidence)
    source = models.TextField()
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(default=timezone.now)

    objects = RulePackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_pack_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class State(models.TextChoices):
    """How far a version of an organisation's own is."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Waits for a second person")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class OwnPackQuerySet(Locking["OwnPack"]):
    def visible_to(self, access: Access) -> Self:
        """All, for whoever reads or manages rules of the whole organisation."""
        needed = (Permission.VIEW_RULES, Permission.MANAGE_RULES)
        return self if any(access.everywhere(each) for each in needed) else self.none()

    def in_force(self, on: date) -> Self:
        """Of each code the published version that applies on a day."""
        return (
            self.filter(state=State.PUBLISHED, effective_from__lte=on)
            .order_by("code", "-effective_from", "-published_at")
            .distinct("code")
        )

    def latest_first(self) -> Self:
        return self.order_by("-changed_at", "-pk")


class OwnPack(Stateful, TenantModel):
    """A version of a pack that this organisation writes itself; two people publish it."""

    TRANSITIONS: ClassVar[Transitions] = {
        State.DRAFT: {State.PROPOSED, State.WITHDRAWN},
        State.PROPOSED: {State.DRAFT, State.PUBLISHED, State.WITHDRAWN},
        State.PUBLISHED: set(),
        State.WITHDRAWN: set(),
    }

    code = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    # The version it was begun from.
    based_on = models.CharField(max_length=100, blank=True)
    effective_from = models.DateField()
    reason = models.TextField()
    source = models.TextField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    # What it would change, as it was when somebody proposed it.
    impact = models.JSONField(null=True, blank=True)
    drafted_by_name = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    proposed_by_id = models.UUIDField(null=True, blank=True)
    proposed_by_name = models.CharField(max_length=200, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    published_by_id = models.UUIDField(null=True, blank=True)
    published_by_name = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OwnPackQuerySet] = OwnPackQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "code", "version"], name="one_own_pack_per_version"
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(
                    proposed_by_id__isnull=False,
                    published_by_id__isnull=False,
                    published_at__isnull=False,
                )
                & ~Q(published_by_id=F("proposed_by_id")),
                name="two_people_publish_a_pack",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_proposed(self) -> bool:
        return self.state == State.PROPOSED


class OwnParameterQuerySet(models.QuerySet["OwnParameter"]):
    def in_force(self, on: date) -> Self:
        """Of each parameter the value that applies on a day."""
        return (
            self.filter(effective_from__lte=on)
            .order_by("pack_code", "name", "-effective_from", "-set_at", "-pk")
            .distinct("pack_code", "name")
        )


class OwnParameter(TenantModel):
    """A value that a rule leaves to the organisation, from a day on; a change is a new row."""

    APPEND_ONLY = True

    pack_code = models.SlugField(max_length=60)
    name = models.CharField(max_length=60)
    # Empty: from that day on the organisation has no value of its own.
    value = models.CharField(max_length=60, blank=True)
    effective_from = models.DateField()
    reason = models.TextField()
    set_at = models.DateTimeField(default=timezone.now)
    set_by_name = models.CharField(max_length=200)
    # The second person; nobody where the product itself set it.
    agreed_by_name = models.CharField(max_length=200, blank=True)

    objects = OwnParameterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "pack_code", "name", "-effective_from"],
                name="own_parameter_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"

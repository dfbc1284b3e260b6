import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.audit.hashing import canonical
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class Meaning(models.TextChoices):
    """What a signature says about the subject it stands under."""

    COMPLIANCE = "compliance", _("it follows the rules")
    BUDGET = "budget", _("the money may be spent")
    PUBLICATION = "publication", _("it may be offered to people")
    REVIEW = "review", _("reviewed")


class State(models.TextChoices):
    OPEN = "open", _("Waits for a decision")
    RETURNED = "returned", _("Returned for change")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Verdict(models.TextChoices):
    APPROVE = "approve", _("Approve")
    RETURN = "return", _("Return for change")
    REFUSE = "refuse", _("Refuse")


class Risk(models.TextChoices):
    UNKNOWN = "0", _("Not rated")
    LOW = "1", _("Low risk")
    MEDIUM = "2", _("Medium risk")
    HIGH = "3", _("High risk")


@dataclass(frozen=True)
class Step:
    """One signature of a route: who gives it, its meaning, whether it asks for a second factor."""

    name: str
    role: str
    needs_factor: bool
    meaning: str


def hash_of(frozen: Mapping[str, Any]) -> str:
    """The hash people sign: of the subject as it was submitted, whatever the order of its parts."""
    text = json.dumps(
        canonical(dict(frozen)), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


class RouteQuerySet(models.QuerySet["Route"]):
    def current(self, applies_to: str) -> "Route | None":
        return (
            self.filter(applies_to=applies_to, ended_at=None).order_by("-created_at", "pk").first()
        )


class Route(TenantModel):
    """The signatures that a kind of subject needs, in their order."""

    name = models.CharField(max_length=80)
    applies_to = models.CharField(max_length=40)
    # [{name, role, needs_factor, meaning}]; copied into each request, so an open one never shifts.
    steps = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "applies_to"],
                condition=Q(ended_at=None),
                name="one_current_route_per_kind",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RequestQuerySet(models.QuerySet["ApprovalRequest"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_APPROVALS
    ) -> Self:
        """All, or those about the activities to which the person's role is limited."""
        if access.everywhere(permission):
            return self
        subjects = access.scopes(permission, "activity")
        return self.filter(Q(subject_id__in=subjects) | Q(involved__contains=[access.user_id]))

    def open(self) -> Self:
        return self.filter(state=State.OPEN)

    def of_subject(self, subject_type: str, subject_id: uuid.UUID) -> Self:
        return self.filter(subject_type=subject_type, subject_id=subject_id).order_by(
            "-opened_at", "-pk"
        )

    def to_sign_by(self, access: Access) -> Self:
        """Those whose next signature belongs to a role of the person, as far as it reaches."""
        if not access.holds(Permission.DECIDE_APPROVALS):
            return self.none()
        mine = Q(pk=None)
        for granted in access.granted:
            if Permission.DECIDE_APPROVALS in granted.permissions:
                reach = {} if granted.scope_id is None else {"subject_id": granted.scope_id}
                mine |= Q(current_role=granted.role, **reach)
        return self.open().filter(mine)

    def search(self, text: str) -> Self:
        return self.filter(Q(number__iexact=text.strip()) | Q(title__icontains=text))

    def locked(self, pk: uuid.UUID) -> "ApprovalRequest":
        return self.select_for_update().get(pk=pk)


class ApprovalRequest(Stateful, TenantModel):
    """A subject that asks for its signatures; a returned one comes back as its next version."""

    TRANSITIONS: ClassVar[Transitions] = {
        State.OPEN: {State.RETURNED, State.APPROVED, State.REFUSED, State.WITHDRAWN},
        State.RETURNED: {State.OPEN, State.WITHDRAWN},
        State.APPROVED: set(),
        State.REFUSED: set(),
        State.WITHDRAWN: set(),
    }

    number = models.CharField(max_length=20)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    title = models.CharField(max_length=300)
    version = models.PositiveIntegerField(default=1)
    frozen = models.JSONField()
    frozen_hash = models.CharField(max_length=64)
    route = Key(Route)
    steps = models.JSONField()
    current_step = models.PositiveSmallIntegerField(default=0)
    # The role of the current step, so that an inbox is one indexed read.
    current_role = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    risk = models.CharField(max_length=1, choices=Risk, default=Risk.UNKNOWN)
    risk_note = models.CharField(max_length=200, blank=True)
    # People who prepared it and therefore never sign it.
    involved = ArrayField(models.UUIDField(), default=list)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by_name = models.CharField(max_length=200)
    opened_by_id = models.UUIDField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_request_per_number"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "subject_type", "subject_id"],
                condition=Q(state__in=["open", "returned"]),
                name="one_living_request_per_subject",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "state", "current_role", "opened_at"],
                name="requests_in_the_inbox",
            ),
            models.Index(fields=["organisation_id", "subject_id"], name="requests_of_a_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.number} v{self.version} {self.title}"

    @property
    def route_steps(self) -> list[Step]:
        return [Step(**each) for each in self.steps]

    @property
    def step(self) -> Step:
        """The signature it waits for, or the last one it got."""
        return self.route_steps[min(self.current_step, len(self.steps) - 1)]

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_last_step(self) -> bool:
        return self.current_step + 1 >= len(self.steps)


class RequestVersion(TenantModel):
    """What a subject was each time it asked: signatures and differences refer to it."""

    APPEND_ONLY = True

    request = Key(ApprovalRequest, related_name="versions")
    version = models.PositiveIntegerField()
    frozen = models.JSONField()
    frozen_hash = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    submitted_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "request", "version"], name="one_row_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"version {self.version}"


class Decision(TenantModel):
    """A signature: who decided what, when and why, with what meaning, on exactly which version."""

    APPEND_ONLY = True

    request = Key(ApprovalRequest, related_name="decisions")
    version = models.PositiveIntegerField()
    step = models.PositiveSmallIntegerField()
    step_name = models.CharField(max_length=80)
    verdict = models.CharField(max_length=8, choices=Verdict)
    reason = models.TextField()
    meaning = models.CharField(max_length=40, choices=Meaning)
    subject_hash = models.CharField(max_length=64)
    # The second factor that was fresh when this was signed; empty where the step asks for none.
    factor = models.CharField(max_length=20, blank=True)
    role = models.CharField(max_length=40)
    decided_by_id = models.UUIDField()
    decided_by_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "request", "version", "step"],
                name="one_decision_per_step_and_version",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.step_name}: {self.get_verdict_display()}"

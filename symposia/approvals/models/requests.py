import hashlib
import json
import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from symposia.accounts.permissions import Access, Permission
from symposia.approvals.models.choices import Risk, State
from symposia.approvals.models.reach import near_by, reach_of, sees_every_request, with_step_of
from symposia.approvals.models.routes import Route, Step
from symposia.audit.hashing import canonical
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


def hash_of(frozen: Mapping[str, Any]) -> str:
    """The hash people sign: of the subject as it was submitted, whatever the order of its parts."""
    text = json.dumps(
        canonical(dict(frozen)), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


class RequestQuerySet(Locking["ApprovalRequest"]):
    def visible_to(
        self,
        access: Access,
        permission: Permission = Permission.VIEW_APPROVALS,
        lent: Collection[Access] = (),
    ) -> Self:
        """All, for whoever keeps the rules of the whole organisation. For others: those with a step
        of their role, own or `lent`, as far as it reaches; those one prepared; and, unless the role
        decides and does nothing else, those near by that the wall does not keep."""
        if sees_every_request(access, permission):
            return self
        rows = Q(involved__contains=[access.user_id]) | near_by(access, permission)
        if access.holds(permission):
            for held in (access, *lent):
                rows |= with_step_of(held)
        return self.filter(rows)

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
                mine |= Q(waiting_roles__contains=[granted.role]) & reach_of(granted)
        return self.open().filter(mine)

    def overdue(self, at: datetime) -> Self:
        """Open ones whose next signature should have been given by now."""
        return self.open().filter(due_at__lte=at).order_by("due_at", "pk")

    def to_remind(self, since: datetime) -> Self:
        """Of which nobody was reminded since."""
        return self.filter(Q(reminded_at=None) | Q(reminded_at__lte=since))

    def alike(self, other: "ApprovalRequest") -> Self:
        """Closed ones about the same kind of subject with the same risk, latest first."""
        closed = [State.APPROVED, State.REFUSED, State.RETURNED]
        return (
            self.filter(subject_type=other.subject_type, risk=other.risk, state__in=closed)
            .exclude(pk=other.pk)
            .order_by("-ended_at", "-pk")
        )

    def search(self, text: str) -> Self:
        return self.filter(Q(number__iexact=text.strip()) | Q(title__icontains=text))


class ApprovalRequest(Stateful, TenantModel):
    """A subject that asks for its signatures; what changes is its next version."""

    # Derived from the steps and the signatures, so that an inbox is one indexed read.
    NOT_HASHED = ("waiting_steps", "waiting_roles", "lies_in")
    TRANSITIONS: ClassVar[Transitions] = {
        State.OPEN: {State.RETURNED, State.APPROVED, State.REFUSED, State.WITHDRAWN},
        State.RETURNED: {State.OPEN, State.WITHDRAWN},
        # The subject changed after it was approved: what the change touches is asked again.
        State.APPROVED: {State.OPEN},
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
    # The first step that waits; others of its stage may wait beside it.
    current_step = models.PositiveSmallIntegerField(default=0)
    current_role = models.CharField(max_length=40)
    waiting_steps = ArrayField(models.PositiveSmallIntegerField(), default=list)
    waiting_roles = ArrayField(models.CharField(max_length=40), default=list)
    waiting_since = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # Steps, by their names, that are overdue and may be signed by the role above as well.
    escalated = ArrayField(models.CharField(max_length=80), default=list)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    risk = models.CharField(max_length=1, choices=Risk, default=Risk.UNKNOWN)
    risk_note = models.CharField(max_length=200, blank=True)
    # Which rules in which versions looked at it: only equals are decided together.
    rules_hash = models.CharField(max_length=64, blank=True)
    # The territories its subject lies in, with those around them.
    lies_in = ArrayField(models.UUIDField(), default=list)
    # People who prepared it and therefore never sign it.
    involved = ArrayField(models.UUIDField(), default=list)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by_name = models.CharField(max_length=200)
    opened_by_id = models.UUIDField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # Whoever acted upon the approval does so once; later ones confirm a changed subject.
    first_approved_at = models.DateTimeField(null=True, blank=True)
    # What stands approved, while a later change of it is asked, returned or refused.
    approved_version = models.PositiveIntegerField(null=True, blank=True)
    approved_hash = models.CharField(max_length=64, blank=True)

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
            models.Index(
                fields=["organisation_id", "due_at"],
                condition=Q(state="open"),
                name="requests_by_their_deadline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} v{self.version} {self.title}"

    @property
    def scopes(self) -> frozenset[uuid.UUID]:
        """What a limited role must be limited to, to reach it: the subject, or where it lies."""
        return frozenset({self.subject_id, *self.lies_in})

    @property
    def route_steps(self) -> list[Step]:
        return [Step(**each) for each in self.steps]

    @property
    def step(self) -> Step:
        """The signature it waits for, or the last one it got."""
        return self.step_at(self.current_step)

    def step_at(self, place: int) -> Step:
        steps = self.route_steps
        return steps[min(place, len(steps) - 1)]

    def roles_at(self, place: int) -> list[str]:
        """Whose role signs a step: its own, and once it is overdue the role above."""
        step = self.step_at(place)
        above = [step.escalates_to] if step.escalates_to and step.name in self.escalated else []
        return [step.role, *above]

    @property
    def waits_for(self) -> list[Step]:
        """Every signature that may be given now."""
        return [self.step_at(place) for place in self.waiting_steps] if self.is_open else []

    @property
    def follows_changes(self) -> bool:
        """Whether a change of its subject concerns it: it waits, or it was once approved."""
        return self.state in {State.OPEN, State.APPROVED} or self.is_back

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_back(self) -> bool:
        """A change of what was approved was returned or refused: the approved version stands."""
        return self.state == State.RETURNED and self.first_approved_at is not None

    @property
    def stands_as(self) -> int | None:
        """The version that was signed, where a later one says the same again word for word."""
        is_later = self.approved_version not in {None, self.version}
        return self.approved_version if self.state == State.APPROVED and is_later else None

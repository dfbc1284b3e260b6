from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.notifications.models.mail import LEASE
from symposia.shared.rows import SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import TenantModel

# How long what was found counts, and how long a domain whose name servers are silent keeps it.
CHECK_EVERY, SILENT_FOR = timedelta(hours=24), timedelta(days=3)


class DomainState(models.TextChoices):
    """Whether mail may leave from a domain."""

    NEW = "new", _("Not checked yet")
    HOLDS = "holds", _("In use")
    FAILING = "failing", _("Not in use")


class SenderDomainQuerySet(SeenWith["SenderDomain"]):
    """For whoever looks after the messages of the organisation."""

    PERMISSION = "manage_messages"

    def due(self, at: datetime) -> "SenderDomainQuerySet":
        """What was found is a day old."""
        before = at - CHECK_EVERY
        return self.filter(models.Q(checked_at__isnull=True) | models.Q(checked_at__lt=before))


class SenderDomain(Stateful, TenantModel):
    """The domain an organisation sends mail from, its signing key, and what DNS says of it."""

    KEEPS_HISTORY = False
    # What was found changes each day underneath; the journal says when that changed anything.
    NOT_HASHED = ("state", "findings", "checked_at", "asked_at", "unanswered_at")
    TRANSITIONS: ClassVar[Transitions] = {
        DomainState.NEW: {DomainState.HOLDS, DomainState.FAILING},
        DomainState.HOLDS: {DomainState.FAILING, DomainState.NEW},
        DomainState.FAILING: {DomainState.HOLDS, DomainState.NEW},
    }

    domain = models.CharField(max_length=253)
    from_address = models.EmailField()
    # Under which name the public half of the key is published, and both halves.
    selector = models.CharField(max_length=63)
    public_key = models.TextField()
    private_key = models.TextField()
    state = models.CharField(max_length=10, choices=DomainState, default=DomainState.NEW)
    # Record by record: its kind and name, what was found, and what is the matter with it.
    findings = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    # Since when its name servers have not answered.
    unanswered_at = models.DateTimeField(null=True, blank=True)
    changed_by_name = models.CharField(max_length=200)
    changed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[SenderDomainQuerySet] = SenderDomainQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id"], name="one_sender_domain_per_organisation"
            )
        ]

    def __str__(self) -> str:
        return self.domain

    def is_being_checked(self, at: datetime) -> bool:
        """Whether a check was asked for a moment ago whose answer is not there yet."""
        asked = self.asked_at
        if asked is None or asked + LEASE < at:
            return False
        return all(each < asked for each in (self.checked_at, self.unanswered_at) if each)

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.notifications.wording import Wording
from symposia.shared.rows import SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel
from symposia.work.models import StoredFile

# Longer than the slowest conversation with a mail server may take.
LEASE = timedelta(minutes=5)


class MessageVersionQuerySet(SeenWith["MessageVersion"]):
    """Words are for whoever looks after the messages of the organisation."""

    PERMISSION = "manage_messages"

    def of(self, code: str, language: str) -> "MessageVersionQuerySet":
        """Every version of one message in one language, the last one first."""
        return self.filter(code=code, language=language).order_by("-number")


class MessageVersion(TenantModel):
    """One wording of one message in one language, as somebody wrote it; it stays as it is."""

    APPEND_ONLY = True

    code = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=200)
    preview = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    written_by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[MessageVersionQuerySet] = MessageVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "code", "language", "number"],
                name="one_version_of_words_per_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.language}) {self.number}"

    def as_wording(self, original: Wording) -> Wording:
        """The message in these words."""
        spoken = original.spoken_in(self.language)
        return spoken.in_other_words(self.subject, self.body, self.preview)


class MessageTemplate(TenantModel):
    """An organisation's own wording of one message in one language; without it the shipped one."""

    code = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    preview = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    # Which version these are the words of; none while they were written before versions were kept.
    version = Key(MessageVersion, null=True)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "code", "language"], name="one_wording_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.language})"


class State(models.TextChoices):
    """How far a message is."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    BOUNCED = "bounced", _("Address refused")
    CANCELLED = "cancelled", _("Cancelled")


class DeliveryQuerySet(SeenWith["Delivery"]):
    """Messages name people: only who may read the outbox of the whole organisation."""

    PERMISSION = "view_outbox"

    def latest_first(self) -> "DeliveryQuerySet":
        return self.order_by("-queued_at", "-pk")

    def about(self, subject_type: str, subject_id: uuid.UUID) -> "DeliveryQuerySet":
        return self.filter(subject_type=subject_type, subject_id=subject_id)

    def to(self, address: str) -> "DeliveryQuerySet":
        return self.filter(to_address__iexact=address)

    def search(self, text: str) -> "DeliveryQuerySet":
        return self.filter(
            models.Q(to_address__icontains=text)
            | models.Q(to_name__icontains=text)
            | models.Q(subject__icontains=text)
        )


class Delivery(Stateful, TenantModel):
    """One message to one address, exactly as it is sent, and what became of it."""

    KEEPS_HISTORY = False
    # The journal holds what was written to whom; how often it was tried changes underneath.
    NOT_HASHED = (
        "state",
        "attempts",
        "next_attempt_at",
        "slot_at",
        "claimed_at",
        "sent_at",
        "error",
        "may_be_duplicate",
    )
    TRANSITIONS: ClassVar[Transitions] = {
        State.WAITING: {State.SENDING, State.CANCELLED},
        State.SENDING: {State.WAITING, State.SENT, State.FAILED, State.BOUNCED},
        State.SENT: {State.BOUNCED},
        State.FAILED: {State.WAITING},
        State.BOUNCED: {State.WAITING},
        State.CANCELLED: set(),
    }

    template_code = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    from_name = models.CharField(max_length=200, blank=True)
    to_address = models.EmailField()
    to_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300)
    html = models.TextField()
    text = models.TextField()
    # The addresses our own words link to; whoever reads the outbox does not get to follow them.
    links = models.JSONField(default=list)
    unsubscribe_link = models.CharField(max_length=500, blank=True)
    # The person who reads an answer to this message.
    reply_to = models.EmailField(blank=True)
    calendar = models.TextField(blank=True)
    # A paper that goes with it, kept as it was sent.
    attachment = Key(StoredFile, null=True, blank=True)
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    # When it may leave, where its domain has a pace and the message has waited in line.
    slot_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    # The process ended between handing the message over and noting it: it may arrive twice.
    may_be_duplicate = models.BooleanField(default=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "-queued_at"], name="deliveries_latest"),
            models.Index(
                fields=["organisation_id", "state", "next_attempt_at"], name="deliveries_due"
            ),
            models.Index(fields=["organisation_id", "subject_id"], name="deliveries_of_a_record"),
        ]

    def __str__(self) -> str:
        """What it is and to whom, without its words: a subject may hold a code to sign in."""
        kind = self.template_code.rpartition(".")[2].replace("_", " ").capitalize()
        return f"{kind}: {self.to_name or self.to_address}"

    @property
    def domain(self) -> str:
        """Whose mail servers it goes to."""
        return self.to_address.rpartition("@")[2].lower()

    def is_due(self, at: datetime) -> bool:
        """Waiting and its time has come, or left behind by a process that ended while sending."""
        if self.state == State.SENDING:
            return self.claimed_at is not None and self.claimed_at + LEASE <= at
        return self.state == State.WAITING and self.next_attempt_at <= at


class SuppressionQuerySet(SeenWith["Suppression"]):
    """As the outbox: only who may read it for the whole organisation."""

    PERMISSION = "view_outbox"

    def to_mend(self) -> "SuppressionQuerySet":
        """Those whose address is no good: somebody has to find the right one."""
        return self.filter(cause=Cause.BOUNCED)

    def search(self, text: str) -> "SuppressionQuerySet":
        return self.filter(address__icontains=text)


class Cause(models.TextChoices):
    """Why an address is invited no more."""

    ASKED = "asked", _("Asked for no more invitations")
    BOUNCED = "bounced", _("Mail server says there is no such address")
    COMPLAINED = "complained", _("Reported a message as unwanted")


class Suppression(TenantModel):
    """An address that this organisation invites no more, and why."""

    address = models.EmailField()
    cause = models.CharField(max_length=10, choices=Cause, default=Cause.ASKED)
    # The words of the mail server, as a person needs them to mend the address.
    diagnostic = models.CharField(max_length=500, blank=True)
    since = models.DateTimeField(default=timezone.now)

    objects: ClassVar[SuppressionQuerySet] = SuppressionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "address"], name="one_suppression_per_address"
            )
        ]

    def __str__(self) -> str:
        return f"since {self.since:%F}"

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.notifications.models.mail import LEASE
from symposia.shared.rows import SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import TenantModel


class TextState(models.TextChoices):
    """What has become of a text message."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Taken by the gateway")
    DELIVERED = "delivered", _("Delivered")
    UNDELIVERED = "undelivered", _("Not delivered")
    FAILED = "failed", _("Refused by the gateway")
    CANCELLED = "cancelled", _("Cancelled")


class TextChannel(models.TextChoices):
    """By which way a short message goes to a number."""

    SMS = "sms", _("Text message")
    CHAT = "chat", _("Chat message")


class TextMessageQuerySet(SeenWith["TextMessage"]):
    """As the outbox: only who may read it for the whole organisation."""

    PERMISSION = "view_outbox"

    def search(self, text: str) -> "TextMessageQuerySet":
        return self.filter(models.Q(to_number__icontains=text) | models.Q(to_name__icontains=text))


class TextMessage(Stateful, TenantModel):
    """One text message to one number, exactly as it is sent, and what became of it."""

    KEEPS_HISTORY = False
    NOT_HASHED = (
        "channel",  # rows that were there before it keep their hash; a chat has parameters
        "state",
        "attempts",
        "next_attempt_at",
        "claimed_at",
        "sent_at",
        "settled_at",
        "gateway_id",
        "error",
    )
    TRANSITIONS: ClassVar[Transitions] = {
        TextState.WAITING: {TextState.SENDING, TextState.CANCELLED},
        TextState.SENDING: {TextState.WAITING, TextState.SENT, TextState.FAILED},
        TextState.SENT: {TextState.DELIVERED, TextState.UNDELIVERED},
        TextState.DELIVERED: set(),
        TextState.UNDELIVERED: set(),
        TextState.FAILED: set(),
        TextState.CANCELLED: set(),
    }

    channel = models.CharField(max_length=8, choices=TextChannel, default=TextChannel.SMS)
    template_code = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    to_number = models.CharField(max_length=20)
    to_name = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    # Under which name it is sent, and what the operators' registry (DLT) knows sender and words by.
    sender_id = models.CharField(max_length=20)
    entity_id = models.CharField(max_length=40, blank=True)
    template_id = models.CharField(max_length=120, blank=True)
    # What is filled into registered words, in their order, where the way takes only that (chat).
    parameters = models.JSONField(default=list)
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=12, choices=TextState, default=TextState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # When the gateway said what became of it.
    settled_at = models.DateTimeField(null=True, blank=True)
    gateway_id = models.CharField(max_length=120, blank=True)
    error = models.CharField(max_length=500, blank=True)

    objects: ClassVar[TextMessageQuerySet] = TextMessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "-queued_at"], name="texts_latest"),
            models.Index(fields=["organisation_id", "subject_id"], name="texts_of_a_record"),
        ]

    def __str__(self) -> str:
        return f"{self.to_name or self.to_number}"

    def is_due(self, at: datetime) -> bool:
        """Waiting and its time has come, or left behind by a process that ended while sending."""
        if self.state == TextState.SENDING:
            return self.claimed_at is not None and self.claimed_at + LEASE <= at
        return self.state == TextState.WAITING and self.next_attempt_at <= at


class TextSenderQuerySet(SeenWith["TextSender"]):
    """For whoever looks after the messages of the organisation."""

    PERMISSION = "manage_messages"


class TextSender(TenantModel):
    """Under which name an organisation sends text messages, or from which number it chats."""

    NOT_HASHED = ("channel",)

    channel = models.CharField(max_length=8, choices=TextChannel, default=TextChannel.SMS)
    sender_id = models.CharField(max_length=20)
    # The organisation's number in the operators' registry; where it is set, words need theirs too.
    entity_id = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[TextSenderQuerySet] = TextSenderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "channel"], name="one_text_sender_per_channel"
            )
        ]

    def __str__(self) -> str:
        return self.sender_id


class TextTemplateQuerySet(SeenWith["TextTemplate"]):
    """For whoever looks after the messages of the organisation."""

    PERMISSION = "manage_messages"


class TextTemplate(TenantModel):
    """What the operators' registry knows the words of a message by, in one language."""

    NOT_HASHED = ("channel",)

    channel = models.CharField(max_length=8, choices=TextChannel, default=TextChannel.SMS)
    code = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    template_id = models.CharField(max_length=120)
    changed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[TextTemplateQuerySet] = TextTemplateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "channel", "code", "language"],
                name="one_registered_text_per_channel_and_language",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.language})"

from symposia.notifications.models.domains import (
    CHECK_EVERY,
    SILENT_FOR,
    DomainState,
    SenderDomain,
)
from symposia.notifications.models.mail import (
    LEASE,
    Cause,
    Delivery,
    MessageTemplate,
    MessageVersion,
    State,
    Suppression,
)
from symposia.notifications.models.pace import DomainPace
from symposia.notifications.models.texts import (
    TextChannel,
    TextMessage,
    TextSender,
    TextState,
    TextTemplate,
)

__all__ = [
    "CHECK_EVERY",
    "LEASE",
    "SILENT_FOR",
    "Cause",
    "Delivery",
    "DomainPace",
    "DomainState",
    "MessageTemplate",
    "MessageVersion",
    "SenderDomain",
    "State",
    "Suppression",
    "TextChannel",
    "TextMessage",
    "TextSender",
    "TextState",
    "TextTemplate",
]

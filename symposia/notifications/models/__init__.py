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
from symposia.notifications.models.texts import TextMessage, TextSender, TextState, TextTemplate

__all__ = [
    "LEASE",
    "Cause",
    "Delivery",
    "DomainPace",
    "MessageTemplate",
    "MessageVersion",
    "State",
    "Suppression",
    "TextMessage",
    "TextSender",
    "TextState",
    "TextTemplate",
]

"""Handing one message to the mail server, and understanding its answer."""

import smtplib
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Literal
from urllib.parse import urlsplit

import structlog
from django.conf import settings

from symposia.notifications.models import Delivery

log = structlog.get_logger()


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt. `unsure`: the server may have it although it did not say so."""

    kind: Literal["sent", "later", "failed", "bounced"]
    error: str = ""
    unsure: bool = False


def sender_address() -> str:
    """The address every message comes from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def letter_of(delivery: Delivery) -> EmailMessage:
    """The message as bytes on the wire; a header with a line break in it cannot be made."""
    message = EmailMessage(policy=SMTP)
    user, _at, domain = sender_address().partition("@")
    message["From"] = Address(delivery.from_name or "Symposia", user, domain)
    to_user, _at, to_domain = delivery.to_address.rpartition("@")
    message["To"] = Address(delivery.to_name, to_user, to_domain)
    message["Subject"] = delivery.subject
    if delivery.reply_to:
        reader, _at, at_domain = delivery.reply_to.rpartition("@")
        message["Reply-To"] = Address("", reader, at_domain)
    message["Date"] = format_datetime(delivery.queued_at)
    # The same at each attempt: whoever gets it twice can see that it is one message.
    message["Message-ID"] = f"<{delivery.pk}@{urlsplit(settings.ORIGIN).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = delivery.language
    if delivery.unsubscribe_link:
        message["List-Unsubscribe"] = f"<{delivery.unsubscribe_link}one-click/>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(delivery.text)
    message.add_alternative(delivery.html, subtype="html")
    if delivery.calendar:
        _attach_calendar(message, delivery.calendar)
    return message


def _attach_calendar(message: EmailMessage, calendar: str) -> None:
    """Once as another form of the message, which calendars read, and once as a file."""
    method = "CANCEL" if "METHOD:CANCEL" in calendar else "REQUEST"
    message.add_alternative(calendar, subtype="calendar", params={"method": method})
    message.add_attachment(calendar.encode(), "text", "calendar", filename="invitation.ics")


def hand_over(delivery: Delivery) -> Outcome:
    """One conversation with the mail server."""
    letter = letter_of(delivery)
    asked = False
    try:
        with smtplib.SMTP(
            settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.EMAIL_TIMEOUT
        ) as server:
            _introduce(server)
            asked = True
            server.send_message(letter, from_addr=sender_address(), to_addrs=[delivery.to_address])
    except smtplib.SMTPRecipientsRefused as refusal:
        code, answer = next(iter(refusal.recipients.values()))
        return _refused(code, answer, "bounced")
    except smtplib.SMTPResponseException as refusal:
        return _refused(refusal.smtp_code, refusal.smtp_error, "failed")
    except (smtplib.SMTPException, OSError) as problem:
        log.warning("mail_server_unreachable", error=type(problem).__name__)
        return Outcome("later", f"{type(problem).__name__}: {problem}", unsure=asked)
    return Outcome("sent")


def _introduce(server: smtplib.SMTP) -> None:
    if settings.EMAIL_USE_TLS:
        server.starttls()
    if settings.EMAIL_HOST_USER:
        server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)


def _refused(code: int, answer: bytes | str, final: Literal["failed", "bounced"]) -> Outcome:
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return Outcome(final if code >= 500 else "later", f"{code} {said}")

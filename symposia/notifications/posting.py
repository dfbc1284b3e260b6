"""Handing one message to the mail server, and understanding its answer."""

import smtplib
from dataclasses import dataclass, replace
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Literal
from urllib.parse import urlsplit

import structlog
from django.conf import settings

from symposia.notifications.models import Delivery
from symposia.notifications.sender import Sender, installation_sender
from symposia.notifications.signing import signed
from symposia.work.files import open_stored
from symposia.work.models import StoredFile

log = structlog.get_logger()
# Seven bits on the wire: a server on the way that recodes a body breaks its signature.
WIRE = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt. `unsure`: the server may have it although it did not say so."""

    kind: Literal["sent", "later", "failed", "bounced"]
    error: str = ""
    unsure: bool = False
    # From which address it left.
    sender: str = ""


def sender_address() -> str:
    """The address of the installation."""
    return installation_sender().address


def letter_of(delivery: Delivery, address: str = "") -> EmailMessage:
    """The message as bytes on the wire; a header with a line break in it cannot be made."""
    message = EmailMessage(policy=WIRE)
    user, _at, domain = (address or sender_address()).rpartition("@")
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
    if delivery.attachment:
        _attach_file(message, delivery.attachment)
    return message


def _attach_file(message: EmailMessage, file: StoredFile) -> None:
    """A kept paper goes along as it is. Raises FileNotFoundError when the storage lost it."""
    kind, _slash, subtype = file.content_type.partition("/")
    with open_stored(file) as opened:
        message.add_attachment(opened.read(), kind, subtype, filename=file.name)


def _attach_calendar(message: EmailMessage, calendar: str) -> None:
    """Once as another form of the message, which calendars read, and once as a file."""
    method = "CANCEL" if "METHOD:CANCEL" in calendar else "REQUEST"
    message.add_alternative(calendar, subtype="calendar", params={"method": method})
    message.add_attachment(calendar.encode(), "text", "calendar", filename="invitation.ics")


def hand_over(delivery: Delivery, sender: Sender | None = None) -> Outcome:
    """One conversation with the mail server; signed where the sender has a domain of its own."""
    # Addresses in other letters travel in a way that no signature covers.
    can_be_signed = sender is not None and delivery.to_address.isascii()
    own = sender if sender and can_be_signed else installation_sender()
    return replace(_handed_over(delivery, own), sender=own.address)


def _handed_over(delivery: Delivery, sender: Sender) -> Outcome:
    try:
        letter, to = letter_of(delivery, sender.address), [delivery.to_address]
    except FileNotFoundError:
        return Outcome("failed", "The paper that goes with it is not in the storage any more.")
    asked = False
    try:
        with smtplib.SMTP(
            settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.EMAIL_TIMEOUT
        ) as server:
            _introduce(server)
            asked = True
            if sender.key:
                server.sendmail(sender.address, to, signed(letter.as_bytes(), sender.key))
            else:
                server.send_message(letter, from_addr=sender.address, to_addrs=to)
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

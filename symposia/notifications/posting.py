"""Handing one message to the mail server, and understanding its answer."""

import base64
import binascii
import select
import smtplib
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.policy import SMTP, compat32
from email.utils import format_datetime
from typing import Literal, Self
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
_WIDTH = 78


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
    message = _headed(delivery, address)
    forms = [_part("plain", delivery.text), _part("html", delivery.html)]
    files: list[EmailMessage] = []
    if delivery.calendar:  # once as another form, which calendars read, and once as a file
        method = "CANCEL" if "METHOD:CANCEL" in delivery.calendar else "REQUEST"
        forms.append(_part("calendar", delivery.calendar, f'; method="{method}"'))
        files.append(_file("text/calendar", delivery.calendar.encode(), "invitation.ics"))
    if delivery.attachment:
        files.append(_kept_file(delivery.attachment))
    if files:
        return _holds(message, "mixed", [_holds(_bare(), "alternative", forms), *files])
    return _holds(message, "alternative", forms)


def _headed(delivery: Delivery, address: str) -> EmailMessage:
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
    message["MIME-Version"] = "1.0"
    return message


def _bare() -> EmailMessage:
    """A part whose heads are ours and are written as they stand: the framework of the message
    takes each apart to put it together again."""
    return EmailMessage(policy=compat32)


def _holds(message: EmailMessage, how: str, parts: Sequence[EmailMessage]) -> EmailMessage:
    message["Content-Type"] = f"multipart/{how}"
    message.set_payload(list[Message | str](parts))
    return message


def _part(subtype: str, words: str, more: str = "") -> EmailMessage:
    """Words in seven bits, the shorter of two ways."""
    part, lines = _bare(), words.encode().splitlines()
    body = b"\n".join([*lines, b""])
    part["Content-Type"] = f'text/{subtype}; charset="utf-8"{more}'
    if body.isascii() and max(map(len, lines), default=0) <= _WIDTH:
        part["Content-Transfer-Encoding"] = "7bit"
        part.set_payload(body.decode())
        return part
    quoted, packed = binascii.b2a_qp(body, istext=True), base64.encodebytes(body)
    part["Content-Transfer-Encoding"] = (
        "base64" if len(packed) < len(quoted) else "quoted-printable"
    )
    part.set_payload(min(quoted, packed, key=len).decode())
    return part


def _kept_file(file: StoredFile) -> EmailMessage:
    """A kept paper goes along as it is. Raises FileNotFoundError when the storage lost it."""
    with open_stored(file) as opened:
        return _file(file.content_type, opened.read(), file.name)


def _file(content_type: str, content: bytes, name: str) -> EmailMessage:
    kind, _slash, subtype = content_type.partition("/")
    file = EmailMessage(policy=WIRE)
    file.set_content(content, kind, subtype, disposition="attachment", filename=name)
    del file["MIME-Version"]
    return file


class Line:
    """A line to the mail server for several messages in turn, opened with the first."""

    def __init__(self) -> None:
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        if self._server is not None:
            with suppress(smtplib.SMTPException, OSError):  # what was said has been answered
                self._server.quit()
        self.drop()

    def server(self) -> smtplib.SMTP:
        """Whoever listens and has been greeted; one that hung up meanwhile is called again."""
        if self._server is not None and not _answers(self._server):
            self.drop()
        if self._server is None:
            self._server = smtplib.SMTP(
                settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.EMAIL_TIMEOUT
            )
            _introduce(self._server)
        return self._server

    def drop(self) -> None:
        """Hang up: what comes next begins anew."""
        if self._server is not None:
            self._server.close()
        self._server = None


def _answers(server: smtplib.SMTP) -> bool:
    """Whether a line that was used is still good: whoever hangs up, or says that it will, does so
    unasked."""
    if server.sock is None:
        return False
    unasked, _free, _broken = select.select([server.sock], [], [], 0)
    return not unasked


def hand_over(
    delivery: Delivery, sender: Sender | None = None, line: Line | None = None
) -> Outcome:
    """One message to the mail server, on a line of its own or after others; signed where the
    sender has a domain of its own."""
    # Addresses in other letters travel in a way that no signature covers.
    can_be_signed = sender is not None and delivery.to_address.isascii()
    own = sender if sender and can_be_signed else installation_sender()
    with nullcontext(line) if line else Line() as taken:
        outcome = _handed_over(delivery, own, taken)
        if outcome.kind != "sent":
            taken.drop()
    return replace(outcome, sender=own.address)


def _handed_over(delivery: Delivery, sender: Sender, line: Line) -> Outcome:
    try:
        letter, to = letter_of(delivery, sender.address), [delivery.to_address]
    except FileNotFoundError:
        return Outcome("failed", "The paper that goes with it is not in the storage any more.")
    asked = False
    try:
        server = line.server()
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

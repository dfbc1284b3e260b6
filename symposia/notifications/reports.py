"""What mail servers report afterwards: deliveries that failed (RFC 3464), complaints (RFC 5965)."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from enum import StrEnum

from symposia.notifications.filling import one_line

LARGEST = 2_000_000
# Of the enhanced status codes (RFC 3463) those that say that the address itself is no good:
# X.1.1 to X.1.3, X.1.6 and X.1.10 of the address, X.2.1 of a mailbox that was closed.
_NO_SUCH_ADDRESS = re.compile(r"\b5\.(?:1\.(?:1|2|3|6|10)|2\.1)\b")
_OUR_ID = re.compile(r"<([0-9a-fA-F-]{36})@[^>]*>")


class ReportKind(StrEnum):
    """What a report says became of a message."""

    BOUNCED = "bounced"
    DELAYED = "delayed"
    COMPLAINED = "complained"


@dataclass(frozen=True)
class Report:
    """What a report says of one address, and of which message of ours."""

    kind: ReportKind
    address: str
    diagnostic: str
    message_id: uuid.UUID | None
    # Whether the address itself is no good, rather than full, or refusing this one message.
    is_for_good: bool = False


def says_no_such_address(answer: str) -> bool:
    """Whether a server's answer is about the address, and final."""
    return bool(_NO_SUCH_ADDRESS.search(answer))


def reports_in(raw: bytes) -> list[Report]:
    """Every report of a message as a mail server sends it back; nothing where it is none."""
    message = message_from_bytes(raw[:LARGEST], policy=default)
    kind = str(message.get_param("report-type", "") or "").lower()
    if kind == "feedback-report":
        return list(_complaints(message))
    return list(_failures(message)) if kind == "delivery-status" else []


def _failures(message: EmailMessage) -> Iterator[Report]:
    ours = _our_id(message)
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in _blocks(part):
            address = _address(block.get("Final-Recipient") or block.get("Original-Recipient"))
            action = str(block.get("Action", "")).strip().lower()
            if not address or action not in {"failed", "delayed"}:
                continue
            status = one_line(str(block.get("Status", "")))
            said = one_line(str(block.get("Diagnostic-Code", ""))).partition(";")[2].strip()
            kind = ReportKind.BOUNCED if action == "failed" else ReportKind.DELAYED
            words = said if status in said else f"{status} {said}".strip()
            final = kind == ReportKind.BOUNCED and says_no_such_address(status)
            yield Report(kind, address, words, ours, final)


def _complaints(message: EmailMessage) -> Iterator[Report]:
    ours = _our_id(message)
    for part in message.walk():
        if part.get_content_type() != "message/feedback-report":
            continue
        for block in _blocks(part):
            feedback = one_line(str(block.get("Feedback-Type", "")))
            address = _address(block.get("Original-Rcpt-To")) or _address_of_original(message)
            if feedback and address:
                yield Report(ReportKind.COMPLAINED, address, feedback, ours, is_for_good=True)


def _blocks(part: Message) -> list[Message]:
    """The groups of fields of a report, each of which reads as the head of a message."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [each for each in payload if isinstance(each, Message)] + [
            inner
            for each in payload
            if isinstance(each, Message) and isinstance(each.get_payload(), str)
            for inner in _inner(each)
        ]
    return [message_from_bytes(str(payload).encode(), policy=default)]


def _inner(block: Message) -> list[Message]:
    """Fields that stand as the text of a block: some servers write an empty line first."""
    text = str(block.get_payload()).strip()
    return [message_from_bytes(text.encode(), policy=default)] if ":" in text else []


def _address(field: object) -> str:
    """`rfc822; ada@example.org` and `<ada@example.org>` alike."""
    text = str(field or "").partition(";")
    return one_line(text[2] or text[0]).strip("<> ").lower()


def _originals(message: EmailMessage) -> Iterator[Message]:
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            payload = part.get_payload()
            parts = payload if isinstance(payload, list) else []
            yield from (each for each in parts if isinstance(each, Message))
        elif kind == "text/rfc822-headers":
            yield message_from_bytes(str(part.get_payload()).encode(), policy=default)


def _our_id(message: EmailMessage) -> uuid.UUID | None:
    for original in _originals(message):
        if found := _OUR_ID.search(str(original.get("Message-ID", ""))):
            try:
                return uuid.UUID(found[1])
            except ValueError:
                continue
    return None


def _address_of_original(message: EmailMessage) -> str:
    for original in _originals(message):
        to = original.get("To")
        addresses = getattr(to, "addresses", ())
        if addresses:
            return str(addresses[0].addr_spec).lower()
    return ""

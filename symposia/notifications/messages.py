"""What is to be written to one person, before it is in the outbox."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from symposia.notifications.filling import one_line
from symposia.notifications.here import language_here
from symposia.notifications.models import Delivery
from symposia.notifications.queries import wording_of
from symposia.notifications.rendering import render_message
from symposia.notifications.wording import Wording
from symposia.work.models import StoredFile


class Envelope(TypedDict, total=False):
    """What a message may carry beyond its words."""

    to_name: str
    language: str
    # The person who reads an answer.
    reply_to: str
    # Words of its own for this message; without them those of the template.
    wording: Wording | None
    calendar: bytes | None
    # A kept paper that goes with it.
    attachment: StoredFile | None
    about: tuple[str, uuid.UUID] | None
    # Whether somebody waits at a screen for what it says.
    awaited: bool


@dataclass(frozen=True)
class Message:
    """What is to be written to one person."""

    template_code: str
    to_address: str
    values: Mapping[str, str]
    envelope: Envelope = field(default_factory=Envelope)

    @property
    def awaited(self) -> bool:
        return self.envelope.get("awaited", False)

    def letter(self) -> Delivery:
        """The letter as it will be sent, not yet in the outbox."""
        envelope, values = self.envelope, self.values
        language = envelope.get("language") or language_here()
        wording = envelope.get("wording") or wording_of(self.template_code, language)
        letter = render_message(wording, values)
        subject_type, subject_id = envelope.get("about") or ("", None)
        return Delivery(
            template_code=self.template_code,
            language=wording.language,
            from_name=one_line(values["organisation"])[:200],
            to_address=self.to_address,
            to_name=one_line(envelope.get("to_name", ""))[:200],
            subject=letter.subject,
            html=letter.html,
            text=letter.text,
            links=list(letter.links),
            unsubscribe_link=values.get("unsubscribe_link", "") if wording.unsubscribable else "",
            reply_to=envelope.get("reply_to", ""),
            calendar=(envelope.get("calendar") or b"").decode(),
            attachment=envelope.get("attachment"),
            subject_type=subject_type,
            subject_id=subject_id,
        )

"""Whether a text message can be sent at all. No query, no clock."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from symposia.notifications.models import TextChannel, TextMessage, TextSender, TextState
from symposia.shared.refusals import Objection

# E.164: a plus, a country and a number, at most fifteen digits.
_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
# As browsers call a language: en, hi-IN.
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
NO_GATEWAY = Objection(
    "no_text_gateway", _("This installation has no gateway for text messages (SYMPOSIA_SMS_URL).")
)
NO_SENDER = Objection(
    "no_text_sender", _("Say first under which name the organisation sends text messages.")
)
NO_CHAT = Objection(
    "no_chat_gateway", _("This installation has no way to chat messages (SYMPOSIA_CHAT_URL).")
)
NO_CHAT_SENDER = Objection(
    "no_chat_sender", _("Say first from which number the organisation sends chat messages.")
)
NO_CHAT_TEMPLATE = Objection(
    "no_chat_template",
    _("The words in this language (%(language)s) have no approved template for chat messages."),
)
NO_NUMBER = Objection(
    "no_text_number", _("has no telephone number with its country, as +91 98765 43210")
)
NO_TEMPLATE = Objection(
    "no_text_template",
    _("The words in this language (%(language)s) have no template id of the operators' registry."),
)
NO_LANGUAGE = Objection(
    "no_text_language", _("“%(language)s” is no language as browsers call it: en, hi-IN.")
)
NOT_OUT = Objection("text_not_out", _("Nothing is awaited for this text message."))


def number_of(phone: str) -> str:
    """A telephone number as gateways take it; nothing where the country is not said."""
    plain = re.sub(r"[\s().\-/]", "", phone)
    plain = f"+{plain[2:]}" if plain.startswith("00") else plain
    return plain if _NUMBER.fullmatch(plain) else ""


def objection_to_languages(languages: Iterable[str]) -> Objection | None:
    """Words are registered by the language they are in."""
    wrong = next((each for each in languages if not _LANGUAGE.fullmatch(each)), None)
    return None if wrong is None else NO_LANGUAGE.about(language=wrong[:20])


def objection_to_number(number: str) -> Objection | None:
    """A text message needs a telephone number."""
    return None if number else NO_NUMBER


def objection_to_texting(
    sender: TextSender | None, channel: str = TextChannel.SMS
) -> Objection | None:
    """Whether this organisation can send text messages, or chat, now."""
    if channel == TextChannel.CHAT:
        if not settings.CHAT_URL and not settings.MAILBOX_INSIDE:
            return NO_CHAT
        return None if sender else NO_CHAT_SENDER
    if not settings.SMS_URL and not settings.MAILBOX_INSIDE:
        return NO_GATEWAY
    return None if sender else NO_SENDER


def objection_to_words(
    sender: TextSender | None, template_id: str, language: str
) -> Objection | None:
    """A registered sender sends registered words alone; whoever chats first always does."""
    if sender and sender.channel == TextChannel.CHAT:
        return None if template_id else NO_CHAT_TEMPLATE.about(language=language)
    if sender and sender.entity_id and not template_id:
        return NO_TEMPLATE.about(language=language)
    return None


def objection_to_receipt(text: TextMessage) -> Objection | None:
    """A gateway says once what became of a message that it took."""
    return None if text.state == TextState.SENT else NOT_OUT

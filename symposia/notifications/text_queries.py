"""Text messages: who sends them, which words are registered, one of them by its id."""

import uuid

from symposia.notifications.models import TextChannel, TextMessage, TextSender, TextTemplate


def text_sender(channel: str = TextChannel.SMS) -> TextSender | None:
    """Under which name the organisation at hand sends text messages, or chats."""
    return TextSender.objects.filter(channel=channel).first()


def text_templates(code: str, channel: str = TextChannel.SMS) -> dict[str, str]:
    """What the operators' registry knows the words of a message by, by language."""
    rows = TextTemplate.objects.filter(code=code, channel=channel)
    return dict(rows.values_list("language", "template_id"))


def text_of_id(pk: uuid.UUID) -> TextMessage | None:
    """One text message of the organisation whose transaction this is."""
    return TextMessage.objects.filter(pk=pk).first()

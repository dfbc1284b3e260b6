"""Messages as others than their receiver may read them: personal links sign people in."""

import html

from symposia.notifications.models import Delivery

HIDDEN = "#personal-link"


def without_links(delivery: Delivery, text: str) -> str:
    """The HTML or the text of a message with its personal links taken out."""
    for link in sorted(delivery.links, key=len, reverse=True):
        text = text.replace(html.escape(link), HIDDEN).replace(link, HIDDEN)
    return text

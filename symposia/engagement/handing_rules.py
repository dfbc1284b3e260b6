"""What a representative hands on at once: pure rules."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from symposia.shared.refusals import Objection

LONGEST_EVENT = 4_000
LONGEST_PRODUCT = 200
# A phone that was without a network tells of it later; nobody waits longer than this on purpose.
OLDEST = timedelta(days=366)

SAY_EVENT = Objection(
    "adverse_event_says_what",
    _("Write what you were told, word for word, in at most %(most)s characters."),
)
SAY_PRODUCT = Objection(
    "adverse_event_says_product",
    _("Name the product as they called it; write “unknown” where they did not."),
)
TOLD_LATER = Objection(
    "adverse_event_told_later", _("The time at which you were told must be within the last year.")
)


def objection_to_adverse_event(
    product: str, text: str, *, received_at: datetime, at: datetime
) -> Objection | None:
    """Why an adverse event is not taken; nothing else ever stands in its way."""
    if not 0 < len(text.strip()) <= LONGEST_EVENT:
        return SAY_EVENT.about(most=LONGEST_EVENT)
    if not 0 < len(product.strip()) <= LONGEST_PRODUCT:
        return SAY_PRODUCT
    return None if at - OLDEST <= received_at <= at else TOLD_LATER

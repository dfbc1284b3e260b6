from collections.abc import Iterable

from symposia.notifications.models import Delivery, MessageTemplate, State, Suppression
from symposia.notifications.wording import Wording, shipped
from symposia.shared.tenancy import current_organisation_id


def wording_of(code: str, language: str) -> Wording:
    """The organisation's own words of a message, or the shipped ones."""
    original = shipped(code, language)
    own = MessageTemplate.objects.filter(code=code, language=original.language).first()
    return original.in_other_words(own.subject, own.body) if own else original


def suppressed_among(addresses: Iterable[str]) -> frozenset[str]:
    """Those of the addresses, in lower case, that asked not to be invited."""
    asked = {address.lower() for address in addresses}
    return frozenset(
        Suppression.objects.filter(address__in=asked).values_list("address", flat=True)
    )


def messages_of_organisation() -> "list[Delivery]":
    """The latest messages of the organisation whose transaction this is, newest first."""
    return list(
        Delivery.objects.filter(organisation_id=current_organisation_id()).latest_first()[:200]
    )


def undelivered() -> int:
    """How many messages of this organisation came to nothing and wait for a person."""
    return Delivery.objects.filter(state__in=[State.FAILED, State.BOUNCED]).count()

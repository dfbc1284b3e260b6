import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from symposia.notifications.models import Delivery, MessageTemplate, State, Suppression
from symposia.notifications.wording import Wording, shipped


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


def causes_among(addresses: Iterable[str]) -> dict[str, str]:
    """Why each of the addresses, in lower case, is invited no more."""
    asked = {address.lower() for address in addresses}
    found = Suppression.objects.filter(address__in=asked)
    return dict(found.values_list("address", "cause"))


def latest_to(address: str, since: datetime) -> Delivery | None:
    """The last message that went to an address since then."""
    sent = Delivery.objects.to(address).filter(queued_at__gte=since)
    return sent.latest_first().first()


def undelivered() -> QuerySet[Delivery]:
    """The messages of this organisation that came to nothing and wait for a person."""
    return Delivery.objects.filter(state__in=[State.FAILED, State.BOUNCED])


def latest_messages(to: str = "", limit: int = 100) -> list[Delivery]:
    """The latest messages of the organisation whose transaction this is, newest first."""
    found = Delivery.objects.to(to) if to else Delivery.objects.all()
    return list(found.latest_first()[:limit])


def delivery_of_id(pk: uuid.UUID) -> Delivery | None:
    """One message of the organisation whose transaction this is."""
    return Delivery.objects.filter(pk=pk).first()

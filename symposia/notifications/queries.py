import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from symposia.notifications.languages import languages_to_try
from symposia.notifications.models import (
    Delivery,
    MessageTemplate,
    MessageVersion,
    State,
    Suppression,
)
from symposia.notifications.wording import Wording, is_shipped, shipped


def wording_of(code: str, language: str) -> Wording:
    """A message in the reader's language, else in the organisation's, else in English; in each the
    organisation's own words come before the shipped ones."""
    own = {each.language: each for each in MessageTemplate.objects.filter(code=code)}
    for each in languages_to_try(language):
        if template := own.get(each):
            spoken = shipped(code, each).spoken_in(each)
            return spoken.in_other_words(template.subject, template.body, template.preview)
        if is_shipped(code, each):
            break
    return shipped(code, each)


def template_of(code: str, language: str) -> MessageTemplate | None:
    """The organisation's own words of a message in exactly this language, as they are used."""
    return MessageTemplate.objects.filter(code=code, language=language).first()


def templates_here() -> dict[tuple[str, str], MessageTemplate]:
    """All messages that the organisation words itself, by code and language."""
    rows = MessageTemplate.objects.select_related("version")
    return {(each.code, each.language): each for each in rows}


def latest_version(code: str, language: str) -> MessageVersion | None:
    """What somebody wrote last."""
    return MessageVersion.objects.of(code, language).first()


def version_of_id(pk: uuid.UUID) -> MessageVersion | None:
    """One version of the organisation whose transaction this is."""
    return MessageVersion.objects.filter(pk=pk).first()


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


def suppression_of(address: str) -> Suppression | None:
    """Why one address is invited no more; nothing while it is."""
    return Suppression.objects.filter(address=address.lower()).first() if address else None


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

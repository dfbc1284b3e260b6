"""From which address mail of the organisation at hand leaves, and with whose signature."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.utils import parseaddr

from django.conf import settings

from symposia.notifications.models import DomainState, SenderDomain
from symposia.notifications.sender_records import Expected, Finding, Kind
from symposia.notifications.signing import PURPOSE, SigningKey, can_sign
from symposia.shared.sealing import SealBroken, unsealed


@dataclass(frozen=True)
class Sender:
    """An address, and the key of its domain where it is the organisation's own."""

    address: str
    key: SigningKey | None = None


def installation_sender() -> Sender:
    """The address mail comes from that has no domain of its own."""
    return Sender(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])


def sender_domain() -> SenderDomain | None:
    """The domain of the organisation whose transaction this is, whether or not it is in use."""
    return SenderDomain.objects.first()


def sender_here() -> Sender:
    """The organisation's own domain once its records hold, else the installation's address."""
    own = SenderDomain.objects.filter(state=DomainState.HOLDS).first()
    key = signing_key(own) if own else None
    return Sender(own.from_address, key) if own and key else installation_sender()


def signing_key(domain: SenderDomain) -> SigningKey | None:
    """The private half; nothing where the installation's own key has changed since."""
    if not can_sign():
        return None
    try:
        private = unsealed(domain.private_key, purpose=PURPOSE)
    except SealBroken:
        return None
    return SigningKey(domain.domain, domain.selector, private)


def expected_of(domain: SenderDomain) -> Expected:
    """What DNS has to say of a domain."""
    return Expected(domain.domain, domain.selector, domain.public_key, settings.MAIL_SPF)


def with_key_of(domain: SenderDomain, findings: Sequence[Finding]) -> list[Finding]:
    """What was found, with what is the matter with our own half of the key."""
    wrong = "" if can_sign() else "cannot_sign"
    if not wrong and signing_key(domain) is None:
        wrong = "dkim_key_lost"
    return [
        replace(each, problem=wrong) if wrong and each.kind == Kind.DKIM else each
        for each in findings
    ]

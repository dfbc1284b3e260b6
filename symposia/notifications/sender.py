"""From which address mail of the organisation at hand leaves, and with whose signature."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.utils import parseaddr
from typing import Any

from django.conf import settings

from symposia.notifications.domain_rules import sentence_of
from symposia.notifications.models import DomainState, SenderDomain
from symposia.notifications.sender_records import Expected, Finding, Kind, Published
from symposia.notifications.signing import PURPOSE, SigningKey
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
    try:
        private = unsealed(domain.private_key, purpose=PURPOSE)
    except SealBroken:
        return None
    return SigningKey(domain.domain, domain.selector, private)


def expected_of(domain: SenderDomain) -> Expected:
    """What DNS has to say of a domain."""
    return Expected(domain.domain, domain.selector, domain.public_key, settings.MAIL_SPF)


@dataclass(frozen=True)
class RecordFound:
    """A record as it has to stand, what stands there, and the sentence that says what to do."""

    published: Published
    # Nothing: it was not looked for yet.
    found_at: str = ""
    found: tuple[str, ...] = ()
    problem: str = ""
    advice: str = ""

    @property
    def is_checked(self) -> bool:
        return bool(self.found_at)


def records_of(domain: SenderDomain) -> list[RecordFound]:
    """The three records of a domain with what the last check found of each."""
    expected = expected_of(domain)
    known = {each["kind"]: each for each in domain.findings}
    return [_record(each, known.get(each.kind), expected) for each in expected.records]


def _record(published: Published, found: dict[str, Any] | None, expected: Expected) -> RecordFound:
    if found is None:
        return RecordFound(published)
    advice = sentence_of(found["problem"], expected)
    return RecordFound(published, found["name"], tuple(found["found"]), found["problem"], advice)


def with_key_of(domain: SenderDomain, findings: Sequence[Finding]) -> list[Finding]:
    """What was found, with what is the matter with our own half of the key."""
    if signing_key(domain) is not None:
        return list(findings)
    return [
        replace(each, problem="dkim_key_lost") if each.kind == Kind.DKIM else each
        for each in findings
    ]

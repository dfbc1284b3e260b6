"""Payments by card on the page of a provider: what we ask it, what it tells us. No number of a card
comes here, in no direction.

One adapter speaks to a provider over HTTP through the one way out. Another provider is another
class with the same four methods.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings

from symposia.finance.card_rules import NO_CARDS
from symposia.finance.models import CheckoutState
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from symposia.work.outgoing import RefusedAddress, Reply, fetch

# A message of the provider is believed for so many seconds after it was signed.
FRESH = 300
_STATES = {
    "paid": CheckoutState.PAID,
    "failed": CheckoutState.FAILED,
    "expired": CheckoutState.FAILED,
    "refunded": CheckoutState.REFUNDED,
    "open": CheckoutState.BEGUN,
}


class ProviderSilent(Exception):
    """The provider did not answer, or not so that we understand it; nothing was paid by that."""


class PaymentLost(ProviderSilent):
    """The provider answers, and knows nothing of this payment."""


@dataclass(frozen=True)
class Wanted:
    """A payment as we ask for it."""

    amount: Money
    # Our own name for it: the organisation and the reference of the charge.
    reference: str
    description: str
    back: str


@dataclass(frozen=True)
class Begun:
    """A payment that the provider has begun: its name for it, and the page to pay on."""

    payment: str
    page: str


@dataclass(frozen=True)
class Told:
    """What a signed message of the provider says."""

    payment: str
    state: CheckoutState
    organisation_code: str


class CardProvider(Protocol):
    """Whoever takes cards for us."""

    def begin(self, wanted: Wanted) -> Begun: ...
    def state_of(self, payment: str) -> CheckoutState: ...
    def refund(self, payment: str, amount: Money) -> None: ...
    def read_message(self, body: bytes, signature: str, *, at: float) -> Told | None: ...


Send = Callable[..., Reply]


@dataclass(frozen=True)
class HostedCheckout:
    """A provider with a page of its own, asked in JSON, whose messages are signed (HMAC-SHA-256
    over the time and the body)."""

    address: str
    key: str
    secret: str
    send: Send

    def begin(self, wanted: Wanted) -> Begun:
        said = self._ask(
            "POST",
            "/payments",
            {
                "amount": wanted.amount.minor,
                "currency": wanted.amount.currency,
                "reference": wanted.reference,
                "description": wanted.description,
                "return_url": wanted.back,
            },
            once=wanted.reference,
        )
        payment, page = str(said.get("id", "")), str(said.get("url", ""))
        if not payment or not page.startswith("https://"):
            raise ProviderSilent("no payment was begun")
        return Begun(payment[:120], page)

    def state_of(self, payment: str) -> CheckoutState:
        return _state(self._ask("GET", f"/payments/{payment}").get("status"))

    def refund(self, payment: str, amount: Money) -> None:
        body = {"amount": amount.minor, "currency": amount.currency}
        self._ask("POST", f"/payments/{payment}/refunds", body, once=f"refund-{payment}")

    def read_message(self, body: bytes, signature: str, *, at: float) -> Told | None:
        """What a message says; nothing where it is not the provider's own, or old."""
        parts = dict(part.split("=", 1) for part in signature.split(",") if "=" in part)
        signed_at, given = parts.get("t", ""), parts.get("v1", "")
        if not signed_at.isdecimal() or abs(at - int(signed_at)) > FRESH:
            return None
        if not hmac.compare_digest(signed(self.secret, signed_at, body), given):
            return None
        said = _read(body)
        code, _dot, _reference = str(said.get("reference", "")).partition(".")
        return Told(str(said.get("id", "")), _state(said.get("status")), code)

    def _ask(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, *, once: str = ""
    ) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        if once:
            headers["Idempotency-Key"] = once
        content = json.dumps(body).encode() if body is not None else None
        try:
            reply = self.send(f"{self.address}{path}", method=method, body=content, headers=headers)
        except (OSError, RefusedAddress) as error:
            raise ProviderSilent(str(error)) from error
        if reply.status == 404:
            raise PaymentLost("the provider answered 404")
        if reply.status >= 300:
            raise ProviderSilent(f"the provider answered {reply.status}")
        return _read(reply.body)


def signed(secret: str, signed_at: str, body: bytes) -> str:
    """The signature of a message that was signed at a time."""
    return hmac.new(secret.encode(), signed_at.encode() + b"." + body, hashlib.sha256).hexdigest()


def _read(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError as error:
        raise ProviderSilent("the provider did not answer in JSON") from error
    return said if isinstance(said, dict) else {}


def _state(said: Any) -> CheckoutState:
    return _STATES.get(str(said), CheckoutState.BEGUN)


def provider() -> CardProvider | None:
    """Who takes cards for this installation; nobody where none was set up."""
    if not (settings.CARDS_URL and settings.CARDS_KEY and settings.CARDS_SECRET):
        return None
    return HostedCheckout(settings.CARDS_URL, settings.CARDS_KEY, settings.CARDS_SECRET, fetch)


def whoever_takes_cards() -> CardProvider:
    """Who takes cards for this installation; a refusal in words where nobody does."""
    found = provider()
    if found is None:
        raise Refused(NO_CARDS)
    return found

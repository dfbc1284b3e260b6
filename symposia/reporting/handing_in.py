"""The web service of a body, spoken to through the one way out.

The bytes that go there are those that were kept; the answer is what a person would bring back.
Where the service is and what it wants to be signed in with each body says on request.
"""

from collections.abc import Callable

from symposia.reporting.bodies import declared
from symposia.reporting.bodies.parts import Parcel
from symposia.reporting.composing import CONTENT_TYPES
from symposia.reporting.models import BodyAccount
from symposia.shared.sealing import SealBroken, unsealed
from symposia.work.outgoing import RefusedAddress, Reply, fetch

Send = Callable[..., Reply]
# For what the keys of bodies are sealed.
PURPOSE = "account with a body"


class ServiceFailed(Exception):
    """The body's web service did not take the file; its words say why."""


def hand_in(
    account: BodyAccount, kind: str, ending: str, content: bytes, *, send: Send | None = None
) -> bytes:
    """Send the bytes of a file, and what came back. Raises ServiceFailed."""
    parcel = _parcel(account, kind, ending, content)
    try:
        reply = (send or fetch)(
            account.address, method="POST", body=parcel.body, headers=parcel.headers
        )
    except (RefusedAddress, OSError) as error:
        raise ServiceFailed(str(error)) from error
    if reply.status >= 400:
        raise ServiceFailed(f"{reply.status}: {reply.body[:200].decode(errors='replace')}")
    return reply.body


def _parcel(account: BodyAccount, kind: str, ending: str, content: bytes) -> Parcel:
    try:
        key = unsealed(account.key, purpose=PURPOSE)
    except SealBroken as error:
        raise ServiceFailed("its key cannot be read any more: enter it again") from error
    if wrap := declared(kind).wrap:
        return wrap(account, key, content)
    headers = {"Content-Type": CONTENT_TYPES[ending], "Authorization": f"Bearer {key}"}
    return Parcel(content, headers)

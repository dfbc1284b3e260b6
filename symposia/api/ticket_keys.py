"""The public halves of the keys that sign tickets, for devices that check without a network."""

from typing import Any

from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.registrations.actions.keys import change_ticket_key
from symposia.registrations.lists import TICKET_KEYS
from symposia.registrations.models import TicketKey
from symposia.registrations.tickets import public_key

router = Router(tags=["registrations"])
list_route(router, TICKET_KEYS, "/changes")


class KeyOut(Schema):
    """A key by its number, as tickets name it, and its public half in hexadecimal digits."""

    number: int
    public_key: str


class KeyReason(Schema):
    reason: str = Field(min_length=1, max_length=300)


@router.get("", response=list[KeyOut], operation_id="ticket_keys")
@allowed(Permission.CHECK_IN)
def keys(request: Any) -> list[dict[str, Any]]:
    """Every key whose tickets are valid, the present one last."""
    code = request.organisation.code
    last = TicketKey.objects.current_number()
    return [{"number": n, "public_key": public_key(code, n)} for n in range(1, last + 1)]


@router.post("", response={201: KeyOut}, operation_id="change_ticket_key")
@allowed(Permission.MANAGE_ORGANISATION)
def change(request: Any, body: KeyReason) -> Status[TicketKey]:
    """Sign tickets with a new key from now on."""
    made = change_ticket_key(request.organisation, reason=body.reason, by=request.actor)
    return Status(201, made)

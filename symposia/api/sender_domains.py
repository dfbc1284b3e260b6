"""The domain that mail leaves from: named, checked, given up."""

from datetime import datetime
from typing import Any

from django.http import Http404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.notifications.actions.domains import (
    ask_for_check,
    give_up_sender_domain,
    set_sender_domain,
)
from symposia.notifications.models import SenderDomain
from symposia.notifications.sender import records_of

router = Router(tags=["messages"])


class SenderDomainIn(Schema):
    """The domain, and the address at it."""

    domain: str = Field(min_length=1, max_length=253)
    from_address: str = Field(min_length=3, max_length=254)


class SenderRecordOut(Schema):
    """One record: what to publish, what stands there, and what to do."""

    kind: str
    name: str
    value: str
    found: list[str]
    problem: str
    advice: str


class SenderDomainOut(SenderDomainIn):
    """A domain with its records; mail leaves from it in the state `holds`."""

    state: str
    checked_at: datetime | None
    records: list[SenderRecordOut]


@router.get("", response=SenderDomainOut, operation_id="sender_domain")
@allowed(Permission.MANAGE_MESSAGES)
def show(request: Any) -> dict[str, Any]:
    """The domain that mail leaves from, or shall."""
    return _out(_own(request))


@router.post("", response={201: SenderDomainOut}, operation_id="set_sender_domain")
@allowed(Permission.MANAGE_MESSAGES)
def name(request: Any, body: SenderDomainIn) -> Status[dict[str, Any]]:
    """Name it, or another one; a new pair of keys is made."""
    own = set_sender_domain(body.domain, body.from_address, by=request.actor)
    return Status(201, _out(own))


@router.post("/checks", response={202: SenderDomainOut}, operation_id="check_sender_domain")
@allowed(Permission.MANAGE_MESSAGES)
def check(request: Any) -> Status[dict[str, Any]]:
    """Ask the name servers; what they say is here a moment later."""
    return Status(202, _out(ask_for_check(_own(request), by=request.actor)))


@router.post("/withdrawal", response={204: None}, operation_id="give_up_sender_domain")
@allowed(Permission.MANAGE_MESSAGES)
def give_up(request: Any) -> Status[None]:
    """Send from the installation's address again."""
    give_up_sender_domain(_own(request), by=request.actor)
    return Status(204, None)


def _own(request: Any) -> SenderDomain:
    own = SenderDomain.objects.visible_to(request.access).first()
    if own is None:
        raise Http404
    return own


def _out(own: SenderDomain) -> dict[str, Any]:
    records = [
        {
            "kind": each.published.kind,
            "name": each.published.name,
            "value": each.published.value,
            "found": list(each.found),
            "problem": each.problem,
            "advice": each.advice,
        }
        for each in records_of(own)
    ]
    facts = {"domain": own.domain, "from_address": own.from_address, "state": own.state}
    return facts | {"checked_at": own.checked_at, "records": records}

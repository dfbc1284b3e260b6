"""The demonstration's mailbox: what would have left by mail. Exists in demo mode alone."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from symposia.accounts.memberships import demonstration_organisations
from symposia.notifications.models import Delivery
from symposia.notifications.queries import delivery_of_id, latest_messages
from symposia.shared.tenancy import INSTALLATION, acting_in
from symposia.web.content.letters import letter_url
from symposia.web.gates import open_to_all, own_transaction

LATEST = 100


@dataclass(frozen=True)
class Mailbox:
    """Where some of the demonstration's mail is kept, and the clock it is told by."""

    name: str
    organisation_id: uuid.UUID
    zone: str


@never_cache
@require_GET
@open_to_all("the demonstration's mail; does not exist outside demo mode")
@own_transaction
def messages(request: HttpRequest) -> HttpResponse:
    """The latest mail to anybody, or to one address."""
    to = request.GET.get("to", "").replace("\x00", "").strip()[:254]
    found: list[tuple[Mailbox, Delivery]] = []
    for mailbox in _mailboxes():
        with acting_in(mailbox.organisation_id):
            found += [(mailbox, delivery) for delivery in latest_messages(to, LATEST)]
    found.sort(key=lambda pair: pair[1].queued_at, reverse=True)
    return render(request, "public/mailbox/list.html", {"found": found[:LATEST], "to": to})


@never_cache
@require_GET
@open_to_all("one message of the demonstration; does not exist outside demo mode")
@own_transaction
def message(request: Any, organisation: uuid.UUID, pk: uuid.UUID) -> HttpResponse:
    """A message as its receiver sees it, with links that work."""
    mailbox = next((each for each in _mailboxes() if each.organisation_id == organisation), None)
    if mailbox is None:
        raise Http404
    with acting_in(organisation):
        delivery = delivery_of_id(pk)
    if delivery is None:
        raise Http404
    context = {
        "delivery": delivery,
        "mailbox": mailbox,
        "frame_href": letter_url(delivery, follows_links=True),
    }
    return render(request, "public/mailbox/message.html", context)


def _mailboxes() -> list[Mailbox]:
    """Where the demonstration's mail is kept: its organisations', and the installation's own."""
    if not settings.DEMO:
        raise Http404
    kept = [Mailbox(each.name, each.pk, each.zone) for each in demonstration_organisations()]
    return [*kept, Mailbox(_("Sign-in"), INSTALLATION, "UTC")]

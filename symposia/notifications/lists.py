from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.notifications.models import Cause, Delivery, State, Suppression
from symposia.shared.lists import Choice, Column, ListOf, Search

TONES: dict[str, str] = {
    State.SENT: "ok",
    State.FAILED: "stop",
    State.BOUNCED: "stop",
    State.SENDING: "info",
    State.WAITING: "",
    State.CANCELLED: "",
}


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


OUTBOX = ListOf(
    name="outbox",
    title=_("Outbox"),
    permission="view_outbox",
    rows=lambda access, **_kwargs: Delivery.objects.visible_to(access),
    columns=(
        Column("subject", _("Subject"), "subject", "subject", lambda d: ("message", [d.pk])),
        Column("to", _("To"), "to_address", "to_address"),
        Column("name", _("Name"), "to_name", "to_name", in_page=False),
        Column("message", _("Message"), "template_code", "template_code", in_page=False),
        Column(
            *("state", _("State"), "state", "state"),
            kind="state",
            tone=lambda d: TONES[d.state],
        ),
        Column("attempts", _("Attempts"), "attempts", "attempts", kind="n"),
        Column("queued_at", _("Written"), "queued_at", "queued_at", kind="moment"),
        Column("sent_at", _("Sent"), "sent_at", "sent_at", kind="moment"),
        Column("error", _("Answer of the mail server"), "error", in_page=False),
    ),
    filters=(
        Search("q", _("Address, name or subject"), _search),
        Choice("state", _("State"), "state", State.choices),
    ),
    sort="-queued_at",
    empty=_("No message was written yet. Invitations, confirmations and codes appear here."),
)

SUPPRESSIONS = ListOf(
    name="suppressions",
    title=_("Addresses that are not invited"),
    permission="view_outbox",
    rows=lambda access, **_kwargs: Suppression.objects.visible_to(access),
    columns=(
        Column(
            *("address", _("Address"), "address", "address"),
            lambda s: ("suppression", [s.pk]),
        ),
        Column("cause", _("Why"), "cause", "cause"),
        Column("diagnostic", _("The mail server said"), "diagnostic", in_page=False),
        Column("since", _("Since"), "since", "since", kind="moment"),
    ),
    filters=(
        Search("q", _("Address"), _search),
        Choice("cause", _("Why"), "cause", Cause.choices),
    ),
    sort="-since",
    empty=_("Nobody has asked not to be invited."),
)

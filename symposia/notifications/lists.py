from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _in_use
from django.utils.translation import gettext_lazy as _

from symposia.notifications.models import (
    Cause,
    Delivery,
    DomainPace,
    MessageTemplate,
    MessageVersion,
    State,
    Suppression,
    TextChannel,
    TextMessage,
    TextState,
)
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

TEXT_TONES: dict[str, str] = {
    TextState.DELIVERED: "ok",
    TextState.SENT: "info",
    TextState.SENDING: "info",
    TextState.UNDELIVERED: "stop",
    TextState.FAILED: "stop",
    TextState.WAITING: "",
    TextState.CANCELLED: "",
}

TEXT_MESSAGES = ListOf(
    name="texts",
    title=_("Text messages"),
    permission="view_outbox",
    rows=lambda access, **_kwargs: TextMessage.objects.visible_to(access),
    columns=(
        Column("to", _("To"), "to_number", "to_number", kind="id"),
        Column("name", _("Name"), "to_name", "to_name"),
        Column("message", _("Message"), "template_code", "template_code", in_page=False),
        Column("channel", _("Channel"), "channel", "channel"),
        Column("language", _("Language"), "language", "language"),
        Column(
            *("state", _("State"), "state", "state"),
            kind="state",
            tone=lambda t: TEXT_TONES[t.state],
        ),
        Column("error", _("The gateway said"), "error"),
        Column("sender", _("Sender"), "sender_id", in_page=False),
        Column("entity", _("Entity id"), "entity_id", in_page=False),
        Column("template", _("Template id"), "template_id", in_page=False),
        Column("attempts", _("Attempts"), "attempts", "attempts", kind="n"),
        Column("queued_at", _("Written"), "queued_at", "queued_at", kind="moment"),
        Column("settled_at", _("Settled"), "settled_at", "settled_at", kind="moment"),
    ),
    filters=(
        Search("q", _("Number or name"), _search),
        Choice("state", _("State"), "state", TextState.choices),
        Choice("channel", _("Channel"), "channel", TextChannel.choices),
    ),
    sort="-queued_at",
    empty=_("No text message was written yet. A wave of a campaign may go this way."),
)

DOMAIN_PACES = ListOf(
    name="paces",
    title=_("Pace by domain"),
    permission="view_outbox",
    rows=lambda access, **_kwargs: DomainPace.objects.visible_to(access),
    columns=(
        Column("domain", _("Domain"), "domain", "domain", lambda p: ("pace", [p.pk])),
        Column("per_minute", _("Messages a minute"), "per_minute", "per_minute", kind="n"),
        Column("changed_by", _("Set by"), "changed_by_name", "changed_by_name"),
        Column("changed_at", _("Set"), "changed_at", "changed_at", kind="moment"),
    ),
    filters=(Search("q", _("Domain"), lambda rows, text: rows.filter(domain__icontains=text)),),
    sort="domain",
    empty=_("No domain has a pace: messages leave as they come."),
)

_IN_USE = Exists(MessageTemplate.objects.filter(version=OuterRef("pk")))


def state_of_version(version: Any) -> str:
    """Whether people get these words, in a word."""
    return _in_use("In use") if version.in_use else _in_use("Not in use")


def _versions(access: Any, **_kwargs: Any) -> Any:
    return MessageVersion.objects.visible_to(access).annotate(in_use=_IN_USE)


MESSAGE_VERSIONS = ListOf(
    name="message_versions",
    title=_("Versions of the words"),
    permission="manage_messages",
    rows=_versions,
    columns=(
        Column("code", _("Message"), "code", "code", lambda v: ("message_version", [v.pk]), "id"),
        Column("language", _("Language"), "language", "language"),
        Column("number", _("Version"), "number", "number", kind="n"),
        Column("subject", _("Subject"), "subject", "subject"),
        Column(
            *("state", _("State"), state_of_version),
            kind="state",
            tone=lambda v: "ok" if v.in_use else "",
        ),
        Column("written_by", _("Written by"), "written_by_name", "written_by_name"),
        Column("written_at", _("Written"), "written_at", "written_at", kind="moment"),
    ),
    filters=(
        Search(
            "q",
            _("Message or subject"),
            lambda rows, text: rows.filter(Q(code__icontains=text) | Q(subject__icontains=text)),
        ),
        Search("language", _("Language"), lambda rows, text: rows.filter(language=text)),
    ),
    sort="-written_at",
    empty=_("Nobody has worded a message here yet: people get the words of the product."),
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

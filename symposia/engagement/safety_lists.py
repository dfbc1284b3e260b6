"""Adverse events that representatives were told of, as a list."""

from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.engagement.models import AdverseEvent, SafetySending
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, either

SENT, LATE, WAITS = "sent", "late", "waits"
SENDINGS = [
    (SENT, _("Sent in time")),
    (LATE, _("Sent late")),
    (WAITS, _("Waits for a mailbox")),
]


def _rows(access: Any, **_kwargs: Any) -> Rows:
    told = SafetySending.objects.filter(event=OuterRef("pk"))
    rows = AdverseEvent.objects.visible_to(access).for_list()
    return rows.annotate(
        sent_at=Subquery(told.values("at")[:1]), sent_to=Subquery(told.values("address")[:1])
    )


class Sent(Choice):
    """A filter by whether drug safety was told, and in time."""

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        kinds = {
            SENT: Q(sent_at__lte=F("due_at")),
            LATE: Q(sent_at__gt=F("due_at")),
            WAITS: Q(sent_at=None),
        }
        asked = [kinds[value] for value in values if value in kinds]
        wanted = Q(pk__in=[])
        for each in asked:
            wanted |= each
        return rows.filter(wanted) if asked else rows


def _search(rows: Rows, text: str) -> Rows:
    said = Q(product__icontains=text) | Q(text__icontains=text)
    return rows.filter(said | Q(clinician__full_name__icontains=text))


ADVERSE_EVENTS = ListOf(
    name="adverse_events",
    title=_("Adverse events"),
    permission=Permission.VIEW_EVALUATIONS,
    rows=_rows,
    columns=(
        Column("received_at", _("Told"), "received_at", sort="received_at", kind="moment"),
        Column("product", _("Product"), "product", url=lambda e: ("adverse_event", [e.pk])),
        Column(
            "clinician",
            _("Told by"),
            either("clinician__display_name", "clinician__full_name"),
        ),
        Column("number", _("Activity"), "activity__number", kind="id"),
        Column("by", _("Taken by"), "by_name"),
        Column("due_at", _("Forward by"), "due_at", sort="due_at", kind="moment"),
        Column("sent_at", _("Sent"), "sent_at", sort="sent_at", kind="moment"),
        Column("sent_to", _("Sent to"), "sent_to", in_page=False),
        Column("recorded_at", _("Kept"), "recorded_at", kind="moment", in_page=False),
        Column("text", _("Words"), "text", in_page=False),
        Column("rule", _("Rule"), "rule", in_page=False),
    ),
    filters=(
        Search("q", _("Product, words or doctor"), _search),
        Sent("sent", _("Drug safety"), "sent_at", SENDINGS),
    ),
    sort="-received_at",
    empty=_("No representative was told of an adverse event."),
)

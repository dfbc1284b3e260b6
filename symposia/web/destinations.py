"""The places of the product that the frame leads to."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission


@dataclass(frozen=True)
class Destination:
    """A place of the product, whom it is for, and the letter that goes there after `g`."""

    label: Promise
    icon: str
    url_name: str
    permission: Permission
    key: str = ""
    group: Literal["main", "foot"] = "main"
    on_phone: bool = False
    # Other pages that belong to this place.
    holds: tuple[str, ...] = ()


DESTINATIONS = (
    Destination(_("Today"), "sun", "today", Permission.VIEW_TODAY, "t", on_phone=True),
    Destination(
        _("Activities"),
        "flow",
        "activities",
        Permission.VIEW_ACTIVITIES,
        "a",
        on_phone=True,
        holds=(
            *("series_list", "series_team", "applications", "enduring", "courses"),
            *("campaigns", "reminders", "discussions", "contributions", "practices"),
            *("medical_questions", "adverse_events", "materials"),
        ),
    ),
    Destination(
        _("People"),
        "users",
        "clinicians",
        Permission.VIEW_DIRECTORY,
        "p",
        on_phone=True,
        holds=(
            *("consents", "restricted_people", "change_requests", "segments", "duplicates"),
            *("external_credits", "licences", "credit_appeals", "staff_groups", "speakers"),
        ),
    ),
    Destination(
        _("Disclosures"),
        "badge",
        "contributors",
        Permission.VIEW_PEOPLE_OF_ACTIVITY,
        holds=("content_items",),
    ),
    Destination(
        _("Plan"),
        "target",
        "plans",
        Permission.VIEW_CURRICULUM,
        "n",
        holds=("gaps", "objectives", "guidelines", "surveys", "curricula", "meetings", "news"),
    ),
    Destination(
        _("Approvals"), "stamp", "approvals", Permission.VIEW_APPROVALS, "r", on_phone=True
    ),
    Destination(
        _("Money"),
        "coins",
        "money",
        Permission.VIEW_MONEY,
        "m",
        holds=(
            *("agreements", "rates", "bills", "expenses", "invoices", "transfers", "budget"),
            *(
                "budget_nodes",
                "budget_transfers",
                "books_periods",
                "opening_commitments",
                "opening_imports",
                *("payees", "orders", "overruns", "payment_batches", "payments"),
                *("card_lines", "card_imports"),
            ),
        ),
    ),
    Destination(
        _("Calendar"),
        "cal",
        "calendar",
        Permission.VIEW_ACTIVITIES,
        "c",
        holds=("arrangements", "externals", "agencies", "double_places", "small_rooms"),
    ),
    Destination(
        _("Insights"), "chart", "insights", Permission.VIEW_INSIGHTS, "i", holds=("portfolio",)
    ),
    Destination(_("Reports"), "stamp", "due_reports", Permission.VIEW_CREDITS, holds=("binders",)),
    Destination(
        *(_("Field"), "pin", "field_day", Permission.INVITE, "f"),
        on_phone=True,
        holds=("follow_ups", "field_team"),
    ),
    Destination(
        _("Rules"),
        "shield",
        "rules",
        Permission.VIEW_RULES,
        "u",
        holds=("credit_systems", "requirement_packs"),
    ),
    Destination(_("Door"), "device", "door", Permission.CHECK_IN, "d", on_phone=True),
    Destination(
        _("My learning"),
        "book",
        "learning",
        Permission.OWN_LEARNING,
        "l",
        on_phone=True,
        holds=("transcript", "requirements", "my_groups"),
    ),
    Destination(_("My data"), "shield", "own_data", Permission.OWN_LEARNING, "y", on_phone=True),
    Destination(_("Policies"), "book", "policies", Permission.VIEW_TODAY, "b", group="foot"),
    Destination(_("Outbox"), "mail", "outbox", Permission.VIEW_OUTBOX, "o", group="foot"),
    Destination(_("Journal"), "history", "journal", Permission.VIEW_JOURNAL, "j", group="foot"),
    Destination(_("Access"), "key", "access", Permission.MANAGE_ACCESS, "k", group="foot"),
    Destination(
        _("Settings"), "gear", "organisation", Permission.MANAGE_ORGANISATION, "s", group="foot"
    ),
)

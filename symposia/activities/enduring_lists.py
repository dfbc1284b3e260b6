from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.lists import TONES
from symposia.activities.models import EnduringTerm, EnduringTermQuerySet, State
from symposia.shared.lists import Choice, Column, ListOf, Search


def _rows(access: Access) -> EnduringTermQuerySet:
    return EnduringTerm.objects.visible_to(access).select_related("activity")


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


ENDURING = ListOf(
    name="enduring",
    title=_("Enduring material"),
    permission=Permission.VIEW_ACTIVITIES,
    rows=_rows,
    columns=(
        Column("number", _("Number"), "activity__number", sort="activity__number", kind="id"),
        Column(
            "title",
            _("Activity"),
            "activity__title",
            sort="activity__title",
            url=lambda each: ("activity_term", [each.activity_id]),
        ),
        Column("released", _("Release"), "released_on", sort="released_on", kind="day"),
        Column("review", _("Review by"), "review_on", sort="review_on", kind="day"),
        Column("ends", _("Termination"), "ends_on", sort="ends_on", kind="day"),
        Column("reviewed", _("Last review"), "reviewed_on", sort="reviewed_on", kind="day"),
        Column("outcome", _("What it found"), "outcome", in_page=False),
        Column(
            "state",
            _("State"),
            lambda each: str(State(each.activity.state).label),
            kind="state",
            tone=lambda each: TONES[each.activity.state],
        ),
    ),
    filters=(
        Search("q", _("Number or words"), _search),
        Choice("state", _("State"), "activity__state", State.choices),
    ),
    sort="review_on",
    empty=_("A recording of an activity that took place is offered as enduring material."),
)

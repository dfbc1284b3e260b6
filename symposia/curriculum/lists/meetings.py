from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.curriculum.models import (
    AgreedAction,
    AgreedActionQuerySet,
    Meeting,
    MeetingQuerySet,
    MeetingState,
)
from symposia.shared.lists import Choice, Column, ListOf, Search

MEETING_TONES: dict[str, str] = {
    MeetingState.PLANNED: "info",
    MeetingState.HELD: "ok",
    MeetingState.CANCELLED: "",
}


def _meetings(access: Access) -> MeetingQuerySet:
    return Meeting.objects.visible_to(access)


def _actions(access: Access) -> AgreedActionQuerySet:
    return AgreedAction.objects.visible_to(access).select_related("owner", "meeting")


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


MEETINGS = ListOf(
    name="meetings",
    title=_("Curriculum reviews"),
    permission=Permission.VIEW_CURRICULUM,
    rows=_meetings,
    columns=(
        Column("number", _("Number"), "number", sort="number", kind="id"),
        Column("title", _("Meeting"), "title", sort="title", url=lambda m: ("meeting", [m.pk])),
        Column("on", _("Day"), "on", sort="on", kind="day"),
        Column("place", _("Place"), "place"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda m: MEETING_TONES[m.state],
        ),
        Column("minutes", _("Minutes"), "minutes", in_page=False),
    ),
    filters=(
        Search("q", _("Number or words"), _search),
        Choice("state", _("State"), "state", MeetingState.choices),
    ),
    sort="-on",
    empty=_("The curriculum is reviewed regularly; the agenda is made from what changed."),
)
AGREED_ACTIONS = ListOf(
    name="agreed_actions",
    title=_("Agreed actions"),
    permission=Permission.VIEW_CURRICULUM,
    rows=_actions,
    columns=(
        Column("text", _("What"), "text", sort="text", url=lambda a: ("meeting", [a.meeting_id])),
        Column("owner", _("Who"), "owner__full_name", sort="owner__full_name"),
        Column("due", _("Until"), "due_on", sort="due_on", kind="day"),
        Column("meeting", _("Agreed at"), "meeting__number", kind="id"),
        Column("done", _("Done"), "done_note"),
    ),
    filters=(Search("q", _("Words or person"), _search),),
    sort="due_on",
    empty=_("What people promise at a curriculum review is listed here until it is done."),
)

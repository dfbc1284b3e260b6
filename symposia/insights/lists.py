from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.insights.models import ActivityFigures
from symposia.shared.lists import Column, ListOf, Search


def _number(name: str) -> Callable[[ActivityFigures], Any]:
    return lambda row: getattr(row, name)


FIGURES = ListOf(
    name="insights_activities",
    title=_("Activities in figures"),
    permission="view_insights",
    rows=lambda access: ActivityFigures.objects.visible_to(access).for_list(),
    columns=(
        Column(
            "number",
            _("Number"),
            lambda f: f.activity.number,
            sort="activity__number",
            url=lambda f: ("activity_insights", [f.activity_id]),
            kind="id",
        ),
        Column(
            "title",
            _("Activity"),
            lambda f: f.activity.title,
            sort="activity__title",
            url=lambda f: ("activity_insights", [f.activity_id]),
        ),
        Column("starts_at", _("Starts"), lambda f: f.activity.starts_at, kind="day"),
        Column("invited", _("Invited"), _number("invited"), sort="invited", kind="n"),
        Column("accepted", _("Accepted"), _number("accepted"), sort="accepted", kind="n"),
        Column("registered", _("Registered"), _number("registered"), sort="registered", kind="n"),
        Column("attended", _("Attended"), _number("attended"), sort="attended", kind="n"),
        Column("evaluated", _("Evaluated"), _number("evaluated"), sort="evaluated", kind="n"),
        Column("credited", _("Credited"), _number("credited"), sort="credited", kind="n"),
        Column("minutes", _("Minutes"), _number("minutes"), sort="minutes", kind="n"),
    ),
    filters=(
        Search(
            "q",
            _("Number or title"),
            lambda rows, text: (
                rows.filter(activity__title__icontains=text)
                | rows.filter(activity__number__istartswith=text)
            ),
        ),
    ),
    sort="-activity__starts_at",
    empty=_("Figures appear as soon as there is an activity."),
)

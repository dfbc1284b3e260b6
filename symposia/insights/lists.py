from django.utils.translation import gettext_lazy as _

from symposia.insights.models import ActivityFigures
from symposia.shared.lists import Column, ListOf, Search

FIGURES = ListOf(
    name="insights_activities",
    title=_("Activities in figures"),
    permission="view_insights",
    rows=lambda access: ActivityFigures.objects.visible_to(access).for_list(),
    columns=(
        Column(
            "number",
            _("Number"),
            "activity__number",
            sort="activity__number",
            url=lambda f: ("activity_insights", [f.activity_id]),
            kind="id",
        ),
        Column(
            "title",
            _("Activity"),
            "activity__title",
            sort="activity__title",
            url=lambda f: ("activity_insights", [f.activity_id]),
        ),
        Column("starts_at", _("Starts"), "activity__starts_at", kind="day"),
        Column("invited", _("Invited"), "invited", sort="invited", kind="n"),
        Column("accepted", _("Accepted"), "accepted", sort="accepted", kind="n"),
        Column("registered", _("Registered"), "registered", sort="registered", kind="n"),
        Column("attended", _("Attended"), "attended", sort="attended", kind="n"),
        Column("evaluated", _("Evaluated"), "evaluated", sort="evaluated", kind="n"),
        Column("credited", _("Credited"), "credited", sort="credited", kind="n"),
        Column("minutes", _("Minutes"), "minutes", sort="minutes", kind="n"),
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

from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.insights.models import STAGES, ActivityFigures, OpenPoint, Sight
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search

FIGURES = ListOf(
    name="insights_activities",
    title=_("Activities in figures"),
    permission="view_insights",
    rows=lambda access: ActivityFigures.objects.visible_to(access).for_list(access),
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
        Column("invited", _("Invited"), "shown_invited", sort="shown_invited", kind="n"),
        Column("accepted", _("Accepted"), "shown_accepted", sort="shown_accepted", kind="n"),
        Column(
            "registered", _("Registered"), "shown_registered", sort="shown_registered", kind="n"
        ),
        Column("attended", _("Attended"), "shown_attended", sort="shown_attended", kind="n"),
        Column("evaluated", _("Evaluated"), "shown_evaluated", sort="shown_evaluated", kind="n"),
        Column("credited", _("Credited"), "shown_credited", sort="shown_credited", kind="n"),
        Column("minutes", _("Minutes"), "shown_minutes", sort="shown_minutes", kind="n"),
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


def _sights(access: Any, **kwargs: Any) -> Rows:
    found = Sight.objects.visible_to(access).select_related("activity")
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


SIGHTS = ListOf(
    name="activity_wall",
    title=_("Who was shown names or answers"),
    permission="view_journal",
    rows=_sights,
    columns=(
        Column("on_day", _("Day"), "on_day", sort="on_day", kind="day"),
        Column("at", _("First at"), "at", sort="at", kind="moment"),
        Column("person", _("Who"), "person_name", sort="person_name"),
        Column("page", _("What"), "page", sort="page", kind="id"),
        Column("activity", _("Activity"), "activity__number", in_page=False),
    ),
    filters=(
        Search("q", _("Person"), lambda rows, text: rows.filter(person_name__icontains=text)),
    ),
    sort="-at",
    empty=_("Nobody has been shown names or answers of this activity."),
)


def _points(access: Any) -> Rows:
    return OpenPoint.objects.visible_to(access).for_list()


OPEN_POINTS = ListOf(
    name="open_points",
    title=_("What is owed"),
    permission="view_activities",
    rows=_points,
    columns=(
        Column("due_at", _("Until"), "due_at", sort="due_at", kind="day"),
        Column(
            "what",
            _("What is missing"),
            lambda p: p.words,
            url=lambda p: (p.url_name, [p.url_key] if p.url_key else []),
        ),
        Column("number", _("Number"), "activity__number", sort="activity__number", kind="id"),
        Column(
            "title",
            _("Activity"),
            "activity__title",
            sort="activity__title",
            url=lambda p: ("activity", [p.activity_id]),
        ),
        Column("owner", _("Who owes it"), "owner_name", sort="owner_name"),
        Column("stage", _("Holds up"), "stage", sort="stage"),
    ),
    filters=(
        Search(
            "q",
            _("Number, title or person"),
            lambda rows, text: (
                rows.filter(activity__title__icontains=text)
                | rows.filter(activity__number__istartswith=text)
                | rows.filter(owner_name__icontains=text)
            ),
        ),
        Choice("stage", _("Holds up"), "stage", STAGES),
    ),
    sort="due_at",
    empty=_("Nothing is missing anywhere."),
)

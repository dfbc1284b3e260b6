"""Who plans, writes, reviews or moderates in every session of a series."""

from django.db import transaction

from symposia.activities.actions.team import add_team_member, remove_team_member
from symposia.activities.events import SeriesChanged
from symposia.activities.models import (
    PLANNING,
    Contributor,
    Occasion,
    Series,
    SeriesTeamMember,
    TeamMember,
)
from symposia.activities.repeating import objection_to_series_team
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def join_series_team(
    series: Series, contributor: Contributor, *, role: str, by: Actor
) -> SeriesTeamMember:
    """Give a person a content role in a whole series: in its sessions that are still planned and
    in those to come. The same again changes nothing."""
    series = Series.objects.locked(series.pk)

    refuse_if(objection_to_series_team(contributor.name, role))

    member, is_new = SeriesTeamMember.objects.get_or_create(
        series=series, contributor=contributor, role=role
    )
    if is_new:
        for each in _planned(series):
            add_team_member(each.activity, contributor, role=role, of_series=True, by=by)
        details = {"name": contributor.name, "role": role}
        record(by, "series.team_joined", series, details=details)
        announce(SeriesChanged(series.pk))
    return member


@transaction.atomic
def leave_series_team(member: SeriesTeamMember, *, by: Actor) -> None:
    """Take a content role in a series from a person; whoever was put into one session alone, or
    into one that was submitted, stays there."""
    series = Series.objects.locked(member.series_id)
    came_with = TeamMember.objects.filter(
        activity__in=[each.activity_id for each in _planned(series)],
        contributor=member.contributor,
        role=member.role,
        of_series=True,
    )
    for each in came_with.select_related("contributor").order_by("activity", "pk"):
        remove_team_member(each, by=by)
    details = {"name": member.contributor.name, "role": member.role}
    member.delete()
    record(by, "series.team_left", series, details=details)
    announce(SeriesChanged(series.pk))


def _planned(series: Series) -> list[Occasion]:
    rows = Occasion.objects.filter(series=series, activity__state__in=PLANNING)
    return list(rows.select_related("activity").order_by("activity"))

"""What a provider shows beyond single activities: mission, analysis, improvements."""

from datetime import date

from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from symposia.curriculum.models import AgreedAction, Meeting, MeetingState
from symposia.curriculum.queries.office_policies import latest_edition, living_mission
from symposia.reporting.evidence.parts import Found, said

_MOST = 12


def mission(_years: tuple[int, int]) -> Found:
    """The mission in force, with its edition."""
    policy = living_mission()
    edition = latest_edition(policy) if policy else None
    if policy is None or edition is None:
        return Found(gap=_("No mission is published."), mend=("policies", []))
    return Found(
        said(
            (_("Mission"), edition.text),
            (_("Edition"), f"{edition.edition}, {edition.published_at:%Y-%m-%d}"),
            (_("Published by"), edition.published_by_name),
        )
    )


def analysis(years: tuple[int, int]) -> Found:
    """The meetings that looked at how far the mission is met, with their minutes."""
    held = Meeting.objects.filter(state=MeetingState.HELD, on__year__range=years)
    lines = [
        (f"{each.number}, {each.on:%Y-%m-%d}", each.title)
        for each in held.exclude(minutes="").order_by("on", "pk")[:_MOST]
    ]
    covered = set(held.annotate(year=ExtractYear("on")).values_list("year", flat=True))
    without = [str(year) for year in range(years[0], years[1] + 1) if year not in covered]
    if lines and not without:
        return Found(lines)
    missing = _("No meeting with minutes is kept for: %(years)s.") % {
        "years": ", ".join(without) or _("these years")
    }
    return Found(lines, gap=missing, mend=("meetings", []))


def improvements(years: tuple[int, int]) -> Found:
    """What was agreed to be improved, by whom, and what of it is done."""
    agreed = AgreedAction.objects.filter(meeting__on__year__range=years).select_related("owner")
    lines = [
        (each.text, _state(each.done_at.date() if each.done_at else None, str(each.owner)))
        for each in agreed.order_by("due_on", "pk")[:_MOST]
    ]
    if lines:
        return Found(lines)
    missing = _("No improvement was agreed in these years.")
    return Found(gap=missing, mend=("meetings", []))


def _state(done_on: date | None, owner: str) -> str:
    if done_on:
        return _("done on %(day)s, %(owner)s") % {"day": done_on.isoformat(), "owner": owner}
    return _("open, %(owner)s") % {"owner": owner}

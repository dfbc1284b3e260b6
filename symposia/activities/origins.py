"""Where activities come from and what became of them, on their rail and on their pages."""

import uuid
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.activities.facts import Fact, Reading, Stage, register_fact
from symposia.activities.lasting import NO_TERM, REVIEW_DUE, is_enduring
from symposia.activities.models import (
    Activity,
    EnduringTerm,
    Occasion,
    Origin,
    Refresh,
    Series,
)
from symposia.activities.numbers import numbers_of, register_numbers
from symposia.activities.reading import Batch, read_together, rows_of
from symposia.activities.repeating import said_day
from symposia.activities.taking_over import objection_to_unseen
from symposia.shared.counting import CountOf


@dataclass(frozen=True)
class Kinship:
    """From which activity one was made, and which were made from it."""

    origin: Origin | None
    made: list[Origin]
    series: Series | None


def origin_rows(activity_id: uuid.UUID) -> QuerySet[Origin]:
    """From which activity it was made: one row, or none."""
    return Origin.objects.filter(activity=activity_id).select_related("source")


def made_rows(activity_id: uuid.UUID) -> QuerySet[Origin]:
    """Which were made from it, the first twenty."""
    rows = Origin.objects.filter(source=activity_id).select_related("activity")
    return rows.order_by("made_at", "pk")[:20]


def occasion_rows(activity_id: uuid.UUID) -> QuerySet[Occasion]:
    """The day of a series that it stands for: one row, or none."""
    return Occasion.objects.filter(activity=activity_id).select_related("series")


def kinship_of(activity: Activity) -> Kinship:
    """The links of an activity both ways, and the series it belongs to."""
    occasion = next(iter(rows_of(activity.pk, occasion_rows)), None)
    return Kinship(
        next(iter(rows_of(activity.pk, origin_rows)), None),
        rows_of(activity.pk, made_rows),
        occasion.series if occasion else None,
    )


def kinship_shown(activity: Activity, access: Access) -> Kinship:
    """The same, as far as a person may open what it leads to."""
    kin = kinship_of(activity)
    ids = {each.activity_id for each in kin.made}
    if kin.origin:
        ids.add(kin.origin.source_id)
    rows = Activity.objects.visible_to(access, Permission.VIEW_ACTIVITIES)
    open_to = set(rows.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    origin = kin.origin if kin.origin and kin.origin.source_id in open_to else None
    made = [each for each in kin.made if each.activity_id in open_to]
    return Kinship(
        origin, made, kin.series if access.everywhere(Permission.VIEW_ACTIVITIES) else None
    )


def taken_over_by(activity: Activity) -> list[Refresh]:
    """What an activity took over, the open ones first."""
    rows = Refresh.objects.filter(activity=activity)
    return sorted(rows, key=lambda each: (each.looked_at is not None, each.kind, each.pk))


def term_of(activity: Activity) -> EnduringTerm | None:
    """From when to when enduring material is offered."""
    return EnduringTerm.objects.filter(activity=activity).first()


def _taken_over(activity: Activity) -> Reading | None:
    count, unseen = numbers_of(activity, "refreshes", "refreshes_open")
    if not count:
        return None
    link = ("activity_taken_over", [activity.pk])
    words = _("%(a)d of %(b)d") % {"a": count - unseen, "b": count}
    if not unseen:
        return Reading("done", link=link, count=words)
    return Reading("blocked", objection_to_unseen(activity), link, words)


def _offered(activity: Activity) -> Reading | None:
    if not is_enduring(activity):
        return None
    link = ("activity_term", [activity.pk])
    review_on, ends_on = numbers_of(activity, "term_review_on", "term_ends_on")
    if review_on is None:
        return Reading("blocked", NO_TERM, link)
    if review_on < local_day() and not activity.is_over:
        return Reading("blocked", REVIEW_DUE.about(day=said_day(review_on)), link)
    until = _("until %(day)s, review by %(review)s") % {
        "day": said_day(ends_on),
        "review": said_day(review_on),
    }
    return Reading("done", link=link, detail=until)


def register_origins() -> None:
    """What was taken over is looked at before submission; what is offered has its dates."""
    taken = Refresh.objects.filter(activity=OuterRef("pk"))
    term = EnduringTerm.objects.filter(activity=OuterRef("pk"))
    register_numbers(
        refreshes=CountOf(taken),
        refreshes_open=CountOf(taken.filter(looked_at=None)),
        term_review_on=Subquery(term.values("review_on")[:1]),
        term_ends_on=Subquery(term.values("ends_on")[:1]),
    )
    before = frozenset({Stage.SUBMIT})
    label = gettext_lazy("Taken over")
    register_fact(Fact("taken_over", label, _taken_over, before, 3))
    needed = frozenset({Stage.SUBMIT, Stage.OPEN})
    register_fact(Fact("term", gettext_lazy("Release and review"), _offered, needed, 22))
    read_together(Batch.OVERVIEW, origin_rows, made_rows, occasion_rows)

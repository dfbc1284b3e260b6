"""Who stands for an activity, read for pages and for the rules."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.facts import Fact, Reading, register_fact
from symposia.activities.models import Activity, Mode, Organiser
from symposia.activities.numbers import number_of, register_numbers
from symposia.activities.organising import objection_to_council_hours
from symposia.activities.reading import Batch, read_together, rows_of
from symposia.compliance.facts import knows_facts
from symposia.shared.counting import CountOf
from symposia.shared.refusals import Objection


def organiser_rows(activity_id: uuid.UUID) -> QuerySet[Organiser]:
    """Who stands for it beside the organisation itself: one row, or none."""
    return Organiser.objects.filter(activity=activity_id).select_related("activity")


def organiser_of(activity: Activity) -> Organiser | None:
    """Who stands for it beside the organisation itself."""
    return next(iter(rows_of(activity.pk, organiser_rows)), None)


@dataclass(frozen=True)
class CouncilHours:
    """What a company's meeting says of its hours: by whose number, or why none."""

    organiser: Organiser | None
    objection: Objection | None


def council_hours_of(activity: Activity) -> CouncilHours | None:
    """The hours of a company's meeting; independent education gives credit in its own way."""
    if activity.is_independent:
        return None
    organiser = organiser_of(activity)
    return CouncilHours(organiser, objection_to_council_hours(activity, organiser))


@knows_facts("activity", "organiser")
def facts_of_organiser(activity_id: uuid.UUID) -> Mapping[str, Any]:
    """What rules may ask of the organiser of record; nothing while the organisation is alone."""
    organiser = next(iter(rows_of(activity_id, organiser_rows)), None)
    if organiser is None:
        return {}
    gives_hours = objection_to_council_hours(organiser.activity, organiser) is None
    return {"organised_with": organiser.part, "council_approved": gives_hours}


def _council(activity: Activity) -> Reading | None:
    """A company's scientific meeting says what credit it gives: a council's hours, or none."""
    if activity.mode != Mode.SCIENTIFIC:
        return None
    link = ("activity_organiser", [activity.pk])
    if number_of(activity, "council_approvals"):
        return Reading("done", link=link, detail=_("Hours of a medical council"))
    objection = objection_to_council_hours(activity, organiser=None)
    return Reading("waiting", link=link, detail=str(objection))


def register_organisers() -> None:
    """The organiser of record on the rail."""
    in_time = Q(approval_entered_at__lt=F("activity__starts_at"))
    approved = Organiser.objects.filter(~Q(approval_number=""), in_time, activity=OuterRef("pk"))
    register_numbers(council_approvals=CountOf(approved))
    register_fact(Fact("council", gettext_lazy("Council's hours"), _council, order=25))
    read_together(Batch.RAIL, organiser_rows)

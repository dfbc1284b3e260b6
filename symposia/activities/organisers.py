"""Who stands for an activity, read for pages and for the rules."""

from typing import Any

from django.db.models import OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.facts import Fact, Reading, register_fact, register_figures
from symposia.activities.models import Activity, Mode, Organiser
from symposia.activities.numbers import number_of, register_numbers
from symposia.activities.organising import NO_COUNCIL_NUMBER
from symposia.shared.counting import CountOf


def organiser_of(activity: Activity) -> Organiser | None:
    """Who stands for it beside the organisation itself."""
    return Organiser.objects.filter(activity=activity).first()


def organiser_figures(activity: Activity) -> dict[str, Any]:
    """What rules may ask of the organiser of record; nothing while the organisation is alone."""
    organiser = organiser_of(activity)
    if organiser is None:
        return {}
    return {"organised_with": organiser.part, "council_approved": organiser.has_approval}


def _council(activity: Activity) -> Reading | None:
    """A company's scientific meeting says what credit it gives: a council's hours, or none."""
    if activity.mode != Mode.SCIENTIFIC:
        return None
    link = ("activity_organiser", [activity.pk])
    if number_of(activity, "council_approvals"):
        return Reading("done", link=link, detail=_("Hours of a medical council"))
    return Reading("waiting", link=link, detail=str(NO_COUNCIL_NUMBER))


def register_organisers() -> None:
    """The organiser of record on the rail and among the facts of rules."""
    approved = Organiser.objects.filter(~Q(approval_number=""), activity=OuterRef("pk"))
    register_numbers(council_approvals=CountOf(approved))
    register_fact(Fact("council", gettext_lazy("Council's hours"), _council, order=25))
    register_figures("organisers", organiser_figures)

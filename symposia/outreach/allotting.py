"""What a representative may send of the invitations of an activity that were allotted to them."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from symposia.activities.models import Activity
from symposia.directory.models import Clinician
from symposia.outreach.allotted import Allotted
from symposia.outreach.models import Allotment
from symposia.shared.refusals import Objection

NOT_APPROVED = Objection("not_approved", _("is not on the list approved for you"))
BEYOND_ALLOTMENT = Objection(
    "beyond_allotment",
    ngettext_lazy(
        "is beyond the %(quantity)s invitation allotted to you",
        "is beyond the %(quantity)s invitations allotted to you",
        "quantity",
    ),
)
ALLOTMENT_OVER = Objection(
    "allotment_over", _("your invitations of this activity could be sent until %(day)s")
)
NONE_ALLOTTED = Objection(
    "none_allotted", _("the invitations of this activity are allotted, and none to you")
)
ALLOTMENT_TAKEN = Objection(
    "allotment_taken",
    ngettext_lazy(
        "%(left)s of your %(quantity)s invitations is left. Look at the numbers again.",
        "%(left)s of your %(quantity)s invitations are left. Look at the numbers again.",
        "left",
    ),
)
ALLOTTED_BEFORE = Objection(
    "allotted_before",
    _("%(who)s holds invitations of this activity already. End that allotment first."),
)
ALLOTTED_TOO_LATE = Objection(
    "allotted_too_late", _("The last day must be to come, and before the activity begins.")
)
ALLOTMENT_ENDED = Objection("allotment_ended", _("This allotment has ended."))
ALL_USED = Objection(
    "all_used",
    ngettext_lazy(
        "the %(quantity)s invitation that was allotted to you is used",
        "all %(quantity)s invitations that were allotted to you are used",
        "quantity",
    ),
)


def objection_to_one_allotted(
    clinician: Clinician, allotted: Allotted, *, before: int, on: date
) -> Objection | None:
    """Whether a representative may send this one, so many of the same choice being before it."""
    if allotted.until_on < on:
        return ALLOTMENT_OVER.about(day=f"{allotted.until_on:%F}")
    if not allotted.approves(clinician.pk):
        return NOT_APPROVED
    return BEYOND_ALLOTMENT.about(quantity=allotted.quantity) if before >= allotted.left else None


def objection_to_taking(allotted: Allotted | None, *, wanted: int) -> Objection | None:
    """Nobody sends more than is left once the others who take at the same time are done."""
    if allotted is None or wanted <= allotted.left:
        return None
    return ALLOTMENT_TAKEN.about(left=allotted.left, quantity=allotted.quantity)


def objection_to_allotting(
    activity: Activity, standing: Allotment | None, *, until_on: date, today: date
) -> Objection | None:
    """One open allotment for each representative, of an activity that is still to come."""
    if standing:
        return ALLOTTED_BEFORE.about(who=standing.representative)
    in_time = today <= until_on <= activity.wall_starts.date()
    return None if in_time else ALLOTTED_TOO_LATE


def objection_to_ending(allotment: Allotment) -> Objection | None:
    """An allotment ends once."""
    return ALLOTMENT_ENDED if allotment.state != "open" else None


def objection_to_any_more(
    allotted: Allotted | None, *, left_out: bool, on: date
) -> Objection | None:
    """What stands against asking anybody: none allotted, the last day over, or all of them used."""
    if left_out or allotted is None:
        return NONE_ALLOTTED if left_out else None
    if allotted.until_on < on:
        return ALLOTMENT_OVER.about(day=f"{allotted.until_on:%F}")
    return None if allotted.left else ALL_USED.about(quantity=allotted.quantity)

"""Whether places can be counted apart, and how many."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from symposia.activities.models import Activity, DeliveryForm
from symposia.registrations.models import Places, Share, ShareKind
from symposia.registrations.policies import IS_OVER, KEPT_NEEDS_A_LIMIT
from symposia.shared.refusals import Objection

NOT_HYBRID = Objection(
    "not_in_both_forms", _("The activity is not both in person and online: there is one form.")
)
SHARE_BELOW_TAKEN = Objection(
    "share_below_taken",
    ngettext_lazy(
        "%(taken)s of these is taken; it cannot be %(capacity)s.",
        "%(taken)s of these are taken; it cannot be %(capacity)s.",
        "taken",
    ),
)
NOT_SO_MANY_FREE = Objection(
    "not_so_many_places_free",
    _("%(more)s more cannot be kept: places free for everybody: %(free)s."),
)
GROUP_UNNAMED = Objection("group_unnamed", _("Say what the group is called."))
SHARE_TWICE = Objection("share_twice", _("These places are counted apart already."))


def objection_to_unnamed(name: str, profession: str, form: str) -> Objection | None:
    """A group is known by its profession, or by what it is called."""
    return None if form or profession or name.strip() else GROUP_UNNAMED


def objection_to_share(activity: Activity, kind: str, *, at: datetime) -> Objection | None:
    """Whether places of this activity can be counted apart so."""
    if activity.is_over_at(at):
        return IS_OVER
    if kind == ShareKind.GROUP:
        return KEPT_NEEDS_A_LIMIT if activity.capacity is None else None
    return None if activity.delivery == DeliveryForm.HYBRID else NOT_HYBRID


def objection_to_share_capacity(share: Share, places: Places, capacity: int) -> Objection | None:
    """A share is never smaller than what is taken of it, and keeps only what is free."""
    if capacity < share.taken:
        return SHARE_BELOW_TAKEN.about(taken=share.taken, capacity=capacity)
    more = capacity - share.capacity
    if not share.is_group or places.capacity is None:
        return None
    free = places.capacity - places.taken - places.kept
    return NOT_SO_MANY_FREE.about(more=more, free=free) if more > free else None

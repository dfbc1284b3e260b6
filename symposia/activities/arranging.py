"""Whether something may be arranged, changed or taken further, in words. No query, no clock."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import (
    BINDING,
    Activity,
    Arrangement,
    ArrangementKind,
    ArrangementState,
    Session,
)
from symposia.shared.money import Money
from symposia.shared.refusals import Objection

NOT_FOR_THIS = Objection(
    "arranging_over", _("This activity is “%(state)s”: nothing is arranged for it any more.")
)
SETTLED = Objection(
    "arrangement_settled", _("This is “%(state)s”: enter something new instead of changing it.")
)
NOT_THIS_STEP = Objection("arrangement_step", _("What is “%(state)s” cannot become “%(to)s”."))
SAY_WHY = Objection("arrangement_reason", _("Say why it is cancelled; the supplier will ask."))
SAY_WHAT = Objection("arrangement_title", _("Say what is arranged."))
SAY_WHO = Objection("arrangement_person", _("Say who travels or stays."))
SAY_WHEN = Objection("arrangement_nights", _("Say the first and the last day of the stay."))
ENDS_BEFORE = Objection("arrangement_order", _("It must end after it starts."))
OTHER_MONEY = Objection(
    "arrangement_currency", _("The books are kept in %(currency)s; write the cost in it.")
)
BELOW_NOTHING = Objection("arrangement_cost", _("A cost is not below nothing."))
NOT_ITS_SESSION = Objection("arrangement_session", _("This session belongs to another activity."))
SUPPLIER_MISSING = Objection(
    "arrangement_supplier", _("Name the supplier who is asked or has confirmed.")
)
# Arrivals and departures lie around an activity; meals and hires lie within its days.
AROUND = timedelta(days=3)
_OF_PEOPLE = frozenset({ArrangementKind.TRAVEL, ArrangementKind.STAY})


def objection_to_arranging(activity: Activity) -> Objection | None:
    """Until the books close, something may have to be arranged; afterwards not."""
    if activity.has_ended:
        return NOT_FOR_THIS.about(state=activity.get_state_display())
    return None


def objection_to_arrangement(
    wanted: Arrangement, session: Session | None, *, currency: str
) -> Objection | None:
    """Whether what is known of it is enough, and fits together."""
    if not wanted.title.strip():
        return SAY_WHAT
    if wanted.kind in _OF_PEOPLE and not (wanted.contributor_id or wanted.person.strip()):
        return SAY_WHO
    if session and session.activity_id != wanted.activity_id:
        return NOT_ITS_SESSION
    return _objection_to_days(wanted) or _objection_to_cost(wanted.cost, currency)


def _objection_to_days(wanted: Arrangement) -> Objection | None:
    starts, ends = wanted.wall_starts, wanted.wall_ends
    if wanted.kind == ArrangementKind.STAY and not (starts and ends):
        return SAY_WHEN
    if ends and (starts is None or ends < starts):
        return ENDS_BEFORE
    return None


def _objection_to_cost(cost: Money | None, currency: str) -> Objection | None:
    if cost is None:
        return None
    if cost.currency != currency:
        return OTHER_MONEY.about(currency=currency)
    return BELOW_NOTHING if cost.amount < 0 else None


def objection_to_changing_arrangement(arrangement: Arrangement) -> Objection | None:
    """What was delivered or called off stays as it is."""
    if arrangement.state in {ArrangementState.DELIVERED, ArrangementState.CANCELLED}:
        return SETTLED.about(state=arrangement.get_state_display())
    return None


def objection_to_arrangement_step(
    arrangement: Arrangement, to: str, *, reason: str
) -> Objection | None:
    """The table first; a cancellation says why, and whoever is asked has a name."""
    if not arrangement.can_move(to):
        return NOT_THIS_STEP.about(
            state=arrangement.get_state_display(), to=ArrangementState(to).label
        )
    if to == ArrangementState.CANCELLED and not reason.strip():
        return SAY_WHY
    if to in BINDING and not arrangement.supplier.strip():
        return SUPPLIER_MISSING
    return None


def is_off_its_days(arrangement: Arrangement, activity: Activity) -> bool:
    """Whether it lies outside the days of its activity, because one of the two was moved."""
    starts, ends = arrangement.wall_starts, arrangement.wall_ends or arrangement.wall_starts
    if starts is None or ends is None:
        return False
    apart = AROUND if arrangement.kind in _OF_PEOPLE else timedelta(0)
    first, last = activity.wall_starts.date() - apart, activity.wall_ends.date() + apart
    return bool(ends.date() < first or starts.date() > last)

"""Which agencies send people, and how one ends: pure rules."""

import uuid
from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Agency
from symposia.shared.refusals import Objection

NO_NAME = Objection("agency_name", _("Write the name of the agency."))
SAME_NAME = Objection("agency_there_already", _("An agency of this name is on the list already."))
ENDS_BEFORE = Objection("agency_ends_before", _("It works for us until a day after the first."))
UNKNOWN = Objection(
    "agency_unknown", _("No agency “%(name)s” is on the list. Add it there, then choose it.")
)
NOT_ACTIVE = Objection("agency_not_active", _("%(name)s does not work for us on that day."))
ENDED = Objection("agency_ended", _("The work of this agency has ended."))
WHY = Objection("agency_why", _("Write why its work ends; it stays in the journal."))
OTHERS_NOW = Objection(
    "agency_others_now",
    _("Other people work for it now than those you looked at. Look at them again."),
)


def objection_to_agency(
    name: str, twin: Agency | None, *, active_from: date, active_until: date | None
) -> Objection | None:
    """An agency is on the list once, and works for us for some days at least."""
    if not name.strip():
        return NO_NAME
    if twin:
        return SAME_NAME
    return ENDS_BEFORE if active_until and active_until < active_from else None


def objection_to_sending_people(name: str, agency: Agency | None, *, on: date) -> Objection | None:
    """Whoever comes from an agency comes from one that works for us; others come on their own."""
    if not name.strip():
        return None
    if agency is None:
        return UNKNOWN.about(name=name.strip())
    return None if agency.is_active(on) else NOT_ACTIVE.about(name=agency.name)


def objection_to_access_from(agency: Agency | None, *, until: date) -> Objection | None:
    """Nobody signs in longer than the agency that sends them works for us."""
    if agency is None or agency.is_active(until):
        return None
    return NOT_ACTIVE.about(name=agency.name)


def objection_to_ending_agency(
    agency: Agency, *, reason: str, seen: Collection[uuid.UUID], there: Collection[uuid.UUID]
) -> Objection | None:
    """It ends once, for a reason, with exactly the people somebody has looked at."""
    if agency.ended_at:
        return ENDED
    if not reason.strip():
        return WHY
    return OTHERS_NOW if set(seen) != set(there) else None


def objection_to_changing_agency(agency: Agency) -> Objection | None:
    """What has ended stays as it was."""
    return ENDED if agency.ended_at else None

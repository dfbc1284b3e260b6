"""What is settled before a wish for a place is written down."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from symposia.activities.models import Activity, DeliveryForm
from symposia.compliance.queries.packs import own_values
from symposia.compliance.rolling import POLICY
from symposia.directory.models import Clinician
from symposia.registrations.caps import Caps, caps_in, objection_to_one_more
from symposia.registrations.meetings import meetings_around
from symposia.registrations.models import Attending, Registration, Share, State
from symposia.registrations.policies import OTHER_GROUP
from symposia.registrations.tickets import new_code
from symposia.shared.refusals import Objection, refuse_if

# Somebody of several, and the registration they got or why they got none.
Became = tuple[Clinician, Registration | Objection]


def held_cap(clinician: Clinician, activity: Activity) -> Objection | None:
    """Where a company caps the meetings of a doctor, count them while nobody else does.

    Whoever holds both holds the doctor first and the count of places second.
    """
    if not (caps := _caps_on(activity)):
        return None
    Clinician.objects.select_for_update(no_key=True, of=("self",)).get(pk=clinician.pk)
    return _over_caps(clinician, activity, caps)


def cap_met(clinician: Clinician, activity: Activity) -> Objection | None:
    """What `held_cap` would say, only looked at: somebody else may count meanwhile."""
    caps = _caps_on(activity)
    return _over_caps(clinician, activity, caps) if caps else None


def hold_doctors(clinicians: Iterable[Clinician], activity: Activity) -> None:
    """Hold all these in the order of their keys where a company caps their meetings: whoever goes
    on to several holds the count of places from the first of them on."""
    if _caps_on(activity):
        held = Clinician.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
        list(held.filter(pk__in={each.pk for each in clinicians}))


def _caps_on(activity: Activity) -> Caps | None:
    if activity.is_independent:
        return None
    return caps_in(own_values(activity.wall_starts.date()).get(POLICY, {}))


def _over_caps(clinician: Clinician, activity: Activity, caps: Caps) -> Objection | None:
    day = activity.wall_starts.date()
    return objection_to_one_more(meetings_around(clinician, activity), caps, on=day)


def new_registration(
    clinician: Clinician, activity: Activity, source: str, at: datetime, **more: Any
) -> Registration:
    """A wish with its ticket code, not written yet; a place where `state` says so."""
    state = more.pop("state", State.REQUESTED)
    return Registration(
        clinician=clinician,
        activity=activity,
        source=source,
        state=state,
        ticket_code=new_code(),
        requested_at=at,
        confirmed_at=at if state == State.CONFIRMED else None,
        **more,
    )


def attending_at(activity: Activity, attending: str = "") -> str:
    """How somebody comes where that is a question: in person, unless they say otherwise."""
    is_hybrid = activity.delivery == DeliveryForm.HYBRID
    return (attending or Attending.IN_PERSON) if is_hybrid else ""


def new_wish(
    clinician: Clinician, activity: Activity, attending: str, group: Share | None
) -> dict[str, Any]:
    """How somebody comes, and the group with places of its own they belong to: the one that the
    office says, else that of their profession."""
    refuse_if(OTHER_GROUP if group and group.activity_id != activity.pk else None)
    of_profession = Share.objects.of(activity).exclude(profession="")
    return {
        "attending": attending_at(activity, attending),
        "group": group or of_profession.filter(profession=clinician.profession).first(),
    }

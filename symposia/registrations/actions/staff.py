"""Whoever looks after a group of staff enrols its people, and takes them out again."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.permissions import Access
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.directory.models import Clinician, StaffGroup
from symposia.registrations.actions.admission import request_place
from symposia.registrations.actions.places import cancel_registration, register_clinician
from symposia.registrations.asking import Became, hold_doctors
from symposia.registrations.events import StaffEnrolled, StaffTakenOut
from symposia.registrations.models import Admission, Registration, Source
from symposia.registrations.queries import activity_as_it_is
from symposia.registrations.staff_rules import (
    NOBODY_CHOSEN,
    NOT_LED,
    NOT_OF_GROUP,
    objection_to_enrolling,
    objection_to_taking_out,
)
from symposia.registrations.staffing import is_led_by, staff_today
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Objection, Refused, refuse_if


@transaction.atomic
def enrol_staff(
    group: StaffGroup,
    clinicians: Sequence[Clinician],
    activity: Activity,
    *,
    attending: str = "",
    access: Access,
    by: Actor,
) -> list[Became]:
    """Ask for a place for people of a group, each on their own, as they could themselves; for each
    what became of it, in the order in which `preview_of` looks. Whoever is not in the group today
    gets none."""
    activity = activity_as_it_is(activity.pk)
    admission = Admission.objects.of(activity)

    refuse_if(None if is_led_by(group, access.user_id) else NOT_LED)
    refuse_if(None if clinicians else NOBODY_CHOSEN)
    refuse_if(objection_to_enrolling(activity, admission, access, at=now()))

    chosen = [each.pk for each in clinicians]
    hold_doctors([each.as_kept for each in clinicians], activity)
    there = set(staff_today(group).filter(pk__in=chosen).values_list("pk", flat=True))
    done: list[Became] = []
    for each in sorted(clinicians, key=lambda one: one.pk):
        wish = (each, activity, admission, attending)
        done.append((each, _asked_for(*wish, by=by) if each.pk in there else NOT_OF_GROUP))
    made = [one.pk for _who, one in done if isinstance(one, Registration)]
    if made:
        details = {"group": str(group), "people": len(made), "activity": activity.pk}
        record(by, "staff.enrolled", group, details=details)
        announce(StaffEnrolled(group.pk, activity.pk, tuple(made)))
    return done


def _asked_for(
    clinician: Clinician, activity: Activity, admission: Admission, attending: str, *, by: Actor
) -> Registration | Objection:
    """What somebody gets by asking: a place, a spot in the line, a request that the office answers,
    or the reason for none of these."""
    try:
        with transaction.atomic():
            asked = request_place if admission.is_moderated else register_clinician
            return asked(clinician, activity, attending=attending, source=Source.GROUP, by=by)
    except Refused as refused:
        return refused.objection


@transaction.atomic
def take_staff_out(
    group: StaffGroup,
    registrations: Sequence[Registration],
    *,
    access: Access,
    by: Actor,
    reason: str = "",
) -> list[tuple[Registration, Objection | None]]:
    """Give up places that a manager asked for; for each why not, if so. The undo of enrolling."""
    refuse_if(None if is_led_by(group, access.user_id) else NOT_LED)
    refuse_if(None if registrations else NOBODY_CHOSEN)

    people = [each.clinician_id for each in registrations]
    there = set(staff_today(group).filter(pk__in=people).values_list("pk", flat=True))
    done = [
        (each, _given_up(each, is_of_group=each.clinician_id in there, by=by, why=reason))
        for each in sorted(registrations, key=lambda one: (one.activity_id, one.pk))
    ]
    out = [one.pk for one, objection in done if objection is None]
    if out:
        record(by, "staff.taken_out", group, details={"people": len(out)}, reason=reason)
        announce(StaffTakenOut(group.pk, tuple(out)))
    return done


def _given_up(
    registration: Registration, *, is_of_group: bool, by: Actor, why: str
) -> Objection | None:
    objection = objection_to_taking_out(registration) if is_of_group else NOT_OF_GROUP
    if objection:
        return objection
    try:
        with transaction.atomic():
            cancel_registration(registration, by=by, reason=why)
    except Refused as refused:
        return refused.objection
    return None

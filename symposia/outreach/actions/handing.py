from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import access_of_ids, local_day, person_behind, this_organisation
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.directory.models import Clinician
from symposia.outreach.actions import Asking, ask_each
from symposia.outreach.allotted import allotted_to, is_left_out
from symposia.outreach.allotting import NONE_ALLOTTED
from symposia.outreach.events import InvitationsSent
from symposia.outreach.handover import HandedOver, handed_over
from symposia.outreach.letters import Letters
from symposia.outreach.models import Invitation
from symposia.outreach.policies import (
    objection_to_handing_over,
    objection_to_inviting,
)
from symposia.outreach.queries import calendar_sequence, known_about
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def hand_over_invitation(
    activity: Activity, clinician: Clinician, channel: str, *, by: Actor
) -> HandedOver:
    """Give a representative the approved text with the clinician's personal link, to send from
    the own phone; nothing leaves from here, the journal says that it was handed over."""
    activity = Activity.objects.locked(activity.pk)
    at = now()
    known = known_about(activity, [clinician], channel=channel)
    person = person_behind(by)
    allotted = allotted_to(activity, person)
    access = access_of_ids(person, activity.organisation_id, at=at) if person else None

    refuse_if(objection_to_inviting(activity, at=at))
    refuse_if(NONE_ALLOTTED if access and is_left_out(activity, access) else None)
    refuse_if(objection_to_handing_over(clinician, known, allotted, on=local_day()))

    asking = Asking(activity, calendar_sequence(activity), at)
    before = Invitation.objects.of(activity).standing().filter(clinician=clinician).first()
    invitation = before or ask_each(asking, [clinician], by=by)[0]
    record(by, "invitation.handed_over", invitation, details={"channel": channel})
    announce(InvitationsSent(activity.pk))
    letters = Letters.for_activity(activity, this_organisation(), at=at)
    return handed_over(letters, invitation, channel)

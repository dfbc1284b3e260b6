"""What a leaver still had to send, and whose answers they read, goes to somebody else."""

import uuid

from django.db import transaction

from symposia.accounts.actions.handing_over import hand_over
from symposia.accounts.models import User
from symposia.accounts.queries import local_day
from symposia.audit.actions import record
from symposia.directory.models import Clinician
from symposia.outreach.actions.allotments import AllotmentFacts, allot_invitations, end_allotment
from symposia.outreach.allotting import objection_to_allotting
from symposia.outreach.models import Allotment, ApprovedClinician, CampaignState
from symposia.outreach.open_work import allotments_of, campaigns_of, invitations_of
from symposia.shared.actors import Actor


@transaction.atomic
def hand_over_allotments(leaver: uuid.UUID, successor_id: uuid.UUID, *, by: Actor) -> int:
    """What a leaver has not sent is allotted to the successor with its list, or given back where
    they have an allotment of that activity; answers how many ended."""
    successor = User.objects.get(pk=successor_id)
    several = list(allotments_of(leaver).select_related("activity").order_by("pk"))
    for allotment in several:
        ended = end_allotment(allotment, by=by)
        theirs = allotments_of(successor_id).filter(activity=allotment.activity_id).for_list()
        objection = objection_to_allotting(
            allotment.activity, theirs.first(), until_on=allotment.until_on, today=local_day()
        )
        if ended.given_back and not objection:
            facts = AllotmentFacts(ended.given_back, ended.until_on, _approved(allotment))
            allot_invitations(allotment.activity, successor, facts, by=by)
    return len(several)


@transaction.atomic
def hand_over_campaigns(leaver: uuid.UUID, successor_id: uuid.UUID, *, by: Actor) -> int:
    """Somebody else reads the answers, and goes on with the drafts; answers how many."""
    successor = User.objects.get(pk=successor_id)
    several = list(campaigns_of(leaver).order_by("pk").select_for_update(of=["self"]))
    for campaign in several:
        was = {"answers_to": campaign.answers_to_id, "made_by": campaign.made_by_id}
        if campaign.answers_to_id == leaver:
            campaign.answers_to = successor
        if campaign.state == CampaignState.DRAFT and campaign.made_by_id == leaver:
            campaign.made_by_id, campaign.made_by_name = successor.pk, str(successor)
        campaign.save(update_fields=["answers_to", "made_by_id", "made_by_name"])
        record(by, "campaign.handed_over", campaign, details={"was": was, "to": successor.pk})
    return len(several)


@transaction.atomic
def hand_over_invitations(leaver: uuid.UUID, successor_id: uuid.UUID, *, by: Actor) -> int:
    """The successor stands for what nobody has answered: what is written back goes to them, and
    they remind. Who sent it stays on it, and no allotment is used twice. Answers how many."""
    return hand_over(invitations_of(leaver), successor_id, by=by, field="taken_over_by")


def _approved(allotment: Allotment) -> list[Clinician]:
    listed = ApprovedClinician.objects.filter(allotment=allotment).select_related("clinician")
    return [each.clinician for each in listed.order_by("pk")]

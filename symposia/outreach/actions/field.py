"""What a representative does from the phone: invite several, remind who has not answered."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.permissions import Access
from symposia.activities.models import Activity
from symposia.directory.models import Clinician
from symposia.outreach.actions.campaigns import WaveFacts, make_campaign, release_wave
from symposia.outreach.audience import audience_now
from symposia.outreach.candidates import unanswered_by
from symposia.outreach.models import Aim, Wave
from symposia.outreach.policies import NOBODY, objection_to_reminding
from symposia.outreach.selection import Sorted
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def invite_chosen(
    activity: Activity,
    people: Sequence[Clinician],
    *,
    access: Access,
    seen: int | None = None,
    by: Actor,
) -> tuple[Wave, Sorted]:
    """Ask the chosen in one wave, as the campaign of whoever chose them; nothing where nobody is
    left or another number was seen before."""
    refuse_if(None if people else NOBODY)

    campaign = make_campaign(activity, people=people, by=by)
    audience = audience_now(campaign, Aim.NEW, access)
    return release_wave(campaign, audience, WaveFacts(seen=seen), by=by), audience


@transaction.atomic
def remind_own_invited(
    activity: Activity, *, access: Access, seen: int | None = None, by: Actor
) -> tuple[Wave, Sorted]:
    """Remind those of the own invited who have not answered, but nobody twice within a day."""
    audience = unanswered_by(activity, access, at=now())
    refuse_if(objection_to_reminding(activity, len(audience.invited), at=now()))

    campaign = make_campaign(activity, people=audience.invited, by=by)
    facts = WaveFacts(Aim.UNANSWERED, seen=seen)
    return release_wave(campaign, audience, facts, by=by), audience

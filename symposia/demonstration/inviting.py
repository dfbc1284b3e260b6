"""How people are asked to come: a campaign, its first wave, the answers, and a second wave."""

from collections.abc import Sequence
from datetime import timedelta

import time_machine
from django.utils.timezone import now

from symposia.activities.actions.lifecycle import open_activity
from symposia.activities.models import Activity
from symposia.demonstration.thread import Cast
from symposia.directory.models import Clinician
from symposia.outreach.actions import record_reply
from symposia.outreach.actions.allotments import AllotmentFacts, allot_invitations
from symposia.outreach.actions.campaigns import (
    RECALL_WINDOW,
    WaveFacts,
    make_campaign,
    release_wave,
)
from symposia.outreach.actions.waves import finish_wave, send_next
from symposia.outreach.models import Aim, Campaign, Invitation
from symposia.outreach.queries import unanswered_of
from symposia.outreach.selection import Sorted, sort_out, sort_out_again
from symposia.shared.actors import Actor

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def invite(activity: Activity, cast: Cast, people: Sequence[Clinician], say_yes: int) -> None:
    """Open it and ask people; the first ones say yes, some of the others no."""
    by = cast.actor("coordinator")
    opened = open_activity(Activity.objects.get(pk=activity.pk), by=by)
    campaign = make_campaign(opened, people=people, by=by)
    _send(campaign, Aim.NEW, sort_out(opened, people), by=by)
    with time_machine.travel(now() + HOUR, tick=True):
        _answer(activity, say_yes)


def _answer(activity: Activity, say_yes: int) -> None:
    """An hour later, when the letters have arrived."""
    invited = list(Invitation.objects.of(activity).with_names().order_by("pk"))
    for number, invitation in enumerate(invited):
        answers = Actor("link", invitation.pk, invitation.clinician.called)
        if number < say_yes:
            record_reply(invitation, accepted=True, by=answers)
        elif number % 3 == 0:
            record_reply(invitation, accepted=False, by=answers)


def invite_twice(activity: Activity, cast: Cast, people: Sequence[Clinician], say_yes: int) -> None:
    """Then ask once more who has not answered, and begin a campaign that nobody released yet."""
    invite(activity, cast, people, say_yes)
    with time_machine.travel(now() + 2 * HOUR, tick=True):
        _ask_again(Activity.objects.get(pk=activity.pk), cast)


def _ask_again(activity: Activity, cast: Cast) -> None:
    """Later on the same day: a second wave, a draft, and what a representative may send."""
    by = cast.actor("coordinator")
    campaign = Campaign.objects.of(activity).latest_first()[0]
    asked = unanswered_of(campaign)
    _send(campaign, Aim.UNANSWERED, sort_out_again(activity, asked), by=by)
    make_campaign(activity, fitting="profession=nurse&profession=pharmacist", by=by)
    if representative := cast.team.get("field_representative"):
        until_on = activity.wall_starts.date() - timedelta(days=1)
        facts = AllotmentFacts(10, until_on)
        allot_invitations(activity, representative, facts, by=by)


def _send(campaign: Campaign, aim: str, audience: Sorted, *, by: Actor) -> None:
    """Release a wave and let its minute pass."""
    wave = release_wave(campaign, audience, WaveFacts(aim), by=by)
    with time_machine.travel(now() + RECALL_WINDOW + SECOND, tick=True):
        while send_next(wave.pk):
            pass
        finish_wave(wave.pk)

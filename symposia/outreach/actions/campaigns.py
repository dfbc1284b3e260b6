from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.models import Organisation, User
from symposia.accounts.queries import person_behind, this_organisation
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.directory.models import Channel, Clinician, Segment
from symposia.notifications.actions import queue_message
from symposia.notifications.policies import objection_to_wording
from symposia.notifications.text_queries import text_sender
from symposia.notifications.text_rules import objection_to_texting
from symposia.notifications.wording import shipped
from symposia.outreach.allotted import allotted_to
from symposia.outreach.allotting import objection_to_taking
from symposia.outreach.events import WaveReleased
from symposia.outreach.models import (
    Aim,
    AudienceKind,
    Campaign,
    CampaignState,
    Recipient,
    RecipientState,
    Wave,
)
from symposia.outreach.policies import (
    objection_to_audience,
    objection_to_campaign,
    objection_to_count,
    objection_to_directing,
    objection_to_discarding,
    objection_to_filter,
    objection_to_inviting,
    objection_to_rewording,
    objection_to_segment,
    objection_to_times,
)
from symposia.outreach.queries import next_wave_number
from symposia.outreach.reaching import TO_NUMBERS
from symposia.outreach.selection import Sorted
from symposia.outreach.sending import INVITATION, example_values, words_for
from symposia.outreach.timing import due_at
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.jobs import defer_named
from symposia.shared.refusals import refuse_if

SEND_WAVE = "outreach.send_wave"
# So long a wave is kept back after the button, that it can be recalled whole.
RECALL_WINDOW = timedelta(seconds=60)


@dataclass(frozen=True)
class WaveFacts:
    """Whom a wave is for, when it leaves, and how many somebody was told would get it."""

    aim: str = Aim.NEW
    # A day and an hour on each recipient's own clock; without them at once.
    local_time: datetime | None = None
    seen: int | None = None
    channel: str = Channel.EMAIL


@transaction.atomic
def make_campaign(
    activity: Activity,
    *,
    people: Sequence[Clinician] = (),
    fitting: str = "",
    segment: Segment | None = None,
    everybody: bool = False,
    by: Actor,
) -> Campaign:
    """Begin a campaign: for chosen people, for a segment, for everybody who fits a filter, or for
    everybody where that is said."""
    at = now()

    refuse_if(objection_to_inviting(activity, at=at))
    refuse_if(
        objection_to_audience(
            people=len(people), fitting=fitting, segment=segment, everybody=everybody
        )
    )
    refuse_if(objection_to_filter(fitting))
    refuse_if(objection_to_segment(segment))

    campaign = Campaign(
        number=next_numbers("CAM", year=at.year)[0],
        activity=activity,
        audience=_kind_of(people, segment),
        audience_filter="" if people or segment else fitting,
        segment=segment,
        made_by_id=person_behind(by),
        made_by_name=by.name,
        made_at=at,
    )
    campaign.save(force_insert=True)
    Recipient.objects.bulk_create(
        Recipient(activity=activity, campaign=campaign, clinician=each, state=RecipientState.CHOSEN)
        for each in people
    )
    details = {"chosen": len(people), "filter": fitting, "segment": segment.name if segment else ""}
    record(by, "campaign.made", campaign, details=details)
    return campaign


def _kind_of(people: Sequence[Clinician], segment: Segment | None) -> AudienceKind:
    if segment:
        return AudienceKind.SEGMENT
    return AudienceKind.PEOPLE if people else AudienceKind.FILTER


@transaction.atomic
def word_campaign(
    campaign: Campaign, language: str, *, subject: str, body: str, by: Actor
) -> Campaign:
    """Give the invitation of a campaign words of its own; empty words are the organisation's."""
    campaign = Campaign.objects.locked(campaign.pk)
    original = shipped(INVITATION, language)

    refuse_if(objection_to_rewording(campaign))
    if body.strip():
        refuse_if(objection_to_wording(original, original.in_other_words(subject, body)))

    campaign.language, campaign.subject, campaign.body = original.language, subject, body.strip()
    campaign.save(update_fields=["language", "subject", "body"])
    record(by, "campaign.worded", campaign)
    return campaign


@transaction.atomic
def direct_answers(campaign: Campaign, reader: User | None, *, by: Actor) -> Campaign:
    """Say who reads what people write back to this campaign; nobody means the activity's owner."""
    campaign = Campaign.objects.locked(campaign.pk)

    refuse_if(objection_to_directing(campaign))

    campaign.answers_to = reader
    campaign.save(update_fields=["answers_to"])
    record(by, "campaign.answers_directed", campaign, details={"to": str(reader or "")})
    return campaign


@transaction.atomic
def send_example(campaign: Campaign, clinician: Clinician, *, to_address: str, by: Actor) -> None:
    """Send somebody of the organisation the letter as this clinician would get it."""
    organisation = this_organisation()
    language = clinician.language or organisation.language
    delivery = queue_message(
        INVITATION,
        to_address=to_address,
        to_name=by.name,
        values=example_values(campaign, clinician, organisation, at=now()),
        wording=words_for(campaign, language),
        language=language,
        about=("outreach.Campaign", campaign.pk),
        by=by,
    )
    record(by, "campaign.example_sent", campaign, details={"message": str(delivery.pk)})


@transaction.atomic
def release_wave(campaign: Campaign, audience: Sorted, facts: WaveFacts, *, by: Actor) -> Wave:
    """Send a wave on its way: it leaves after a minute, or at each recipient's own hour."""
    campaign = Campaign.objects.locked(campaign.pk)
    activity = Activity.objects.locked(campaign.activity_id)
    organisation, at = this_organisation(), now()
    due = [_due(each, organisation, facts, at) for each in audience.invited]

    refuse_if(objection_to_campaign(campaign, activity, at=at))
    refuse_if(objection_to_count(seen=facts.seen, now=len(audience.invited)))
    if facts.aim == Aim.NEW:
        refuse_if(objection_to_taking(allotted_to(activity, person_behind(by)), wanted=len(due)))
    if facts.channel in TO_NUMBERS:
        refuse_if(objection_to_texting(text_sender(facts.channel), facts.channel))
    if facts.local_time:
        refuse_if(objection_to_times(due, activity, at=at))

    wave = Wave(
        campaign=campaign,
        number=next_wave_number(campaign),
        aim=facts.aim,
        channel=facts.channel,
        local_time=facts.local_time,
        leaves_from=min(due),
        released_at=at,
        released_by_id=person_behind(by),
        released_by_name=by.name,
    )
    wave.save(force_insert=True)
    Recipient.objects.bulk_create(_rows(wave, activity, audience, due, at), batch_size=1000)
    if campaign.can_move(CampaignState.RELEASED):
        campaign.move(CampaignState.RELEASED)
    counts = {"waiting": len(audience.invited), "skipped": len(audience.skipped)}
    record(by, "campaign.released", campaign, details={"wave": wave.number})
    record(by, "wave.released", wave, details=counts)
    announce(WaveReleased(campaign.pk, wave.pk, activity.pk, len(due)))
    defer_named(SEND_WAVE, after=wave.leaves_from - at, wave_id=str(wave.pk))
    return wave


def _due(
    clinician: Clinician, organisation: Organisation, facts: WaveFacts, at: datetime
) -> datetime:
    if facts.local_time is None:
        return at + RECALL_WINDOW
    return due_at(facts.local_time, clinician.zone or organisation.zone)


def _rows(
    wave: Wave, activity: Activity, audience: Sorted, due: Sequence[datetime], at: datetime
) -> list[Recipient]:
    """One row for each, whoever is skipped too: the report says why."""
    belongs = {"activity": activity, "campaign": wave.campaign, "wave": wave}
    waiting = [
        Recipient(**belongs, clinician=each, state=RecipientState.WAITING, due_at=when)
        for each, when in zip(audience.invited, due, strict=True)
    ]
    skipped = [
        Recipient(
            **belongs,
            clinician=each.clinician,
            state=RecipientState.SKIPPED,
            reason=each.objection.code,
            why=str(each.objection)[:300],
            settled_at=at,
        )
        for each in audience.skipped
    ]
    return [*waiting, *skipped]


@transaction.atomic
def discard_campaign(campaign: Campaign, *, by: Actor) -> Campaign:
    """Give up a campaign of which nothing has gone out."""
    campaign = Campaign.objects.locked(campaign.pk)

    refuse_if(objection_to_discarding(campaign))

    campaign.move(CampaignState.DISCARDED)
    record(by, "campaign.discarded", campaign)
    return campaign

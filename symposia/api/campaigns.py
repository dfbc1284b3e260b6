"""Campaigns: begin one, release and recall its waves, read what became of each recipient."""

import uuid
from datetime import datetime
from typing import Any, Literal

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.models import Clinician, Segment
from symposia.outreach.actions.campaigns import (
    WaveFacts,
    direct_answers,
    discard_campaign,
    make_campaign,
    release_wave,
    send_example,
    word_campaign,
)
from symposia.outreach.actions.waves import recall_wave
from symposia.outreach.allotted import representatives
from symposia.outreach.audience import audience_now
from symposia.outreach.campaign_lists import CAMPAIGNS, RECIPIENTS
from symposia.outreach.models import Aim, Campaign
from symposia.outreach.queries import candidates_of
from symposia.outreach.sending import invitation_languages

router = Router(tags=["campaigns"])
list_route(router, CAMPAIGNS)
list_route(router, RECIPIENTS, "/people")


class NewCampaign(Schema):
    """To which activity, and whom: clinicians by id, a segment, or a filter of the directory as an
    address has it (`city=Pune&profession=physician`); without any of them only `everybody`."""

    activity: uuid.UUID
    clinicians: list[uuid.UUID] = Field(default=[], max_length=5000)
    segment: uuid.UUID | None = None
    filter: str = Field("", max_length=1000)
    everybody: bool = False


class CampaignOut(Schema):
    """A campaign, how many the next wave would reach, and why the others would be skipped."""

    id: uuid.UUID
    number: str
    state: str
    will_receive: int
    skipped: dict[str, int]


class NewWave(Schema):
    """Whom a wave is for, when it leaves (on each recipient's own clock), and the number that
    somebody saw: another one is refused."""

    aim: Aim = Aim.NEW
    local_time: datetime | None = None
    seen: int | None = None
    channel: Literal["email", "post", "sms", "chat"] = "email"


class CampaignWords(Schema):
    """The invitation in words of this campaign, for people who read this language; empty words are
    the organisation's."""

    subject: str = Field("", max_length=200)
    body: str = Field("", max_length=20_000)


class Example(Schema):
    """As whom somebody wants to see the letter."""

    clinician: uuid.UUID


class Reader(Schema):
    """One of those who may invite, or nobody."""

    person: uuid.UUID | None = None


class WaveOut(Schema):
    """A wave that is on its way."""

    number: int
    state: str
    leaves_from: datetime
    waiting: int
    skipped: int


class RecallOut(Schema):
    """What a recall kept back, and what had left."""

    kept_back: int
    out: int


@router.post("", response={201: CampaignOut}, operation_id="make_campaign")
@allowed(Permission.INVITE)
def make(request: Any, body: NewCampaign) -> Status[dict[str, Any]]:
    """Begin a campaign; nothing is sent yet."""
    activities = Activity.objects.visible_to(request.access, Permission.INVITE)
    activity = get_object_or_404(activities, pk=body.activity)
    people = candidates_of(request.access, body.clinicians)
    if len(people) < len(set(body.clinicians)):
        raise Http404
    segments = Segment.objects.visible_to(request.access)
    made = make_campaign(
        activity,
        people=people,
        fitting=body.filter,
        segment=get_object_or_404(segments, pk=body.segment) if body.segment else None,
        everybody=body.everybody,
        by=request.actor,
    )
    return Status(201, _out(request, made, Aim.NEW))


@router.get("/{uuid:pk}", response=CampaignOut, operation_id="campaign")
@allowed(Permission.INVITE)
def show(request: Any, pk: uuid.UUID, aim: Aim = Aim.NEW) -> dict[str, Any]:
    """Whom the next wave would reach."""
    return _out(request, _campaign(request, pk), aim)


@router.post("/{uuid:pk}/waves", response={201: WaveOut}, operation_id="release_wave")
@allowed(Permission.INVITE)
def release(request: Any, pk: uuid.UUID, body: NewWave) -> Status[dict[str, Any]]:
    """Send a wave on its way; for a minute it can be recalled whole."""
    campaign = _campaign(request, pk)
    audience = audience_now(campaign, body.aim, request.access, body.channel)
    wall = body.local_time.replace(tzinfo=None) if body.local_time else None
    wave = release_wave(
        campaign, audience, WaveFacts(body.aim, wall, body.seen, body.channel), by=request.actor
    )
    answer = {
        "number": wave.number,
        "state": wave.state,
        "leaves_from": wave.leaves_from,
        "waiting": len(audience.invited),
        "skipped": len(audience.skipped),
    }
    return Status(201, answer)


@router.post(
    "/{uuid:pk}/waves/{int:number}/recalls", response=RecallOut, operation_id="recall_wave"
)
@allowed(Permission.INVITE)
def recall(request: Any, pk: uuid.UUID, number: int) -> Any:
    """Keep back what has not left."""
    wave = get_object_or_404(_campaign(request, pk).waves, number=number)
    return recall_wave(wave, by=request.actor)


@router.put("/{uuid:pk}/wordings/{language}", response=CampaignWords, operation_id="word_campaign")
@allowed(Permission.INVITE)
def word(request: Any, pk: uuid.UUID, language: str, body: CampaignWords) -> Campaign:
    """Give the invitation words of this campaign; every other language keeps the usual ones."""
    if language not in invitation_languages():
        raise Http404
    return word_campaign(_campaign(request, pk), language, **body.dict(), by=request.actor)


@router.post("/{uuid:pk}/examples", response={204: None}, operation_id="send_campaign_example")
@allowed(Permission.INVITE)
def example(request: Any, pk: uuid.UUID, body: Example) -> Status[None]:
    """Send oneself the letter as one of the recipients would get it."""
    campaign = _campaign(request, pk)
    people = Clinician.objects.within(request.access, Permission.INVITE)
    clinician = get_object_or_404(people, pk=body.clinician)
    send_example(campaign, clinician, to_address=request.user.email, by=request.actor)
    return Status(204, None)


@router.post("/{uuid:pk}/answers", response={204: None}, operation_id="direct_answers")
@allowed(Permission.INVITE)
def answers(request: Any, pk: uuid.UUID, body: Reader) -> Status[None]:
    """Say who reads what people write back; nobody means whoever answers for the activity."""
    person = next((p for p in representatives(now()) if p.pk == body.person), None)
    if body.person and person is None:
        raise Http404
    direct_answers(_campaign(request, pk), person, by=request.actor)
    return Status(204, None)


@router.post("/{uuid:pk}/discarding", response={204: None}, operation_id="discard_campaign")
@allowed(Permission.INVITE)
def discard(request: Any, pk: uuid.UUID) -> Status[None]:
    """Give up a campaign of which nothing has gone out."""
    discard_campaign(_campaign(request, pk), by=request.actor)
    return Status(204, None)


def _campaign(request: Any, pk: uuid.UUID) -> Campaign:
    rows = Campaign.objects.visible_to(request.access, Permission.INVITE).for_list()
    return get_object_or_404(rows, pk=pk)


def _out(request: Any, campaign: Campaign, aim: str) -> dict[str, Any]:
    audience = audience_now(campaign, aim, request.access)
    skipped: dict[str, int] = {}
    for each in audience.skipped:
        skipped[each.objection.code] = skipped.get(each.objection.code, 0) + 1
    return {
        "id": campaign.pk,
        "number": campaign.number,
        "state": campaign.state,
        "will_receive": len(audience.invited),
        "skipped": skipped,
    }

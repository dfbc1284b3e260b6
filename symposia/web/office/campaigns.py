"""A campaign: whom it would reach, in which words, its waves, and how far they are."""

import uuid
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.directory.models import Channel, Clinician, Segment
from symposia.outreach.actions.campaigns import (
    WaveFacts,
    discard_campaign,
    release_wave,
    send_example,
    word_campaign,
)
from symposia.outreach.actions.waves import recall_wave
from symposia.outreach.audience import audience_now
from symposia.outreach.campaign_lists import CAMPAIGN_TONES
from symposia.outreach.models import Aim, AudienceKind, Campaign, CampaignState
from symposia.outreach.policies import objection_to_campaign, objection_to_rewording
from symposia.outreach.queries import waves_of
from symposia.outreach.reaching import OF_WAVES
from symposia.outreach.selection import Sorted
from symposia.outreach.sending import example_letter, invitation_languages, words_for
from symposia.registrations.queries import seats_of
from symposia.shared.refusals import Refused
from symposia.web.content.examples import example_url
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.campaign_forms import CampaignWordsForm, WaveForm
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

FOLDER = "office/campaigns"
SHOWN = 50


@require_GET
@requires(Permission.VIEW_PEOPLE_OF_ACTIVITY)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Its waves, and whom the next one would reach."""
    return _page(request, _campaign(request, pk), _aim(request))


@require_http_methods(["GET", "POST"])
@requires(Permission.INVITE)
def words(request: UserRequest, pk: uuid.UUID, language: str) -> HttpResponse:
    """The invitation in words of this campaign, in one language."""
    campaign = _campaign(request, pk, Permission.INVITE)
    if language not in invitation_languages():
        raise Http404
    usual = words_for(campaign, language)
    back = reverse("campaign", args=[pk])

    def act(data: dict[str, Any]) -> str:
        word_campaign(campaign, language, by=request.actor, **data)
        return back

    question = Question(
        _("Words of this campaign"),
        campaign.number,
        back,
        _("Keep these words"),
        _("People who read another language get the usual words in theirs."),
        objection_to_rewording(campaign),
    )
    first = {"subject": usual.subject, "body": usual.body}
    return ask(request, CampaignWordsForm(given(request), initial=first), question, act)


@require_POST
@requires(Permission.INVITE)
def test(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The letter to oneself, as one of the recipients would get it."""
    campaign = _campaign(request, pk, Permission.INVITE)
    someone = _person(request, request.POST.get("as", ""))
    back = reverse("campaign", args=[pk])
    if someone is None:
        messages.error(request, _("Choose as whom you want to see the letter."))
        return redirect(back)
    address = request.user.email
    done = _("A test to %(address)s is on its way.") % {"address": address}
    return do(
        request,
        lambda: send_example(campaign, someone, to_address=address, by=request.actor),
        f"{back}?as={someone.pk}",
        done,
    )


@require_POST
@requires(Permission.INVITE)
def release(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Send a wave to exactly as many as the page named."""
    campaign = _campaign(request, pk, Permission.INVITE)
    form = WaveForm(request.POST)
    if not form.is_valid():
        return _page(request, campaign, _aim(request), form)
    aim = form.cleaned_data["aim"]
    channel = form.cleaned_data["channel"]
    facts = WaveFacts(aim, form.local_time, form.cleaned_data["seen"], channel)
    audience = audience_now(campaign, aim, request.access, channel)
    try:
        wave = release_wave(campaign, audience, facts, by=request.actor)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, campaign, aim, form)
    n = len(audience.invited)
    messages.success(
        request,
        ngettext(
            "%(n)d person will receive wave %(w)d. You have a minute to recall it.",
            "%(n)d people will receive wave %(w)d. You have a minute to recall it.",
            n,
        )
        % {"n": n, "w": wave.number},
    )
    return redirect("campaign", pk)


@require_POST
@requires(Permission.INVITE)
def recall(request: UserRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """Keep back what has not left, and say what has."""
    campaign = _campaign(request, pk, Permission.INVITE)
    wave = get_object_or_404(campaign.waves, number=number)
    try:
        recalled = recall_wave(wave, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        said = _("Kept back: %(kept)d. Had left already: %(out)d.")
        messages.success(request, said % {"kept": recalled.kept_back, "out": recalled.out})
    return redirect("campaign", pk)


@require_POST
@requires(Permission.INVITE)
def discard(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Give up a draft."""
    campaign = _campaign(request, pk, Permission.INVITE)
    back = reverse("invitations", args=[campaign.activity_id])
    done = _("The campaign is discarded. Nothing was sent.")
    return do(request, lambda: discard_campaign(campaign, by=request.actor), back, done)


def report(request: UserRequest, campaign_pk: uuid.UUID) -> dict[str, Any]:
    """Around the report by person: the campaign."""
    return {"campaign": _campaign(request, campaign_pk)}


def _page(
    request: UserRequest, campaign: Campaign, aim: str, form: WaveForm | None = None
) -> HttpResponse:
    may_send = request.access.holds(Permission.INVITE) and campaign.state != CampaignState.DISCARDED
    channel = _channel(request)
    audience = audience_now(campaign, aim, request.access, channel) if may_send else Sorted()
    waves = waves_of(campaign)
    n = len(audience.invited)
    context = {
        "campaign": campaign,
        "activity": campaign.activity,
        "is_filter": campaign.audience == AudienceKind.FILTER,
        "segment_href": _segment_href(request, campaign),
        "waves": waves,
        "channel": channel,
        "channels": [(each.value, each.label) for each in OF_WAVES],
        "is_moving": any(each.wave.state == "released" for each in waves),
        "may_send": may_send,
        "state_tone": CAMPAIGN_TONES[campaign.state],
        "aim": aim,
        "audience": audience,
        "reasons": Counter(str(each.objection) for each in audience.skipped).most_common(),
        "skipped_shown": audience.skipped[:SHOWN],
        "objection": objection_to_campaign(campaign, campaign.activity, at=now()),
        "frozen": objection_to_rewording(campaign),
        "form": form or WaveForm(initial={"aim": aim, "channel": channel, "seen": n}),
        "seen": n,
        "send_label": ngettext("Send %(n)d invitation", "Send %(n)d invitations", n) % {"n": n},
        "seats": seats_of(campaign.activity),
        "languages": invitation_languages(),
        **_example(request, campaign, audience),
    }
    status = 422 if form else 200
    return render(request, f"{FOLDER}/show.html", context, status=status)


def _segment_href(request: UserRequest, campaign: Campaign) -> str:
    """Where the people of the audience's segment are, for whoever may open it."""
    if campaign.segment_id is None:
        return ""
    seen = Segment.objects.visible_to(request.access).filter(pk=campaign.segment_id)
    return reverse("segment_members", args=[campaign.segment_id]) if seen.exists() else ""


def _example(request: UserRequest, campaign: Campaign, audience: Sorted) -> dict[str, Any]:
    """The letter as one of the recipients would get it: the one chosen, or the first."""
    asked = _person(request, request.GET.get("as", ""))
    someone = asked or next(iter(audience.invited), None)
    if someone is None:
        return {"someone": None, "someones": []}
    letter = example_letter(campaign, someone, request.organisation, at=now())
    return {
        "someone": someone,
        "someones": audience.invited[:SHOWN],
        "letter": letter,
        "frame_href": example_url(campaign, someone),
    }


def _person(request: UserRequest, text: str) -> Clinician | None:
    try:
        pk = uuid.UUID(text)
    except ValueError:
        return None
    return Clinician.objects.within(request.access, Permission.INVITE).filter(pk=pk).first()


def _aim(request: UserRequest) -> str:
    """Whom the next wave is for, as the address says."""
    asked = request.POST.get("aim") or request.GET.get("aim")
    return asked if asked in Aim.values else Aim.NEW


def _channel(request: UserRequest) -> str:
    """By which way the next wave goes, as the address says."""
    asked = request.POST.get("channel") or request.GET.get("channel")
    return asked if asked in OF_WAVES else Channel.EMAIL


def _campaign(
    request: UserRequest,
    pk: uuid.UUID,
    permission: Permission = Permission.VIEW_PEOPLE_OF_ACTIVITY,
) -> Campaign:
    rows = Campaign.objects.visible_to(request.access, permission).for_list()
    found = get_object_or_404(rows, pk=pk)
    shown(request, found.activity, permission)
    return found

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import this_organisation
from symposia.activities.models import Activity
from symposia.audit.actions import record, record_each
from symposia.directory.models import Channel
from symposia.notifications.actions import cancel_delivery, queue_each
from symposia.notifications.actions.texts import TextTo, cancel_text, queue_text
from symposia.notifications.messages import Message
from symposia.notifications.models import TextMessage, TextSender
from symposia.notifications.queries import wording_of
from symposia.notifications.text_queries import text_sender, text_templates
from symposia.notifications.text_rules import objection_to_words
from symposia.notifications.wording import Wording
from symposia.outreach.actions import Asking, ask_each, withdraw_invitation
from symposia.outreach.actions.campaigns import SEND_WAVE
from symposia.outreach.events import InvitationsSent, WaveRecalled
from symposia.outreach.letters import Letters
from symposia.outreach.models import (
    Aim,
    Campaign,
    Invitation,
    Recipient,
    RecipientState,
    Wave,
    WaveState,
)
from symposia.outreach.policies import objection_to_campaign, objection_to_recalling
from symposia.outreach.queries import calendar_sequence
from symposia.outreach.reaching import TO_NUMBERS
from symposia.outreach.selection import Sorted, sort_out, sort_out_again
from symposia.outreach.sending import MESSAGE_OF, TEXT, words_for
from symposia.shared.actors import Actor, job_actor
from symposia.shared.events import announce
from symposia.shared.jobs import defer_named
from symposia.shared.refusals import Objection, refuse_if
from symposia.shared.states import move_apart, move_each

CAMPAIGNS = job_actor("campaigns")
PRINT_WAVE = "outreach.print_wave"
# Rows that another worker holds right now are looked for again after this.
_SOON = timedelta(seconds=5)


@transaction.atomic
def send_next(wave_id: uuid.UUID, *, by: Actor = CAMPAIGNS, limit: int = 100) -> int:
    """Write to the next whose turn it is, each looked at once more; returns how many were."""
    wave = Wave.objects.select_related("campaign__answers_to").get(pk=wave_id)
    campaign, at = wave.campaign, now()
    activity = Activity.objects.locked(campaign.activity_id)
    rows = Recipient.objects.next_locked(wave, at, limit=limit)
    objection = objection_to_campaign(campaign, activity, at=at)
    asked = _asked(wave, activity, rows)
    answer = Sorted() if objection else _once_more(wave, activity, rows, asked)
    reasons = {each.clinician.pk: each.objection for each in answer.skipped}
    letters = Letters.for_activity(activity, this_organisation(), at=at)
    if campaign.answers_to:
        letters = replace(letters, answers_to=campaign.answers_to.email)
    standing = {invitation.clinician_id: invitation for invitation in asked}
    asking = Asking(activity, calendar_sequence(activity), at)
    unsaid = Unsaid.of(wave)
    objections = {
        row.pk: objection
        or reasons.get(row.clinician_id)
        or unsaid.objection(letters.language(row.clinician))
        for row in rows
    }
    _keep_skipped(rows, objections, at)
    _Writer(wave, letters, standing, by, asking).settle(
        [row for row in rows if not objections[row.pk]]
    )
    if rows:
        announce(InvitationsSent(activity.pk))
    return len(rows)


def _asked(wave: Wave, activity: Activity, rows: list[Recipient]) -> list[Invitation]:
    """The invitations that stand of those who are written to again."""
    if wave.aim == Aim.NEW:
        return []
    people = [row.clinician for row in rows]
    return list(Invitation.objects.of(activity).to_any_of(people).with_names())


def _once_more(
    wave: Wave, activity: Activity, rows: list[Recipient], asked: list[Invitation]
) -> Sorted:
    if wave.aim == Aim.NEW:
        people = [row.clinician for row in rows]
        return sort_out(activity, people, besides=wave, channel=wave.channel)
    return sort_out_again(activity, asked, besides=wave, channel=wave.channel)


@dataclass(frozen=True)
class Unsaid:
    """Which languages a wave has no registered words in; of mail and paper none."""

    sender: TextSender | None = None
    templates: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, wave: Wave) -> "Unsaid":
        if wave.channel not in TO_NUMBERS:
            return cls()
        return cls(text_sender(wave.channel), text_templates(TEXT, wave.channel))

    def objection(self, language: str) -> Objection | None:
        if self.sender is None:
            return None
        spoken = wording_of(TEXT, language).language
        return objection_to_words(self.sender, self.templates.get(spoken, ""), spoken)


def _keep_skipped(
    rows: list[Recipient], objections: Mapping[uuid.UUID, Objection | None], at: datetime
) -> None:
    """Note of each who is not written to why, in the words of now."""
    skipped = [row for row in rows if objections[row.pk]]
    moves = [
        (RecipientState.SKIPPED, {"reason": why.code, "why": str(why)[:300], "settled_at": at})
        for row in skipped
        if (why := objections[row.pk])
    ]
    move_apart(skipped, moves)


@dataclass(frozen=True)
class _Writer:
    """Writes to recipients of a wave, all of a kind in one statement."""

    wave: Wave
    letters: Letters
    standing: Mapping[uuid.UUID, Invitation]
    by: Actor
    asking: Asking
    # What is said in each language, read once for all who read it.
    wordings: dict[str, Wording] = field(default_factory=dict)

    def settle(self, rows: list[Recipient]) -> None:
        """An invitation to each, the message that tells of it, and both noted."""
        invitations = self._invitations(rows)
        sent: dict[str, Sequence[Any]] = {"invitation": invitations}
        if self.wave.channel == Channel.EMAIL:
            sent["delivery"] = queue_each([self._mail(each) for each in invitations], by=self.by)
        elif self.wave.channel in TO_NUMBERS:
            sent["text"] = [self._text(each) for each in invitations]
        at = self.asking.at
        told = [
            (RecipientState.SENT, {"settled_at": at, **dict(zip(sent, each, strict=True))})
            for each in zip(*sent.values(), strict=True)
        ]
        move_apart(rows, told)

    def _text(self, invitation: Invitation) -> TextMessage:
        clinician = invitation.clinician
        language = self.letters.language(clinician)
        about = ("outreach.Invitation", invitation.pk)
        to = TextTo(clinician.phone, clinician.full_name, language, about, self.wave.channel)
        return queue_text(TEXT, to, self.letters.values(invitation), by=self.by)

    def _mail(self, invitation: Invitation) -> Message:
        wording = self._wording(self.letters.language(invitation.clinician))
        return self.letters.message(MESSAGE_OF[self.wave.aim], invitation, wording=wording)

    def _wording(self, language: str) -> Wording:
        if language not in self.wordings:
            self.wordings[language] = words_for(self.wave.campaign, language, self.wave.aim)
        return self.wordings[language]

    def _invitations(self, rows: list[Recipient]) -> list[Invitation]:
        """New ones in the name of whoever released the wave, or those that stand."""
        if self.wave.aim == Aim.UNANSWERED:
            return [self.standing[row.clinician_id] for row in rows]
        sender = Actor("person", self.wave.released_by_id, self.wave.released_by_name)
        people = [row.clinician for row in rows]
        invitations = ask_each(self.asking, people, by=sender)
        record_each(sender, "invitation.sent", invitations)
        return invitations


@transaction.atomic
def finish_wave(wave_id: uuid.UUID, *, by: Actor = CAMPAIGNS) -> Wave:
    """Close a wave that has nobody left, or ask for the job again when the next hour comes."""
    wave = Wave.objects.locked(wave_id)
    at = now()
    if wave.state != WaveState.RELEASED:
        return wave
    rest = Recipient.objects.filter(wave=wave, state=RecipientState.WAITING).order_by("due_at")
    following = rest.values_list("due_at", flat=True).first()
    if following:
        defer_named(SEND_WAVE, after=max(following - at, _SOON), wave_id=str(wave.pk))
        return wave
    wave.move(WaveState.DONE)
    record(by, "wave.sent", wave)
    if wave.channel == Channel.POST:
        defer_named(PRINT_WAVE, wave_id=str(wave.pk))
    return wave


@dataclass(frozen=True)
class Recalled:
    """What became of a recall: how many were kept back, how many had left."""

    kept_back: int
    out: int


@transaction.atomic
def recall_wave(wave: Wave, *, by: Actor) -> Recalled:
    """Keep back everything of a wave that no mail server has yet."""
    wave = Wave.objects.locked(wave.pk)
    campaign = Campaign.objects.get(pk=wave.campaign_id)
    at = now()
    Activity.objects.locked(campaign.activity_id)  # whoever sends holds it: one of the two waits
    waiting = list(
        Recipient.objects.filter(wave=wave, state=RecipientState.WAITING)
        .select_for_update(of=("self",))
        .only("pk", "state")
    )
    in_outbox = list(
        Recipient.objects.not_left(wave).select_related("delivery", "text", "invitation")
    )
    kept_back = len(waiting) + len(in_outbox)

    refuse_if(objection_to_recalling(wave, left=kept_back))

    move_each(waiting, RecipientState.RECALLED, settled_at=at)
    for row in in_outbox:
        _take_back(row, wave, by=by, at=at)
    wave.move(WaveState.RECALLED)
    out = Recipient.objects.filter(wave=wave, state=RecipientState.SENT).count()
    record(by, "wave.recalled", wave, details={"kept_back": kept_back, "out": out})
    announce(WaveRecalled(campaign.pk, wave.pk, campaign.activity_id, kept_back))
    return Recalled(kept_back, out)


def _take_back(row: Recipient, wave: Wave, *, by: Actor, at: datetime) -> None:
    """Nobody has read it: the message stays here, and an invitation only it told of is void."""
    if row.delivery:
        cancel_delivery(row.delivery, by=by, reason=f"{wave}")
    if row.text:
        cancel_text(row.text, by=by, reason=f"{wave}")
    if row.invitation and wave.aim == Aim.NEW:
        withdraw_invitation(row.invitation, by=by, reason=f"{wave}")
    row.move(RecipientState.RECALLED, settled_at=at)

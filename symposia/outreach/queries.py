import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.timezone import now

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.directory.asking import may_be_asked
from symposia.directory.models import Channel, Clinician, Purpose
from symposia.directory.queries import channels_left
from symposia.directory.reaching import postal_addresses
from symposia.notifications.queries import causes_among, suppressed_among
from symposia.outreach.fatigue import Fatigue, fatigue_of
from symposia.outreach.models import (
    CalendarChange,
    Campaign,
    Invitation,
    Recipient,
    RecipientState,
    State,
    Wave,
    WaveState,
)
from symposia.shared.refusals import Objection
from symposia.work.models import StoredFile


def latest_change(activity: Activity) -> CalendarChange | None:
    """The last change of the activity that calendars must follow."""
    return CalendarChange.objects.filter(activity=activity).order_by("-sequence").first()


def calendar_sequence(activity: Activity) -> int:
    """How often calendars had to follow this activity; what is sent now carries this number."""
    change = latest_change(activity)
    return change.sequence if change else 0


def has_stopped(invitation: Invitation) -> bool:
    """Whether whoever got this invitation is asked no more: at its address, or, where it went on
    paper or to a number, by any channel."""
    if invitation.address:
        return bool(suppressed_among([invitation.address]))
    return not channels_left(invitation.clinician_id, Purpose.INVITATIONS)


@dataclass(frozen=True)
class Known:
    """What is known of the clinicians somebody wants to invite, read in a few statements."""

    invited: dict[object, Invitation]
    # Addresses that are invited no more, each with the cause.
    suppressed: dict[str, str]
    # Why somebody is not asked by e-mail: what they said themselves, and what the directory says.
    not_asked: Mapping[uuid.UUID, Objection | None] = field(default_factory=dict)
    # Whoever another wave will write to.
    on_the_way: frozenset[uuid.UUID] = frozenset()
    fatigue: Fatigue = field(default_factory=Fatigue)
    channel: str = Channel.EMAIL
    # Of whom a postal address is noted; read for letters alone.
    by_post: Collection[uuid.UUID] = frozenset()


def known_about(
    activity: Activity,
    clinicians: Iterable[Clinician],
    *,
    besides: Wave | None = None,
    channel: str = Channel.EMAIL,
) -> Known:
    """What decides whether these may be asked to come; of a wave itself nobody is on the way."""
    chosen = list(clinicians)
    ids, by_post = [clinician.pk for clinician in chosen], channel == Channel.POST
    invitations = Invitation.objects.of(activity).to_any_of(chosen)
    waiting = Recipient.objects.filter(activity=activity, state=RecipientState.WAITING)
    if besides:
        waiting = waiting.exclude(wave=besides)
    return Known(
        {invitation.clinician_id: invitation for invitation in invitations},
        causes_among(clinician.email for clinician in chosen if clinician.email),
        may_be_asked(chosen, channel, Purpose.INVITATIONS),
        frozenset(waiting.values_list("clinician_id", flat=True)),
        fatigue_of(activity, ids, at=now()),
        channel,
        postal_addresses(ids, local_day()).keys() if by_post else frozenset(),
    )


def counts_of(activity: Activity) -> dict[str, int]:
    """How many invitations of the activity stand in each state; their sum is all that were sent."""
    counted = Invitation.objects.of(activity).values_list("state").annotate(Count("pk")).order_by()
    return {**dict.fromkeys(State.values, 0), **Counter(dict(counted))}


def candidates_of(access: Access, ids: Iterable[uuid.UUID]) -> list[Clinician]:
    """The chosen clinicians, as far as this person may see and invite them."""
    reached = Clinician.objects.within(access, Permission.INVITE).filter(pk__in=list(ids))
    return list(reached.order_by("search_text", "pk"))


# The purpose of kept files that are the letters of a wave.
LETTERS = "letters"
WAVE_TONES: dict[str, str] = {
    WaveState.RELEASED: "info",
    WaveState.DONE: "ok",
    WaveState.RECALLED: "",
}


@dataclass(frozen=True)
class WaveCount:
    """A wave and how many of its recipients are in which state."""

    wave: Wave
    counts: dict[str, int]
    # Its letters as one file, where it goes by post and they are set.
    printed: StoredFile | None = None

    @property
    def all(self) -> int:
        return sum(self.counts.values()) - self.counts[RecipientState.SKIPPED]

    @property
    def tone(self) -> str:
        return WAVE_TONES[self.wave.state]

    @property
    def done(self) -> int:
        return self.counts[RecipientState.SENT]


def waves_of(campaign: Campaign) -> list[WaveCount]:
    """The waves of a campaign, the latest first, with how far each is."""
    counted = Recipient.objects.filter(campaign=campaign, wave__isnull=False)
    counts: dict[uuid.UUID, Counter[str]] = {}
    by_state = counted.order_by().values_list("wave_id", "state").annotate(n=Count("pk"))
    for wave_id, state, n in by_state:
        counts.setdefault(wave_id, Counter())[state] = n
    none = dict.fromkeys(RecipientState.values, 0)
    waves = list(Wave.objects.filter(campaign=campaign).latest_first())
    printed = printed_of(waves)
    return [
        WaveCount(wave, {**none, **counts.get(wave.pk, {})}, printed.get(wave.pk)) for wave in waves
    ]


def printed_of(waves: Iterable[Wave]) -> dict[uuid.UUID, StoredFile]:
    """The letters of each wave that are printed, the last file where there are several."""
    by_post = [wave.pk for wave in waves if wave.channel == Channel.POST]
    if not by_post:
        return {}
    rows = StoredFile.objects.kept().filter(purpose=LETTERS, subject_id__in=by_post)
    return {each.subject_id: each for each in rows.order_by("pk") if each.subject_id}


def invites_by(access: Access, wave_id: uuid.UUID) -> bool:
    """Whether this person invites to the activity of a wave."""
    campaigns = Campaign.objects.visible_to(access, Permission.INVITE)
    return Wave.objects.filter(pk=wave_id, campaign__in=campaigns).exists()


def next_wave_number(campaign: Campaign) -> int:
    return campaign.waves.count() + 1


def unanswered_of(campaign: Campaign) -> list[Invitation]:
    """Whoever this campaign wrote to, with the answer since then."""
    asked = Recipient.objects.filter(campaign=campaign, state=RecipientState.SENT)
    found = Invitation.objects.filter(pk__in=asked.values("invitation"))
    return list(found.with_names().order_by("clinician__search_text", "pk"))


def campaign_and_person(
    campaign_id: uuid.UUID, clinician_id: uuid.UUID
) -> tuple[Campaign, Clinician] | None:
    """A campaign and one of the directory, by the ids of a signed ticket."""
    campaign = Campaign.objects.for_list().filter(pk=campaign_id).first()
    clinician = Clinician.objects.filter(pk=clinician_id).first()
    return (campaign, clinician) if campaign and clinician else None


def latest_campaigns(access: Access, activity: Activity, most: int = 5) -> list[Campaign]:
    """The last campaigns of an activity that this person may see."""
    return list(Campaign.objects.visible_to(access).of(activity).latest_first()[:most])

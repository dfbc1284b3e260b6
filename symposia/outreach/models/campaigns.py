from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.directory.models import Channel, Clinician, Segment
from symposia.notifications.models import Delivery, TextMessage
from symposia.outreach.models.invitations import Invitation
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel
from symposia.shared.wall import WallTimeField


class CampaignState(models.TextChoices):
    """Whether anything of a campaign has gone out."""

    DRAFT = "draft", _("Draft")
    RELEASED = "released", _("Sent out")
    DISCARDED = "discarded", _("Discarded")


class AudienceKind(models.TextChoices):
    """By what a campaign names whom it asks."""

    PEOPLE = "people", _("Chosen people")
    FILTER = "filter", _("Everybody who fits a filter")
    SEGMENT = "segment", _("Everybody of a segment")


class CampaignQuerySet(Locking["Campaign"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_PEOPLE_OF_ACTIVITY
    ) -> Self:
        """Of activities whose people one may see; whose right reaches some territories sees the
        own campaigns alone, for another's reach people of other territories."""
        seen = self.filter(activity__in=Activity.objects.visible_to(access, permission))
        if access.scopes(Permission.VIEW_DIRECTORY, "territory") and not access.everywhere(
            Permission.VIEW_DIRECTORY
        ):
            return seen.filter(made_by_id=access.user_id)
        return seen

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def for_list(self) -> Self:
        return self.select_related("activity__owner", "segment", "answers_to")

    def latest_first(self) -> Self:
        return self.order_by("-made_at", "-pk")


class Campaign(Stateful, TenantModel):
    """Whom an activity asks to come, in which words, in one wave or several."""

    BEHIND = "learners"

    TRANSITIONS: ClassVar[Transitions] = {
        CampaignState.DRAFT: {CampaignState.RELEASED, CampaignState.DISCARDED},
        CampaignState.RELEASED: set(),
        CampaignState.DISCARDED: set(),
    }

    number = models.CharField(max_length=20)
    activity = Key(Activity)
    state = models.CharField(max_length=10, choices=CampaignState, default=CampaignState.DRAFT)
    audience = models.CharField(max_length=10, choices=AudienceKind)
    # The filter of the directory as it stands in an address, so that it stays a link.
    audience_filter = models.CharField(max_length=1000, blank=True)
    # A saved filter or a list of people: whoever belongs to it when a wave leaves.
    segment = Key(Segment, null=True)
    # Own words of the invitation in one language; without them the organisation's.
    language = models.CharField(max_length=10, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    # Who reads what people write back; without one whoever answers for the activity.
    answers_to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    made_by_id = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[CampaignQuerySet] = CampaignQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_campaign_per_number"
            ),
            models.CheckConstraint(
                condition=Q(audience=AudienceKind.SEGMENT, segment__isnull=False)
                | (~Q(audience=AudienceKind.SEGMENT) & Q(segment__isnull=True)),
                name="an_audience_of_a_segment_names_it",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity", "-made_at"], name="campaigns_of_an_activity"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def has_own_words(self) -> bool:
        return bool(self.body)


class WaveState(models.TextChoices):
    """How far one sending is."""

    RELEASED = "released", _("On its way")
    DONE = "done", _("Sent")
    RECALLED = "recalled", _("Recalled")


class Aim(models.TextChoices):
    """Whom a wave is for."""

    NEW = "new", _("Who was not asked yet")
    UNANSWERED = "unanswered", _("Who has not answered")


class WaveQuerySet(Locking["Wave"]):
    def latest_first(self) -> Self:
        return self.order_by("-number")


class Wave(Stateful, TenantModel):
    """One sending of a campaign, kept back for a minute so that it can be recalled."""

    TRANSITIONS: ClassVar[Transitions] = {
        WaveState.RELEASED: {WaveState.DONE, WaveState.RECALLED},
        # A message may wait in the outbox for a mail server that is away.
        WaveState.DONE: {WaveState.RECALLED},
        WaveState.RECALLED: set(),
    }

    campaign = Key(Campaign, related_name="waves")
    number = models.PositiveSmallIntegerField()
    aim = models.CharField(max_length=10, choices=Aim)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    state = models.CharField(max_length=10, choices=WaveState, default=WaveState.RELEASED)
    # A day and an hour on each recipient's own clock; without them at once.
    local_time = WallTimeField(null=True, blank=True)
    leaves_from = models.DateTimeField()
    released_at = models.DateTimeField(default=timezone.now)
    released_by_id = models.UUIDField(null=True)
    released_by_name = models.CharField(max_length=200)

    objects: ClassVar[WaveQuerySet] = WaveQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "campaign", "number"], name="one_wave_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.number}"


class RecipientState(models.TextChoices):
    """What became of somebody in a wave."""

    CHOSEN = "chosen", _("Chosen")
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    SKIPPED = "skipped", _("Skipped")
    RECALLED = "recalled", _("Recalled")


class RecipientQuerySet(models.QuerySet["Recipient"]):
    def visible_to(self, access: Access) -> Self:
        """Of campaigns and of clinicians one may see."""
        permission = Permission.VIEW_PEOPLE_OF_ACTIVITY
        return self.filter(
            campaign__in=Campaign.objects.visible_to(access),
            clinician__in=Clinician.objects.within(access, permission),
        )

    def in_waves(self) -> Self:
        return self.filter(wave__isnull=False)

    def due(self, wave: Wave, at: datetime) -> Self:
        return self.filter(wave=wave, state=RecipientState.WAITING, due_at__lte=at)

    def next_locked(self, wave: Wave, at: datetime, *, limit: int) -> "list[Recipient]":
        """Whose turn it is and nobody else works on, each held until the transaction ends."""
        turn = self.due(wave, at).select_related("clinician__institution").order_by("due_at", "pk")
        return list(turn.select_for_update(of=("self",), skip_locked=True)[:limit])

    def not_left(self, wave: Wave) -> Self:
        """Whose message is in the outbox and no mail server has it yet."""
        mails = Q(delivery__in=Delivery.objects.filter(state="waiting"))
        texts = Q(text__in=TextMessage.objects.filter(state="waiting"))
        return self.filter(mails | texts, wave=wave, state=RecipientState.SENT)


class Recipient(Stateful, TenantModel):
    """A clinician of a campaign: chosen, then in each wave written to or skipped for a reason."""

    BEHIND = "learners"
    KEEPS_HISTORY = False
    TRANSITIONS: ClassVar[Transitions] = {
        RecipientState.CHOSEN: set(),
        RecipientState.WAITING: {
            RecipientState.SENT,
            RecipientState.SKIPPED,
            RecipientState.RECALLED,
        },
        RecipientState.SENT: {RecipientState.RECALLED},
        RecipientState.SKIPPED: set(),
        RecipientState.RECALLED: set(),
    }

    activity = Key(Activity)
    campaign = Key(Campaign)
    wave = Key(Wave, null=True)
    clinician = Key(Clinician)
    state = models.CharField(max_length=10, choices=RecipientState)
    due_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    # In the words somebody read when it was decided.
    why = models.CharField(max_length=300, blank=True)
    invitation = Key(Invitation, null=True)
    delivery = Key(Delivery, null=True)
    text = Key(TextMessage, null=True)
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[RecipientQuerySet] = RecipientQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "campaign", "clinician"],
                name="chosen_once_per_campaign",
                condition=Q(wave__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "wave", "clinician"],
                name="one_recipient_per_wave",
                condition=Q(wave__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "wave", "state", "due_at"], name="recipients_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clinician} · {self.campaign}"

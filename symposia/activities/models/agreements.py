import uuid
from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models.activities import Activity
from symposia.activities.models.team import Contributor
from symposia.shared.money import Money, round_half_up
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class Service(models.TextChoices):
    """What a person is paid for."""

    SPEAKER = "speaker", _("Speaker")
    CHAIR = "chair", _("Chair")
    MODERATOR = "moderator", _("Moderator or panellist")
    AUTHOR = "author", _("Author")
    REVIEWER = "reviewer", _("Reviewer")
    ADVISER = "adviser", _("Adviser")


class Tier(models.TextChoices):
    """How widely somebody of a specialty is known: four steps of a fair-market-value study."""

    LOCAL = "local", _("Local")
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
    INTERNATIONAL = "international", _("International")


class Unit(models.TextChoices):
    """What a rate is paid for."""

    HOUR = "hour", _("an hour")
    DAY = "day", _("a day")


class RateQuerySet(models.QuerySet["Rate"]):
    def visible_to(self, access: Access) -> Self:
        """The whole card, for whoever reads rules or plans money anywhere."""
        may = access.holds(Permission.VIEW_RULES) or access.holds(Permission.VIEW_MONEY)
        return self if may else self.none()

    def on(self, day: date) -> Self:
        """Those that hold on a day."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day)

    def of(self, service: str, tier: str, unit: str) -> Self:
        return self.filter(service=service, tier=tier, unit=unit)


class Rate(TenantModel):
    """What a service of a tier is worth from a day on, and above what it is never fair."""

    service = models.CharField(max_length=12, choices=Service)
    tier = models.CharField(max_length=14, choices=Tier)
    unit = models.CharField(max_length=4, choices=Unit)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    ceiling_minor = models.BigIntegerField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    # Where the numbers come from; a number nobody has checked says so here.
    source = models.CharField(max_length=300)
    set_at = models.DateTimeField(default=timezone.now)
    set_by_name = models.CharField(max_length=200)

    objects: ClassVar[RateQuerySet] = RateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "service", "tier", "unit", "from_on"],
                name="one_rate_from_a_day",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "service", "tier", "unit"],
                condition=Q(until_on=None),
                name="one_rate_without_an_end",
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0, ceiling_minor__gte=F("amount_minor"))
                & Q(currency__regex="^[A-Z]{3}$"),
                name="a_rate_lies_under_its_ceiling",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="a_rate_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_service_display()}, {self.get_tier_display()}"

    @property
    def amount(self) -> Money:
        return Money.from_minor(self.amount_minor, self.currency)

    @property
    def ceiling(self) -> Money:
        return Money.from_minor(self.ceiling_minor, self.currency)


class AgreementTemplate(TenantModel):
    """The words of agreements, a version at a time; the latest is sent."""

    APPEND_ONLY = True

    number = models.PositiveIntegerField()
    text = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)
    written_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_agreement_template_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class AgreementState(models.TextChoices):
    """An agreement is written, sent, signed by both, and may end."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    SIGNED = "signed", _("Signed by both")
    ENDED = "ended", _("Ended")


A = AgreementState


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_MONEY) -> Self:
        """Those of the activities whose money a person may see."""
        return self.filter(activity__in=Activity.objects.visible_to(access, permission))

    def of(self, activity: Activity | uuid.UUID) -> Self:
        rows = self.filter(activity=activity).select_related("contributor", "activity", "rate")
        return rows.order_by("contributor__name", "pk")

    def standing(self) -> Self:
        return self.exclude(state=A.ENDED)

    def covering(self, contributors: "models.QuerySet[Contributor]", day: date) -> Self:
        """Signed ones that cover an activity of that day with one of these people."""
        rows = self.filter(contributor__in=contributors, state=A.SIGNED, covers_until__gte=day)
        rows = rows.filter(activity__wall_starts__date__lte=day)
        return rows.select_related("contributor", "rate").order_by("contributor__name", "number")

    def locked(self, pk: uuid.UUID) -> "Agreement":
        rows = self.select_related("contributor", "rate").select_for_update(of=("self",))
        return rows.get(pk=pk)


class Agreement(Stateful, TenantModel):
    """What a person is engaged for in an activity and what they are paid, in writing."""

    TRANSITIONS: ClassVar[Transitions] = {
        A.DRAFT: {A.SENT, A.SIGNED, A.ENDED},
        A.SENT: {A.DRAFT, A.SIGNED, A.ENDED},
        A.SIGNED: {A.ENDED},
        A.ENDED: set(),
    }

    number = models.CharField(max_length=20)
    activity = Key(Activity)
    contributor = Key(Contributor)
    service = models.CharField(max_length=12, choices=Service)
    tier = models.CharField(max_length=14, choices=Tier)
    unit = models.CharField(max_length=4, choices=Unit)
    quantity = models.DecimalField(max_digits=6, decimal_places=2)
    currency = models.CharField(max_length=3)
    # What one unit is paid; the card's rate of the day when there is one.
    each_minor = models.BigIntegerField()
    rate = Key(Rate, null=True, blank=True)
    services = models.TextField()
    state = models.CharField(max_length=6, choices=A, default=A.DRAFT)
    version = models.PositiveIntegerField(default=1)
    made_by_id = models.UUIDField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    # Above the card, or without one: why, and who else agreed to exactly this.
    above_because = models.TextField(blank=True)
    above_agreed_by_id = models.UUIDField(null=True, blank=True)
    above_agreed_by_name = models.CharField(max_length=200, blank=True)
    above_agreed_at = models.DateTimeField(null=True, blank=True)
    # It also covers later activities up to this day, at the same rate and without a new signature.
    covers_until = models.DateField(null=True, blank=True)
    # The signed agreement that this one is called off under; its words, file and signatures hold.
    under = Key("self", null=True, blank=True, related_name="called_off")
    # As it was sent: these words, this file, and the hash that both sign.
    text = models.TextField(blank=True)
    file = Key("work.StoredFile", null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # The person: by their own link, or on paper that was handed in.
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by_name = models.CharField(max_length=200, blank=True)
    # The organisation.
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by_id = models.UUIDField(null=True, blank=True)
    signed_by_name = models.CharField(max_length=200, blank=True)
    factor = models.CharField(max_length=20, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.TextField(blank=True)

    objects: ClassVar[AgreementQuerySet] = AgreementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_agreement_per_number"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "contributor"],
                condition=~Q(state="ended"),
                name="one_standing_agreement_per_person",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, each_minor__gte=0) & Q(currency__regex="^[A-Z]{3}$"),
                name="agreement_has_its_fee",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed")
                | Q(accepted_at__isnull=False, signed_at__isnull=False)
                & ~Q(factor="")
                & ~Q(sha256=""),
                name="both_have_signed_the_agreement",
            ),
            models.CheckConstraint(
                condition=Q(above_agreed_by_id__isnull=True)
                | ~Q(above_because="")
                & (Q(made_by_id__isnull=True) | ~Q(above_agreed_by_id=F("made_by_id"))),
                name="another_person_agrees_above_the_card",
            ),
            models.CheckConstraint(
                condition=Q(under__isnull=True) | Q(covers_until__isnull=True),
                name="nothing_is_called_off_under_a_call_off",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="agreements_of_activity")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.contributor}"

    @property
    def each(self) -> Money:
        return Money.from_minor(self.each_minor, self.currency)

    @property
    def fee(self) -> Money:
        """The whole fee, rounded once."""
        whole = self.each.amount * Decimal(self.quantity)
        return Money.from_minor(Money(round_half_up(whole, 4), self.currency).minor, self.currency)

    @property
    def is_above(self) -> bool:
        """Whether it needs somebody else's word: above the card, or where the card has nothing."""
        return self.rate is None or self.each_minor > self.rate.amount_minor

    @property
    def counts(self) -> bool:
        """Whether its fee is part of what the activity will cost."""
        return self.state != A.ENDED and self.each_minor > 0

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.credits.models.systems import CreditSystem
from symposia.directory.models import Clinician
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class ExternalState(models.TextChoices):
    """Credit from elsewhere waits until the office accepts it or sends it back."""

    HANDED_IN = "handed_in", _("Waits for the office")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Sent back")
    WITHDRAWN = "withdrawn", _("Taken back")


E = ExternalState


class ExternalCreditQuerySet(models.QuerySet["ExternalCredit"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_CREDITS) -> Self:
        """Of the clinicians whose credit somebody sees, and one's own."""
        seen = Clinician.objects.visible_to(access, permission)
        reached = Q(clinician__in=seen.values("pk")) if access.holds(permission) else Q(pk__in=[])
        return self.filter(reached)

    def own_of(self, access: Access) -> Self:
        """What the person who is signed in handed in themselves."""
        mine = Clinician.objects.of_user(access.user_id)
        return self.filter(clinician__in=Clinician.objects.of_people(mine).values("pk"))

    def waiting(self) -> Self:
        return self.filter(state=E.HANDED_IN)

    def standing(self) -> Self:
        return self.filter(state__in=[E.HANDED_IN, E.ACCEPTED])

    def accepted(self) -> Self:
        return self.filter(state=E.ACCEPTED)

    def search(self, text: str) -> Self:
        people = Clinician.objects.of_people(Clinician.objects.search(text)).values("pk")
        words = Q(title__icontains=text) | Q(provider__icontains=text)
        return self.filter(words | Q(clinician__in=people))


class ExternalCredit(Stateful, TenantModel):
    """Credit that a learner earned elsewhere, with its proof; it counts once the office accepts."""

    TRANSITIONS: ClassVar[Transitions] = {
        E.HANDED_IN: {E.ACCEPTED, E.RETURNED, E.WITHDRAWN},
        E.ACCEPTED: set(),
        E.RETURNED: set(),
        E.WITHDRAWN: set(),
    }

    clinician = Key(Clinician)
    system = models.ForeignKey(CreditSystem, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    provider = models.CharField(max_length=200)
    earned_on = models.DateField()
    amount = models.DecimalField(max_digits=7, decimal_places=2)
    # Subjects that boards ask for and this was about, by their short words.
    subjects = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    file = Key("work.StoredFile")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=E, default=E.HANDED_IN)
    handed_in_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_because = models.CharField(max_length=500, blank=True)

    objects: ClassVar[ExternalCreditQuerySet] = ExternalCreditQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "clinician", "system", "earned_on", "title"],
                condition=Q(state__in=["handed_in", "accepted"]),
                name="external_credit_stands_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="external_credit_is_an_amount"),
            models.CheckConstraint(
                condition=Q(state="handed_in", decided_at__isnull=True)
                | (~Q(state="handed_in") & Q(decided_at__isnull=False)),
                name="decided_external_credit_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(decided_because=""),
                name="returned_external_credit_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "clinician", "-earned_on"], name="external_of_clinician"
            ),
            models.Index(fields=["organisation_id", "state"], name="external_credit_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.provider}"


class TranscriptShareQuerySet(models.QuerySet["TranscriptShare"]):
    def of(self, clinician: Clinician) -> Self:
        whole = Clinician.objects.of_person(clinician.pk).values("pk")
        return self.filter(clinician__in=whole).order_by("-made_at", "-pk")


class TranscriptShare(TenantModel):
    """That a learner lets one board read the transcript by a link, until a day or until revoked."""

    clinician = Key(Clinician)
    board = models.CharField(max_length=200)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[TranscriptShareQuerySet] = TranscriptShareQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="a_share_lasts_a_while"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "clinician"], name="shares_of_clinician"),
        ]

    def __str__(self) -> str:
        return self.board

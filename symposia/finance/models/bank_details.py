"""Where somebody is paid: a second person asks back through another channel before it counts."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.finance.models.payees import Payee
from symposia.shared.proposals import BY_TWO, WAITING_ONE, Proposal, ProposalQuerySet, ProposalState
from symposia.shared.tenancy import Key


class Channel(models.TextChoices):
    """How bank details came, and how they were asked back."""

    LETTER = "letter", _("On a bill or letter")
    MAIL = "mail", _("By e-mail")
    PHONE = "phone", _("By telephone, under a number known before")
    MEETING = "meeting", _("In person")
    BANK = "bank", _("From their bank")


class BankDetailsQuerySet(ProposalQuerySet["BankDetails"]):
    def visible_to(self, access: Access) -> Self:
        """For whoever posts the money of the whole organisation."""
        return self if access.everywhere(Permission.POST_MONEY) else self.none()

    def of(self, payee: Payee) -> Self:
        return self.filter(payee=payee).order_by("-proposed_at", "-pk")

    def standing(self, payee: Payee) -> "BankDetails | None":
        """The latest that somebody has not dropped, confirmed or not."""
        return self.of(payee).exclude(state=ProposalState.DROPPED).first()


class BankDetails(Proposal):
    """An account of a payee. Its number is sealed; only its last four signs are shown."""

    payee = Key(Payee)
    holder = models.CharField(max_length=140)
    account = models.CharField(max_length=600)
    tail = models.CharField(max_length=4)
    # BIC, IFSC, routing number.
    bank_code = models.CharField(max_length=20, blank=True)
    came_by = models.CharField(max_length=8, choices=Channel)
    reason = models.CharField(max_length=300, blank=True)
    asked_by = models.CharField(max_length=8, choices=Channel, blank=True)
    asked_note = models.CharField(max_length=300, blank=True)

    objects: ClassVar[BankDetailsQuerySet] = BankDetailsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=BY_TWO, name="two_people_confirm_bank_details"),
            models.CheckConstraint(
                condition=~Q(state="agreed") | ~Q(asked_by="") & ~Q(asked_by=F("came_by")),
                name="bank_details_are_asked_back_otherwise",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "payee"],
                condition=WAITING_ONE,
                name="one_waiting_change_of_bank_details",
            ),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        return f"…{self.tail}"

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Permission
from symposia.compliance.models import OwnPack, RulePack
from symposia.shared.rows import SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class NewsState(models.TextChoices):
    """An item is new, then with somebody, then decided, perhaps written into the rules."""

    NEW = "new", _("New")
    ASSIGNED = "assigned", _("Assigned")
    DECIDED = "decided", _("Decided")


class CameBy(models.TextChoices):
    """Whether somebody typed an item or a source brought it."""

    TYPED = "typed", _("Typed")
    FEED = "feed", _("Feed")
    MAIL = "mail", _("Forwarded mail")


class NewsDecision(models.TextChoices):
    """What an item means for the organisation."""

    NO_CHANGE = "no_change", _("Nothing changes for us")
    RULES = "rules", _("A rule pack changes")
    POLICY = "policy", _("A policy of the office changes")


class NewsSourceQuerySet(SeenWith["NewsSource"]):
    PERMISSION = Permission.MANAGE_CURRICULUM


class NewsSource(TenantModel):
    """A feed of an accreditor or regulator that is read every day."""

    title = models.CharField(max_length=200)
    address = models.URLField(max_length=500)
    added_at = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True)
    last_problem = models.CharField(max_length=300, blank=True)

    objects = NewsSourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "address"], name="one_source_per_address"
            )
        ]

    def __str__(self) -> str:
        return self.title


class NewsItemQuerySet(SeenWith["NewsItem"]):
    PERMISSION = Permission.VIEW_CURRICULUM

    def search(self, text: str) -> Self:
        return self.filter(
            Q(number__iexact=text.strip())
            | Q(title__icontains=text)
            | Q(body__icontains=text)
            | Q(text__icontains=text)
        )

    def undecided(self) -> Self:
        return self.exclude(state=NewsState.DECIDED)


class NewsItem(Stateful, TenantModel):
    """Something an accreditor or regulator made known, until somebody decided what it means."""

    TRANSITIONS: ClassVar[Transitions] = {
        NewsState.NEW: {NewsState.ASSIGNED, NewsState.DECIDED},
        NewsState.ASSIGNED: {NewsState.DECIDED},
        NewsState.DECIDED: set(),
    }

    number = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    body = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    address = models.URLField(max_length=500, blank=True)
    published_on = models.DateField(null=True, blank=True)
    came_by = models.CharField(max_length=8, choices=CameBy)
    source = Key(NewsSource, null=True, blank=True)
    # How its feed or mail names it, so that it comes in once.
    origin_id = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=NewsState, default=NewsState.NEW)
    assigned_to = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    due_on = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=NewsDecision, blank=True)
    reason = models.TextField(blank=True)
    # The version of a rule pack that carries it out.
    pack = models.ForeignKey(
        RulePack, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    own_pack = Key(OwnPack, null=True, blank=True)
    came_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)

    objects: ClassVar[NewsItemQuerySet] = NewsItemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_news_item_per_number"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "origin_id"],
                condition=~Q(origin_id=""),
                name="news_comes_in_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | ~Q(reason="") & ~Q(decision=""),
                name="decided_news_says_why",
            ),
            models.CheckConstraint(
                condition=Q(pack__isnull=True) | Q(own_pack__isnull=True),
                name="one_version_carries_news_out",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "-came_at"], name="news_latest")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def carried_out_by(self) -> RulePack | OwnPack | None:
        """The version of a rule pack that carries the news out, shipped or the organisation's."""
        return self.own_pack or self.pack

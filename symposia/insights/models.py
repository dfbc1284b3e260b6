from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, F, PositiveIntegerField, Q, Sum, When
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Access, Permission
from symposia.activities.facts import Stage
from symposia.activities.models import Activity
from symposia.activities.owing import TELLS_OF
from symposia.activities.wall import FEWEST, only_counts, shut
from symposia.shared.refusals import Written
from symposia.shared.tenancy import Key, TenantModel

COUNTED = ("invited", "accepted", "registered", "attended", "evaluated", "credited")
# The step that a missing thing holds up.
STAGES = [
    (Stage.SUBMIT.value, _("Submission")),
    (Stage.OPEN.value, _("Opening")),
    (Stage.START.value, _("Start")),
    (Stage.CLOSE.value, _("Closing")),
]
# Who owes something hears of it this long before, and again after this long.
REMIND_BEFORE = timedelta(days=3)
REMIND_AGAIN = timedelta(days=7)
SUMMED = (*COUNTED, "minutes", "estimate_minor", "committed_minor", "actual_minor")


class FiguresQuerySet(models.QuerySet["ActivityFigures"]):
    def visible_to(self, access: Access) -> Self:
        return self.filter(
            activity__in=Activity.objects.visible_to(access, Permission.VIEW_INSIGHTS)
        )

    def totals(self, access: Access) -> dict[str, int]:
        """The figures of many activities as one, without the small ones that somebody is not
        shown."""
        modes = only_counts(access)
        found = self.aggregate(
            **{
                f"sum_{name}": Sum(name, filter=~_too_few(name, modes) if modes else None)
                for name in SUMMED
            }
        )
        return {name: found[f"sum_{name}"] or 0 for name in SUMMED}

    def for_list(self, access: Access) -> Self:
        """With each figure as this person is shown it: `shown_invited` and the like."""
        modes = only_counts(access)
        said = {f"shown_{name}": _shown(name, modes) for name in (*COUNTED, "minutes")}
        return self.select_related("activity").annotate(**said)


def _too_few(name: str, modes: list[str]) -> Q:
    """Whether a figure counts so few people, in one of these modes, that it could name one; what
    was spent is no business of theirs at all."""
    people = {"minutes": "attended"}.get(name, name)
    few = Q() if name.endswith("_minor") else Q(**{f"{people}__lt": FEWEST})
    return Q(activity__mode__in=modes) & few


def _shown(name: str, modes: list[str]) -> Combinable:
    few = When(_too_few(name, modes), then=None)
    return Case(few, default=F(name), output_field=PositiveIntegerField()) if modes else F(name)


class ActivityFigures(TenantModel):
    """What an activity has come to, in numbers: a roll-up of facts that stand elsewhere."""

    KEEPS_HISTORY = False

    activity = Key(Activity)
    invited = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    registered = models.PositiveIntegerField(default=0)
    attended = models.PositiveIntegerField(default=0)
    evaluated = models.PositiveIntegerField(default=0)
    credited = models.PositiveIntegerField(default=0)
    # Creditable minutes of everybody together.
    minutes = models.PositiveIntegerField(default=0)
    estimate_minor = models.BigIntegerField(default=0)
    committed_minor = models.BigIntegerField(default=0)
    actual_minor = models.BigIntegerField(default=0)
    counted_at = models.DateTimeField()

    objects: ClassVar[FiguresQuerySet] = FiguresQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="one_row_of_figures_per_activity"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attended} of {self.invited}"


class Credited(TenantModel):
    """How much of one credit system an activity has given: part of its figures."""

    KEEPS_HISTORY = False

    figures = Key(ActivityFigures, on_delete=models.CASCADE, related_name="credits")
    system = models.CharField(max_length=40)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "figures", "system"], name="one_amount_per_system"
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.system}"


class SightQuerySet(models.QuerySet["Sight"]):
    def visible_to(self, access: Access) -> Self:
        """Of activities whose journal one may read."""
        seen = Activity.objects.visible_to(access, Permission.VIEW_JOURNAL)
        return self.filter(activity__in=seen)


class Sight(TenantModel):
    """That somebody was shown names or answers of an activity: which page, and on which day first.
    The journal holds what people did; this is what they saw, once a day."""

    APPEND_ONLY = True

    activity = Key(Activity)
    person_id = models.UUIDField()
    person_name = models.CharField(max_length=200)
    # The page or the route, by its name.
    page = models.CharField(max_length=80)
    on_day = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[SightQuerySet] = SightQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "person_id", "page", "on_day"],
                name="one_sight_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on_day} {self.person_name} {self.page}"


class OpenPointQuerySet(models.QuerySet["OpenPoint"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ACTIVITIES
    ) -> Self:
        """Of activities within reach, without what the wall keeps from this person."""
        seen = self.filter(activity__in=Activity.objects.visible_to(access, permission))
        for fact, subject in TELLS_OF.items():
            if modes := shut(access, subject):
                seen = seen.exclude(fact=fact, activity__mode__in=modes)
        return seen

    def for_list(self) -> Self:
        return self.select_related("activity", "owner")

    def to_remind_of(self, at: datetime) -> Self:
        """Owed by a person, due soon or late, and not written about for a while."""
        soon = self.filter(owner__isnull=False, due_at__lte=at + REMIND_BEFORE)
        return soon.filter(Q(reminded_at=None) | Q(reminded_at__lte=at - REMIND_AGAIN))


class OpenPoint(TenantModel):
    """One thing that an activity lacks now, who owes it and by when: a roll-up of its readiness.

    The sentence is kept as it is written in the code, with its facts, so that each reader gets it
    in the own language."""

    KEEPS_HISTORY = False

    activity = Key(Activity)
    fact = models.CharField(max_length=40)
    sentence = models.TextField()
    # Of a sentence that counts: how it goes for several, and the fact that says how many.
    several = models.TextField(blank=True, default="")
    counts = models.CharField(max_length=40, blank=True, default="")
    facts = models.JSONField(default=dict)
    stage = models.CharField(max_length=10, choices=STAGES)
    due_at = models.DateTimeField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    owner_name = models.CharField(max_length=200, blank=True)
    url_name = models.CharField(max_length=60, blank=True)
    url_key = models.CharField(max_length=60, blank=True)
    reminded_at = models.DateTimeField(null=True)

    objects: ClassVar[OpenPointQuerySet] = OpenPointQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "fact"], name="one_open_point_per_fact"
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "due_at"], name="open_points_by_deadline"),
            models.Index(
                fields=["organisation_id", "owner", "due_at"], name="open_points_of_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """The sentence in the reader's language."""
        return str(Written(self.sentence, self.facts, self.several, self.counts))


class Touched(TenantModel):
    """That something about an activity changed: read and removed by the next count."""

    KEEPS_HISTORY = False

    activity = Key(Activity)

    def __str__(self) -> str:
        return str(self.activity_id)

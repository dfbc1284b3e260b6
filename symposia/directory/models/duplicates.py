from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.models.people import Clinician
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel

UNDO_FOR = timedelta(days=30)


class PairState(models.TextChoices):
    """What was decided of two records that may be one person."""

    OPEN = "open", _("Somebody has to look")
    DISTINCT = "distinct", _("Two people")
    MERGED = "merged", _("One person, merged")


class FoundBy(models.TextChoices):
    """How two records came to be beside each other."""

    SEARCH = "search", _("Comparison of everybody")
    NEWCOMER = "newcomer", _("Comparison of a newcomer")
    PERSON = "person", _("By hand")


class PossibleDuplicateQuerySet(Locking["PossibleDuplicate"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_DIRECTORY
    ) -> Self:
        """Pairs of which one may see both."""
        if access.everywhere(permission):
            return self
        seen = Clinician.objects.visible_to(access, permission)
        return self.filter(first__in=seen, second__in=seen)

    def to_decide(self) -> Self:
        """Those that wait, of people who are still two records."""
        return self.filter(state=PairState.OPEN, first__merged_into=None, second__merged_into=None)

    def of(self, *clinicians: Clinician) -> Self:
        """Pairs of this one person, or the pair of these two."""
        rows = self
        for one in clinicians:
            rows = rows.filter(Q(first=one) | Q(second=one))
        return rows

    def for_list(self) -> Self:
        return self.select_related("first", "second")

    def for_page(self) -> Self:
        """With what stands side by side, but for the numbers of the two."""
        return self.select_related(
            *(
                f"{side}__{one}"
                for side in ("first", "second")
                for one in ("institution", "territory")
            )
        )


class PossibleDuplicate(Stateful, TenantModel):
    """Two records that may be one person: how likely, and what speaks for and against it."""

    TRANSITIONS: ClassVar[Transitions] = {
        PairState.OPEN: {PairState.DISTINCT, PairState.MERGED},
        PairState.DISTINCT: {PairState.OPEN, PairState.MERGED},
        PairState.MERGED: {PairState.OPEN},
    }

    # Of two people the record that was made first stands first.
    first = Key(Clinician)
    second = Key(Clinician)
    probability = models.FloatField(null=True)
    # What was compared and how it came out, in the words of the model: ["name:same", …].
    reasons = models.JSONField(default=list)
    found_by = models.CharField(max_length=8, choices=FoundBy)
    found_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=PairState, default=PairState.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)

    objects: ClassVar[PossibleDuplicateQuerySet] = PossibleDuplicateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "first", "second"], name="one_pair_of_two_people"
            ),
            models.CheckConstraint(
                condition=Q(first__lt=models.F("second")), name="a_pair_stands_in_order"
            ),
            models.CheckConstraint(
                condition=Q(probability__isnull=True) | Q(probability__gte=0, probability__lte=1),
                name="a_probability_lies_between_none_and_one",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(decided_at__isnull=False),
                name="a_decided_pair_says_since_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "state", "-probability"], name="pairs_to_look_at"
            ),
            models.Index(fields=["organisation_id", "second"], name="pairs_of_the_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first} · {self.second}"

    @property
    def is_open(self) -> bool:
        return self.state == PairState.OPEN

    @property
    def is_distinct(self) -> bool:
        return self.state == PairState.DISTINCT


class MergeQuerySet(Locking["Merge"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_DIRECTORY
    ) -> Self:
        """Merges into people one may see."""
        if access.everywhere(permission):
            return self
        return self.filter(kept__in=Clinician.objects.visible_to(access, permission))

    def of(self, clinician: Clinician) -> Self:
        return self.filter(Q(kept=clinician) | Q(merged=clinician))

    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def between(self, one: Clinician, other: Clinician) -> "Merge | None":
        """The merge of these two, if there is one."""
        return self.of(one).of(other).order_by("-merged_at").first()

    def for_list(self) -> Self:
        return self.select_related("kept", "merged")


class Merge(TenantModel):
    """That two records became one: whose was kept, who said so, and until when it is undone."""

    kept = Key(Clinician)
    merged = Key(Clinician)
    merged_at = models.DateTimeField(default=timezone.now)
    merged_by_id = models.UUIDField(null=True)
    merged_by_name = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_name = models.CharField(max_length=200, blank=True)
    undone_reason = models.TextField(blank=True)

    objects: ClassVar[MergeQuerySet] = MergeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "merged"],
                name="somebody_is_merged_once",
                condition=Q(undone_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=~Q(kept=models.F("merged")), name="two_records_are_merged"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "-merged_at"], name="merges_in_order"),
            models.Index(fields=["organisation_id", "kept"], name="merges_into_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None

    @property
    def older(self) -> Clinician:
        """The record of the two that was made first."""
        pair: tuple[Clinician, Clinician] = (self.kept, self.merged)
        return min(pair, key=lambda one: (one.created_at, one.pk))

    @property
    def known_by(self) -> dict[str, str]:
        """By what a request is known that the merge asked for."""
        return {"merge": str(self.pk)}

    @property
    def undo_until(self) -> datetime:
        """From then on it stands."""
        until: datetime = self.merged_at + UNDO_FOR
        return until


class Fate(models.TextChoices):
    """What became of one thing that a merge touched."""

    MOVED = "moved", _("Moved")
    STAYED = "stayed", _("Stayed: both had one")
    PUT_BACK = "put_back", _("Put back")
    LEFT = "left", _("Left as it is")


class MergeLine(TenantModel):
    """One column of one row that a merge changed, so that exactly this can be put back."""

    merge = Key(Merge, related_name="lines")
    table = models.CharField(max_length=80)
    row_id = models.UUIDField()
    column = models.CharField(max_length=60)
    was = models.TextField(blank=True)
    now = models.TextField(blank=True)
    fate = models.CharField(max_length=8, choices=Fate, default=Fate.MOVED)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "merge", "table", "row_id", "column"],
                name="a_merge_changes_a_column_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.column}"

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel
from symposia.work.models import Import

TAKE_BACK_FOR = timedelta(hours=24)


class UndoState(models.TextChoices):
    """How far somebody is with taking an import back."""

    STANDING = "standing", _("The import stands")
    WEIGHING = "weighing", _("Looking what can be taken back")
    WEIGHED = "weighed", _("Looked at, nothing taken back yet")
    UNDOING = "undoing", _("Being taken back")
    UNDONE = "undone", _("Taken back")


class ImportUndo(Stateful, TenantModel):
    """By what the rows of an import are found again, until when they can be taken back, and what
    became of that."""

    KEEPS_HISTORY = False
    TRANSITIONS: ClassVar[Transitions] = {
        UndoState.STANDING: {UndoState.WEIGHING},
        UndoState.WEIGHING: {UndoState.WEIGHED, UndoState.STANDING},
        UndoState.WEIGHED: {UndoState.WEIGHING, UndoState.UNDOING},
        UndoState.UNDOING: {UndoState.UNDONE, UndoState.STANDING},
        UndoState.UNDONE: set(),
    }

    made = Key(Import)
    state = models.CharField(max_length=8, choices=UndoState, default=UndoState.STANDING)
    # The keys of what came in begin so, and end with the line of the file.
    person_key = models.CharField(max_length=24)
    number_key = models.CharField(max_length=24)
    institution_key = models.CharField(max_length=24)
    # Of where people work; none of an import that is older than that was kept.
    place_key = models.CharField(max_length=24, blank=True)
    # The transaction that wrote the rows: a row of another one was written again since.
    written_by = models.BigIntegerField(null=True)
    imported_at = models.DateTimeField(default=timezone.now)
    asked_by_name = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    # What would be taken back, or was, and how much stays: {people, facts, numbers, …}.
    counts = models.JSONField(default=dict)
    weighed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Locking["ImportUndo"]] = Locking.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "made"], name="an_import_is_taken_back_in_one_way"
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "imported_at"], name="undos_by_age")]

    def __str__(self) -> str:
        return str(self.made)

    @property
    def until(self) -> datetime:
        """From then on the import stands."""
        end: datetime = self.imported_at + TAKE_BACK_FOR
        return end

    @property
    def is_working(self) -> bool:
        return self.state in {UndoState.WEIGHING, UndoState.UNDOING}

    @property
    def is_weighed(self) -> bool:
        return self.state == UndoState.WEIGHED

    @property
    def is_undone(self) -> bool:
        return self.state == UndoState.UNDONE


class ImportedChange(TenantModel):
    """What somebody who was known already said before a file changed it, and said after it; kept
    while the import can be taken back."""

    KEEPS_HISTORY = False

    made = Key(Import)
    line = models.PositiveIntegerField()
    person_id = models.UUIDField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "made", "line"], name="changes_of_an_import")
        ]

    def __str__(self) -> str:
        return str(self.line)


class Stays(models.TextChoices):
    """Why something that an import did is not taken back."""

    CHANGED = "changed", _("Changed since the import")
    USED = "used", _("Used since the import")
    MERGED = "merged", _("Merged into another record since")
    GONE = "gone", _("What it was before is no longer there")


class UndoLineQuerySet(models.QuerySet["UndoLine"]):
    def of(self, made: Import) -> "UndoLineQuerySet":
        return self.filter(made=made).order_by("line", "pk")


class UndoLine(TenantModel):
    """One thing of one row of a file that is not taken back with the rest, and why."""

    KEEPS_HISTORY = False

    made = Key(Import)
    line = models.PositiveIntegerField()
    # The person, a number, an institution, or one field of a person.
    what = models.CharField(max_length=20)
    # The record itself; of a field, the person's.
    row_id = models.UUIDField()
    label = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=8, choices=Stays)
    # By what it is used, as the table is called, and how often.
    used_in = models.CharField(max_length=80, blank=True)
    times = models.PositiveIntegerField(default=0)

    objects: ClassVar[UndoLineQuerySet] = UndoLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "made", "line"], name="what_an_undo_leaves")
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.what}"

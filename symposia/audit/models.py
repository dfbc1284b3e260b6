from typing import ClassVar

from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.shared.tenancy import Key, TenantModel


def _transaction() -> Cast:
    return Cast(
        Cast(models.Func(function="pg_current_xact_id"), models.TextField()),
        models.BigIntegerField(),
    )


class Entry(TenantModel):
    """One line of the journal: who did what to which record, why, and what the row then was.

    Written inside the business transaction, signed by the product, chained later by the sealer.
    `names_hash` commits to the two names, so that erasing them leaves the chain whole.
    """

    APPEND_ONLY = True

    at = models.DateTimeField(default=timezone.now)
    xid = models.BigIntegerField(db_default=_transaction(), editable=False)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.UUIDField(null=True)
    subject_name = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    row_hash = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=45, blank=True)
    names_hash = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "xid", "id"], name="entry_sealing_order"),
            models.Index(fields=["organisation_id", "subject_id", "-at"], name="entry_of_a_record"),
            models.Index(fields=["organisation_id", "-at"], name="entry_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.actor_name} {self.action} {self.subject_name}"


class Seal(TenantModel):
    """A link of the chain: the position an entry took, and the chain's code up to it."""

    APPEND_ONLY = True

    position = models.BigIntegerField()
    entry = Key(Entry)
    entry_xid = models.BigIntegerField()
    mac = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "position"], name="one_seal_per_position"
            ),
            models.UniqueConstraint(fields=["organisation_id", "entry"], name="one_seal_per_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.mac[:8]}"


class RowChange(TenantModel):
    """What a row was before an UPDATE or DELETE, written by a trigger under all code."""

    APPEND_ONLY = True

    at = models.DateTimeField()
    xid = models.BigIntegerField()
    table_name = models.CharField(max_length=63)
    row_id = models.UUIDField()
    operation = models.CharField(max_length=6)
    before = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "row_id", "-at"], name="change_of_a_row")
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.operation} {self.table_name}"


class Result(models.TextChoices):
    """What a check of the journal found."""

    HOLDS = "holds", _("Holds")
    BROKEN = "broken", _("Broken")


class VerificationQuerySet(models.QuerySet["Verification"]):
    def newest_first(self) -> "VerificationQuerySet":
        return self.order_by("-at", "-pk")


class Verification(TenantModel):
    """What somebody found when they compared the journal with itself and with the records."""

    APPEND_ONLY = True

    at = models.DateTimeField(default=timezone.now)
    asked_by_id = models.UUIDField(null=True)
    asked_by_name = models.CharField(max_length=200)
    links = models.BigIntegerField()
    unsealed = models.IntegerField()
    rows = models.BigIntegerField()
    result = models.CharField(max_length=6, choices=Result)
    # Where the chain breaks first, where that can be said, and what is wrong there.
    first_position = models.BigIntegerField(null=True)
    first_sentence = models.TextField(blank=True)
    # [{position, sentence}]: the first of them, as many as a page can show.
    faults = models.JSONField(default=list)
    fault_count = models.IntegerField(default=0)

    objects: ClassVar[VerificationQuerySet] = VerificationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "-at"], name="latest_verifications")]

    def __str__(self) -> str:
        return f"{self.at:%F %T}"

    @property
    def holds(self) -> bool:
        return self.result == Result.HOLDS

import re
import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import Key, TenantModel

# Of the address of a verb all but its last word, which is what it is called; Python and PostgreSQL
# read it alike.
BESIDE_LAST_WORD = r"^.*[/#:](?=[^/])|/+$"


class StatementQuerySet(SeenWith["Statement"]):
    PERMISSION = Permission.MANAGE_ACCESS

    def mentioning(self, key: uuid.UUID, *, directly: bool) -> Self:
        """Those of which an agent or activity is part; directly, its actor or its object."""
        told = Mention.objects.filter(key=key, stored_at=OuterRef("stored_at"), id=OuterRef("id"))
        return self.filter(Exists(told.filter(is_direct=True) if directly else told))

    def with_voided(self) -> Self:
        """Each with whether another statement has voided it."""
        return self.annotate(is_voided=Exists(_VOIDED))

    def living(self) -> Self:
        return self.exclude(Exists(_VOIDED))


class Statement(TenantModel):
    """Somebody did something: an xAPI statement as it was sent, with what the store adds.

    Its `id` is the statement's own; it is never changed. The columns beside `body` are copies to
    find it by, made once when it is stored.
    """

    APPEND_ONLY = True
    KEEPS_HISTORY = False
    BEHIND = "learners"
    BY_MONTH = "stored_at"

    # By the clock of the database: never before the transaction that stored it began.
    stored_at = models.DateTimeField()
    happened_at = models.DateTimeField()
    # Of what the product tells itself; statements of others do not say it.
    activity = Key(Activity, null=True, blank=True, db_index=False)
    # Which key sent it; the product itself has none.
    sent_by_id = models.UUIDField(null=True, blank=True)
    sent_by_name = models.CharField(max_length=200)
    version = models.CharField(max_length=8)
    verb = models.TextField()
    verb_key = models.UUIDField()
    actor = models.CharField(max_length=200)
    object = models.CharField(max_length=300)
    registration = models.UUIDField(null=True, blank=True)
    # The statement that is its object.
    refers_to = models.UUIDField(null=True, blank=True)
    body = models.TextField()

    objects: ClassVar[StatementQuerySet] = StatementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "id"], name="statements_by_id"),
            models.Index(
                fields=["organisation_id", "sent_by_id", "stored_at"],
                condition=Q(sent_by_id__isnull=False),
                name="statements_of_a_provider",
            ),
            models.Index(
                fields=["organisation_id", "verb_key", "stored_at"], name="statements_of_a_verb"
            ),
            models.Index(
                fields=["organisation_id", "registration", "stored_at"],
                condition=Q(registration__isnull=False),
                name="statements_of_a_registration",
            ),
            models.Index(
                fields=["organisation_id", "refers_to"],
                condition=Q(refers_to__isnull=False),
                name="statements_about_statements",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.did} {self.object}"

    @property
    def did(self) -> str:
        """The last word of the verb's address."""
        return re.sub(BESIDE_LAST_WORD, "", self.verb)


class KnownStatement(TenantModel):
    """That an id is taken, by what (`digest`), and in which month to look: the one table of the
    store that is not kept by months, so that the database holds ids unique."""

    APPEND_ONLY = True
    KEEPS_HISTORY = False

    stored_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "id"], name="one_statement_per_id_and_organisation"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Mention(TenantModel):
    """That an agent or activity is part of a statement, whose `id` it bears; its key is made from
    what identifies it."""

    APPEND_ONLY = True
    KEEPS_HISTORY = False
    BY_MONTH = "stored_at"

    key = models.UUIDField()
    stored_at = models.DateTimeField()
    # The actor, the object, or somebody of a group that is one; else another part of it.
    is_direct = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "key", "stored_at", "id"], name="mentioned_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} in {self.id}"


class Voiding(TenantModel):
    """That a statement counts no more, and which statement says so. It may come before it."""

    APPEND_ONLY = True

    statement_id = models.UUIDField()
    by_statement_id = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "statement_id"], name="voided_once")
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} voided"


_VOIDED = Voiding.objects.filter(statement_id=OuterRef("id"))


class Definition(TenantModel):
    """How some statement described an activity; the activity is described by all of them."""

    APPEND_ONLY = True
    KEEPS_HISTORY = False

    key = models.UUIDField()
    iri = models.TextField()
    digest = models.CharField(max_length=64)
    definition = models.JSONField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "key", "digest"], name="described_so_once"
            )
        ]

    def __str__(self) -> str:
        return self.iri

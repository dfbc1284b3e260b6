from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import Subject, shut
from symposia.credits.models.ledger import within_reach
from symposia.directory.models import Clinician
from symposia.reporting.models.kinds import BODY_OF, OF_MONEY, Body, Kind
from symposia.shared.refusals import Written
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel
from symposia.work.models import StoredFile


class SubmissionState(models.TextChoices):
    """How far a file to a body is."""

    DRAFT = "draft", _("Draft")
    VALIDATED = "validated", _("Checked, file made")
    SENT = "sent", _("Sent")
    ANSWERED = "answered", _("Answered")
    DISCARDED = "discarded", _("Discarded")


S = SubmissionState


class Channel(models.TextChoices):
    """How a file reaches a body."""

    UPLOAD = "upload", _("Handed in by a person")
    SERVICE = "service", _("Through its web service")


class SubmissionQuerySet(Locking["Submission"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_CREDITS) -> Self:
        """All, for whoever sees the credit of the whole organisation; they name learners."""
        if not access.everywhere(permission) or shut(access, Subject.LEARNERS):
            return self.none()
        return self.exclude(kind__in=OF_MONEY)

    def of_money(self, access: Access, permission: Permission = Permission.VIEW_MONEY) -> Self:
        """Those that tell of money given, for whoever sees the money of the whole organisation and
        from whom no wall keeps people."""
        if not access.everywhere(permission) or shut(access, Subject.LEARNERS):
            return self.none()
        return self.filter(kind__in=OF_MONEY)


class Submission(Stateful, TenantModel):
    """A file to a body: which records, how far it is, what became of it."""

    TRANSITIONS: ClassVar[Transitions] = {
        S.DRAFT: {S.VALIDATED, S.DISCARDED},
        S.VALIDATED: {S.DRAFT, S.SENT, S.DISCARDED},
        S.SENT: {S.ANSWERED},
        S.ANSWERED: set(),
        S.DISCARDED: set(),
    }

    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField()
    # Of one activity alone, where the body asks for each by itself.
    activity = Key(Activity, null=True, blank=True)
    state = models.CharField(max_length=10, choices=S, default=S.DRAFT)
    channel = models.CharField(max_length=8, choices=Channel, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by_name = models.CharField(max_length=200)
    validated_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # What the web service said when it did not take the file.
    problem = models.CharField(max_length=300, blank=True)

    objects: ClassVar[SubmissionQuerySet] = SubmissionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_submission_per_number"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "answered"], sent_at__isnull=False) & ~Q(channel="")
                | Q(state__in=["draft", "validated", "discarded"], sent_at__isnull=True),
                name="a_sent_submission_says_when_and_how",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "state", "kind"], name="submissions_by_state")
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.get_kind_display()}"

    @property
    def body(self) -> Body:
        return BODY_OF[self.kind]

    @property
    def is_draft(self) -> bool:
        return self.state == S.DRAFT

    @property
    def is_validated(self) -> bool:
        return self.state == S.VALIDATED

    @property
    def was_sent(self) -> bool:
        return self.state in {S.SENT, S.ANSWERED}


class RowState(models.TextChoices):
    """The fate of one record of a file."""

    READY = "ready", _("Ready")
    HELD = "held", _("Held back")
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    RESENT = "resent", _("Corrected, in a later file")
    LEFT_OUT = "left_out", _("Left out")


R = RowState
# What stands for a record: another row of the same may not be begun beside it.
STANDING = (R.READY, R.HELD, R.SENT, R.ACCEPTED, R.REJECTED)


class RowAction(models.TextChoices):
    """Whether a record is told of, told anew or taken back; of a learner, bodies know no change."""

    ADD = "add", _("Add")
    UPDATE = "update", _("Change")
    DELETE = "delete", _("Take back")


class SubmissionRowQuerySet(Locking["SubmissionRow"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_CREDITS) -> Self:
        if not access.everywhere(permission):
            return self.none()
        return self.filter(within_reach(access, permission)).exclude(kind__in=OF_MONEY)

    def of_money(self, access: Access, permission: Permission = Permission.VIEW_MONEY) -> Self:
        """The records of files that tell of money given."""
        if not access.everywhere(permission) or shut(access, Subject.LEARNERS):
            return self.none()
        return self.filter(kind__in=OF_MONEY)

    def of(self, submission: Submission) -> Self:
        return self.filter(submission=submission).order_by("position")

    def standing(self) -> Self:
        return self.filter(state__in=STANDING)

    def rejected(self) -> Self:
        return self.filter(state=R.REJECTED)


class SubmissionRow(Stateful, TenantModel):
    """One record of a file: exactly what it says, what is wrong with it, what the body answered."""

    BEHIND = "learners"
    TRANSITIONS: ClassVar[Transitions] = {
        R.READY: {R.HELD, R.SENT, R.LEFT_OUT},
        R.HELD: {R.READY, R.LEFT_OUT},
        R.SENT: {R.ACCEPTED, R.REJECTED},
        R.ACCEPTED: set(),
        R.REJECTED: {R.RESENT},
        R.RESENT: set(),
        R.LEFT_OUT: set(),
    }

    submission = Key(Submission)
    kind = models.CharField(max_length=20, choices=Kind)
    position = models.PositiveIntegerField()
    # Of none: what a recipient had in a year, or what a year came to.
    activity = Key(Activity, null=True, blank=True)
    clinician = Key(Clinician, null=True, blank=True)
    # The activity or the award it tells of, which of its tellings, and the name the body keeps.
    source_key = models.CharField(max_length=32)
    edition = models.PositiveSmallIntegerField(default=1)
    action = models.CharField(max_length=6, choices=RowAction, default=RowAction.ADD)
    record_id = models.CharField(max_length=300)
    label = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    # Code, sentence and its facts of each thing that is wrong.
    problems = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=R, default=R.HELD)
    answer_code = models.CharField(max_length=60, blank=True)
    answer_words = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SubmissionRowQuerySet] = SubmissionRowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "kind", "source_key", "edition", "action"],
                condition=Q(state__in=["ready", "held", "sent", "accepted"]),
                name="a_record_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "rejected", "resent"], answered_at__isnull=False)
                | Q(state__in=["ready", "held", "sent", "left_out"], answered_at__isnull=True),
                name="an_answered_row_says_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "submission", "position"], name="rows_of_a_submission"
            ),
            models.Index(fields=["organisation_id", "state"], name="submission_rows_by_state"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def problems_said(self) -> list[str]:
        """What is wrong, in the reader's language."""
        return [_said(each) for each in self.problems]

    @property
    def why(self) -> str:
        """What is wrong with it here, or what the body found wrong."""
        answered = " ".join(filter(None, (self.answer_code, self.answer_words)))
        return answered or " ".join(self.problems_said)


def _said(problem: Mapping[str, Any]) -> str:
    kept = {name: value for name, value in problem.items() if name != "code"}
    return str(Written(**kept))


class FilePurpose(models.TextChoices):
    """What a kept file of a submission is."""

    FINAL = "final", _("The file as it was made")
    ANSWER = "answer", _("What the body answered")


class SubmissionFile(TenantModel):
    """The exact bytes that were made for a body or came from it, by their hash."""

    APPEND_ONLY = True

    submission = Key(Submission)
    purpose = models.CharField(max_length=6, choices=FilePurpose)
    # The ending of its name: xml, json, csv, xlsx, pdf.
    format = models.CharField(max_length=4)
    file = Key(StoredFile)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    kept_at = models.DateTimeField(default=timezone.now)
    kept_by_name = models.CharField(max_length=200)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "submission", "kept_at"], name="files_of_a_submission"
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.format} {self.sha256[:12]}"

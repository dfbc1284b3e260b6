import uuid
from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import of_activities
from symposia.registrations.models import Registration
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class DiscussionKind(models.TextChoices):
    """What a discussion is about: a paper, or whatever its title says."""

    JOURNAL_CLUB = "journal_club", _("Journal club")
    OPEN = "open", _("Open discussion")


class Moderation(models.TextChoices):
    """When a moderator looks at a contribution."""

    BEFORE = "before", _("Before it is shown")
    AFTER = "after", _("After it is shown")


class DiscussionQuerySet(Locking["Discussion"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_EVALUATIONS
    ) -> Self:
        """Those of activities whose answers this person sees: what is said there is one."""
        return self.filter(of_activities(access, permission))

    def of(self, activity: Activity | uuid.UUID) -> Self:
        return self.filter(activity=activity).order_by("opens_on", "pk")

    def search(self, text: str) -> Self:
        return self.filter(
            Q(title__icontains=text)
            | Q(citation__icontains=text)
            | Q(activity__title__icontains=text)
            | Q(activity__number__iexact=text.strip())
        )


class Discussion(TenantModel):
    """A space in which the people of an activity talk: about a paper, or freely."""

    activity = Key(Activity)
    kind = models.CharField(max_length=12, choices=DiscussionKind)
    title = models.CharField(max_length=200)
    introduction = models.TextField(blank=True)
    # The paper of a journal club.
    citation = models.CharField(max_length=1000, blank=True)
    doi = models.CharField(max_length=200, blank=True)
    address = models.URLField(max_length=500, blank=True)
    # What is to be discussed, in its order.
    questions = ArrayField(models.CharField(max_length=500), default=list, blank=True)
    # Its first and last day, where the activity is.
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)
    moderation = models.CharField(max_length=6, choices=Moderation, default=Moderation.AFTER)
    # For how long whoever wrote something may still change it.
    edit_minutes = models.PositiveSmallIntegerField(default=15)
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField(default=timezone.now)
    # When the people of the activity were written to, if they were.
    told_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DiscussionQuerySet] = DiscussionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "title"], name="one_discussion_per_title"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=models.F("opens_on")),
                name="a_discussion_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_journal_club(self) -> bool:
        return self.kind == DiscussionKind.JOURNAL_CLUB

    @property
    def paper(self) -> str:
        """Where the paper is read: what was given, else where its DOI leads."""
        return self.address or (f"https://doi.org/{self.doi}" if self.doi else "")

    def is_over(self, on: date) -> bool:
        """Whether its last day is past, on a day where the activity is."""
        return self.closes_on is not None and on > self.closes_on


class Speaking(models.TextChoices):
    """As what somebody speaks."""

    LEARNER = "learner", _("Participant")
    FACULTY = "faculty", _("Faculty")
    OFFICE = "office", _("Organiser")


class ContributionState(models.TextChoices):
    """A contribution is seen by others while it is shown."""

    WAITING = "waiting", _("Waits for a moderator")
    SHOWN = "shown", _("Shown")
    HIDDEN = "hidden", _("Hidden")
    WITHDRAWN = "withdrawn", _("Withdrawn")


C = ContributionState


class ContributionQuerySet(Locking["Contribution"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_EVALUATIONS
    ) -> Self:
        """What was said at activities whose answers this person sees."""
        return self.filter(of_activities(access, permission))

    def shown(self) -> Self:
        return self.filter(state=C.SHOWN)

    def reported(self) -> Self:
        """Those that somebody found wrong since a moderator last looked."""
        return self.shown().filter(Exists(_reports_left()))

    def with_reports(self) -> Self:
        """Each with whether somebody found it wrong since a moderator last looked."""
        return self.annotate(is_reported=Exists(_reports_left()))

    def search(self, text: str) -> Self:
        return self.filter(Q(text__icontains=text) | Q(author_name__icontains=text))


def _reports_left() -> models.QuerySet["ContributionReport"]:
    reports = ContributionReport.objects.filter(contribution=OuterRef("pk"))
    return reports.filter(
        Q(at__gt=OuterRef("settled_at")) | Q(contribution__settled_at__isnull=True)
    )


class Contribution(Stateful, TenantModel):
    """What somebody said in a discussion or about a practice: a beginning, or a reply to one."""

    BEHIND = "learners"

    TRANSITIONS: ClassVar[Transitions] = {
        C.WAITING: {C.SHOWN, C.HIDDEN, C.WITHDRAWN},
        # What is changed while moderators look first waits again.
        C.SHOWN: {C.WAITING, C.HIDDEN, C.WITHDRAWN},
        C.HIDDEN: {C.SHOWN, C.WITHDRAWN},
        C.WITHDRAWN: set(),
    }

    activity = Key(Activity)
    discussion = Key(Discussion, null=True, blank=True)
    practice = Key("learning.Practice", null=True, blank=True)
    # What it replies to.
    head = Key("self", null=True, blank=True)
    # Which of the questions it is about, counted from 1.
    question = models.PositiveSmallIntegerField(null=True, blank=True)
    speaks_as = models.CharField(max_length=7, choices=Speaking)
    # The clinician, contributor or user who said it, and under which place.
    person_id = models.UUIDField()
    registration = Key(Registration, null=True, blank=True)
    author_name = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=9, choices=C)
    written_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    # When others first saw it.
    shown_at = models.DateTimeField(null=True, blank=True)
    pinned_at = models.DateTimeField(null=True, blank=True)
    # What a moderator last decided.
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=200, blank=True)
    settled_because = models.CharField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[ContributionQuerySet] = ContributionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(discussion__isnull=True, practice__isnull=False)
                | Q(discussion__isnull=False, practice__isnull=True),
                name="a_contribution_has_one_place",
            ),
            models.CheckConstraint(
                condition=~Q(state="hidden") | ~Q(settled_because=""),
                name="what_is_hidden_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="shown") | Q(shown_at__isnull=False),
                name="what_is_shown_says_since_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "discussion"], name="contributions_of_discussion"
            ),
            models.Index(fields=["organisation_id", "practice"], name="contributions_of_practice"),
            models.Index(fields=["organisation_id", "registration"], name="contributions_of_place"),
            models.Index(fields=["organisation_id", "state"], name="contributions_by_state"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_shown(self) -> bool:
        return self.state == C.SHOWN


class ContributionReport(TenantModel):
    """That somebody finds a contribution wrong; a moderator looks at it."""

    APPEND_ONLY = True
    BEHIND = "learners"

    activity = Key(Activity)
    contribution = Key(Contribution, related_name="reports")
    person_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "contribution", "person_id"],
                name="one_report_per_person",
            )
        ]

    def __str__(self) -> str:
        return self.reason[:80]


class Following(TenantModel):
    """That a learner wants to hear what is new in a discussion, by mail, once a day at most."""

    BEHIND = "learners"

    activity = Key(Activity)
    discussion = Key(Discussion)
    registration = Key(Registration)
    begun_at = models.DateTimeField(default=timezone.now)
    # Up to when everything was told.
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "discussion", "registration"],
                name="one_following_per_learner",
            )
        ]

    def __str__(self) -> str:
        return str(self.registration_id)

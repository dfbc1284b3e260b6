from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import of_activities
from symposia.directory.models import Clinician
from symposia.learning.identifiers import IdentifierKind
from symposia.registrations.models import Registration
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class PracticeKind(models.TextChoices):
    """What a colleague tells of."""

    CASE = "case", _("Case")
    PRACTICE = "practice", _("Way of working")


class PracticeState(models.TextChoices):
    """From what its author writes to what colleagues read."""

    DRAFT = "draft", _("Being written")
    WAITING = "waiting", _("Waits for an editor")
    RETURNED = "returned", _("Sent back")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


P = PracticeState


class PracticeQuerySet(Locking["Practice"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_EVALUATIONS
    ) -> Self:
        """Those of activities whose answers this person sees; what its author has not sent yet is
        the author's own."""
        return self.filter(of_activities(access, permission), sent_at__isnull=False)

    def with_names(self) -> Self:
        return self.select_related("activity", "registration__clinician", "clinician")

    def published(self) -> Self:
        return self.filter(state=P.PUBLISHED)

    def waiting(self) -> Self:
        return self.filter(state=P.WAITING)

    def search(self, text: str) -> Self:
        return self.filter(
            Q(title__icontains=text) | Q(done__icontains=text) | Q(author_name__icontains=text)
        )


class Practice(Stateful, TenantModel):
    """A case or a way of working that a colleague shares, without anything of a patient."""

    BEHIND = "learners"

    TRANSITIONS: ClassVar[Transitions] = {
        P.DRAFT: {P.WAITING, P.WITHDRAWN},
        P.WAITING: {P.PUBLISHED, P.RETURNED, P.WITHDRAWN},
        P.RETURNED: {P.WAITING, P.WITHDRAWN},
        # An editor takes down what should not have been shown.
        P.PUBLISHED: {P.RETURNED, P.WITHDRAWN},
        P.WITHDRAWN: set(),
    }

    # The activity it comes from.
    activity = Key(Activity)
    registration = Key(Registration)
    clinician = Key(Clinician)
    author_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=PracticeKind)
    title = models.CharField(max_length=200)
    done = models.TextField()
    setting = models.TextField(blank=True)
    result = models.TextField(blank=True)
    reference = models.CharField(max_length=1000, blank=True)
    specialty = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=9, choices=P, default=P.DRAFT)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # What an editor last decided, and the words to the author.
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_because = models.TextField(blank=True)

    objects: ClassVar[PracticeQuerySet] = PracticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(decided_because=""),
                name="what_is_sent_back_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="what_is_published_says_since_when",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "state"], name="practices_by_state"),
            models.Index(fields=["organisation_id", "activity"], name="practices_of_activity"),
            models.Index(fields=["organisation_id", "clinician"], name="practices_of_author"),
        ]

    def __str__(self) -> str:
        return self.title


class PracticeVerdict(models.TextChoices):
    """What an editor decides."""

    PUBLISHED = "published", _("Published")
    RETURNED = "returned", _("Sent back")


class PracticeDecision(TenantModel):
    """An editor's decision on a practice exactly as it was."""

    APPEND_ONLY = True
    BEHIND = "learners"

    activity = Key(Activity)
    practice = Key(Practice, related_name="decisions")
    sha256 = models.CharField(max_length=64)
    verdict = models.CharField(max_length=9, choices=PracticeVerdict)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.verdict


class IdentifierAnswer(TenantModel):
    """What the author says of something that looks like an identifier: that it is of no patient."""

    APPEND_ONLY = True
    BEHIND = "learners"

    activity = Key(Activity)
    practice = Key(Practice, related_name="answers")
    kind = models.CharField(max_length=10, choices=IdentifierKind)
    # Which of the texts it stands in, by its name.
    part = models.CharField(max_length=10)
    quoted = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "practice", "kind", "part", "quoted"],
                name="one_answer_per_identifier",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="an_answer_about_an_identifier_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.quoted


class Adopting(models.TextChoices):
    """How far a colleague takes a practice up."""

    DOING = "doing", _("I do this too")
    TRYING = "trying", _("I will try this")


class AdoptionQuerySet(Locking["Adoption"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_EVALUATIONS
    ) -> Self:
        return self.filter(of_activities(access, permission))

    def search(self, text: str) -> Self:
        return self.filter(
            Q(practice__title__icontains=text)
            | Q(clinician__in=Clinician.objects.search(text).values("pk"))
        )


class Adoption(TenantModel):
    """That a colleague does the same, or will try it: what a shared practice came to."""

    BEHIND = "learners"

    # The activity of the practice.
    activity = Key(Activity)
    practice = Key(Practice, related_name="adoptions")
    registration = Key(Registration)
    clinician = Key(Clinician)
    kind = models.CharField(max_length=6, choices=Adopting)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AdoptionQuerySet] = AdoptionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "practice", "clinician"],
                name="one_adoption_per_colleague",
            )
        ]

    def __str__(self) -> str:
        return self.kind

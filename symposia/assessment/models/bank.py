import uuid
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.shared.rows import SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class BankKind(models.TextChoices):
    """How a question of the bank is answered."""

    SINGLE = "single", _("One right answer")
    MULTIPLE = "multiple", _("Several right answers")
    ORDER = "order", _("Put in order")
    MATCH = "match", _("Match pairs")
    NUMERIC = "numeric", _("A number")
    SHORT = "short", _("A few words")


class CreditRule(models.TextChoices):
    """What an answer earns that is right in part."""

    WHOLE = "whole", _("Only a wholly right answer counts")
    PARTS = "parts", _("Each right part counts, each wrong choice takes one away")


class BankState(models.TextChoices):
    """Whether tests may ask a question: not yet, now, or no more."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class BankQuestionQuerySet(SeenWith["BankQuestion"]):
    PERMISSION = Permission.VIEW_EVALUATIONS
    IN_PART = True

    def with_words(self) -> Self:
        """Each with the words of its latest version as `words`."""
        latest = BankVersion.objects.filter(question=OuterRef("pk"), number=OuterRef("latest"))
        return self.annotate(words=Subquery(latest.values("text")[:1])).select_related(
            "objective", "guideline"
        )

    def search(self, text: str) -> Self:
        """Those whose number, words or tag this is."""
        said = Q(versions__text__icontains=text, versions__number=F("latest"))
        found = self.filter(
            said | Q(number__iexact=text.strip()) | Q(tags__contains=[text.strip().casefold()])
        )
        return self.filter(pk__in=found.values("pk"))

    def asked(self) -> Self:
        """Those that a test may draw now."""
        return self.filter(state=BankState.PUBLISHED).order_by("number", "pk")


class BankQuestion(Stateful, TenantModel):
    """A question that tests may ask; what it says is in its versions."""

    TRANSITIONS: ClassVar[Transitions] = {
        BankState.DRAFT: {BankState.PUBLISHED, BankState.RETIRED},
        BankState.PUBLISHED: {BankState.RETIRED},
        BankState.RETIRED: set(),
    }

    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=8, choices=BankKind)
    state = models.CharField(max_length=10, choices=BankState, default=BankState.DRAFT)
    # The number of the last version, and of the one that learners are asked.
    latest = models.PositiveSmallIntegerField(default=1)
    published = models.PositiveSmallIntegerField(null=True, blank=True)
    # What it measures; a test asks about objectives of its activity.
    objective = Key("curriculum.Objective", null=True, blank=True)
    # What its right answer rests on; once superseded, the question is listed for review.
    guideline = Key("curriculum.Guideline", null=True, blank=True)
    # In small letters, each once, in alphabetical order.
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[BankQuestionQuerySet] = BankQuestionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_bank_question_per_number"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published__isnull=False),
                name="what_is_published_has_a_version",
            ),
            models.CheckConstraint(
                condition=Q(published__isnull=True) | Q(published__lte=F("latest")),
                name="a_version_that_is_asked_exists",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_asked(self) -> bool:
        return self.state == BankState.PUBLISHED


class BankVersionQuerySet(models.QuerySet["BankVersion"]):
    def of(self, question: BankQuestion) -> Self:
        return self.filter(question=question).order_by("-number")

    def asked_of(self, question_ids: "models.QuerySet[BankQuestion] | list[uuid.UUID]") -> Self:
        """The published versions of questions."""
        return self.filter(question__in=question_ids, number=F("question__published"))


class BankVersion(TenantModel):
    """The wording of a question with its answers: it never changes, another one is another
    version. What somebody answered names the version that was asked."""

    APPEND_ONLY = True

    question = Key(BankQuestion, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    rule = models.CharField(max_length=5, choices=CreditRule, default=CreditRule.WHOLE)
    # Of a number: what is right, how far off is right too, and in which unit.
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    tolerance = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    # Why the answer is right, and where that stands.
    rationale = models.TextField(blank=True)
    reference = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by_name = models.CharField(max_length=200)

    objects: ClassVar[BankVersionQuerySet] = BankVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "question", "number"], name="one_wording_per_version"
            ),
            models.CheckConstraint(
                condition=Q(tolerance__isnull=True) | Q(tolerance__gte=0, value__isnull=False),
                name="a_tolerance_is_around_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text[:80]} (version {self.number})"


class BankOption(TenantModel):
    """One answer of a version: a choice, a step of an order, a pair, or words that are right."""

    APPEND_ONLY = True

    wording = Key(BankVersion, related_name="options")
    # From one on; of an order it is the right place.
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    is_right = models.BooleanField(default=False)
    # Of a pair: what belongs to it.
    partner = models.CharField(max_length=500, blank=True)
    rationale = models.TextField(blank=True)
    reference = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "wording", "position"],
                name="one_answer_per_place_of_a_version",
            )
        ]

    def __str__(self) -> str:
        return self.text

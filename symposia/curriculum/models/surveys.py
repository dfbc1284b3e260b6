import uuid
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Permission
from symposia.directory.models import Clinician
from symposia.shared.rows import SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel

RATINGS = (1, 2, 3, 4, 5)


class SurveyState(models.TextChoices):
    """A survey is written, then answered, then closed."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open for answers")
    CLOSED = "closed", _("Closed")


class QuestionKind(models.TextChoices):
    """How a question of a survey is answered."""

    RATING = "rating", _("Rating from 1 to 5")
    CHOICE = "choice", _("One of several answers")
    TEXT = "text", _("Own words")


class SurveyQuerySet(SeenWith["Survey"]):
    PERMISSION = Permission.VIEW_CURRICULUM

    def search(self, text: str) -> Self:
        return self.filter(Q(number__iexact=text.strip()) | Q(title__icontains=text))

    def rounds_of(self, survey: "Survey") -> Self:
        """Every round of the same survey, the first one first."""
        return self.filter(series_id=survey.series_id).order_by("round", "pk")

    def with_counts(self) -> Self:
        """Each with how many were asked and how many have answered."""
        return self.annotate(
            asked=models.Count("invitations", distinct=True),
            answered=models.Count(
                "invitations",
                filter=Q(invitations__answered_at__isnull=False),
                distinct=True,
            ),
        )


class Survey(Stateful, TenantModel):
    """Questions to clinicians about what they need; asked again, it is the next round."""

    TRANSITIONS: ClassVar[Transitions] = {
        SurveyState.DRAFT: {SurveyState.OPEN},
        SurveyState.OPEN: {SurveyState.CLOSED},
        SurveyState.CLOSED: set(),
    }

    number = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    introduction = models.TextField(blank=True)
    # The rounds of one survey share it; it is the id of the first.
    series_id = models.UUIDField()
    round = models.PositiveSmallIntegerField(default=1)
    # Empty: asked once. Else the next round is sent so many months after this one.
    repeats_after_months = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=SurveyState, default=SurveyState.DRAFT)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SurveyQuerySet] = SurveyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_survey_per_number"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "series_id", "round"], name="one_survey_per_round"
            ),
            models.CheckConstraint(
                condition=Q(repeats_after_months__isnull=True)
                | Q(repeats_after_months__range=(1, 36)),
                name="a_survey_repeats_within_three_years",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "-made_at"], name="survey_latest")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_draft(self) -> bool:
        return self.state == SurveyState.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == SurveyState.OPEN


class SurveyQuestion(TenantModel):
    """One question of a survey; the same `key` is the same question in every round."""

    survey = Key(Survey, related_name="questions")
    key = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=QuestionKind)
    text = models.CharField(max_length=300)
    choices = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    required = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "survey", "key"], name="one_question_once_per_survey"
            ),
            models.CheckConstraint(
                condition=~Q(kind="choice") | Q(choices__len__gte=2),
                name="a_survey_choice_offers_answers",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "survey"], name="survey_questions")]

    def __str__(self) -> str:
        return self.text


class SurveyInvitationQuerySet(models.QuerySet["SurveyInvitation"]):
    def with_names(self) -> Self:
        return self.select_related("survey", "clinician")

    def locked(self, pk: uuid.UUID) -> "SurveyInvitation":
        return self.select_for_update(of=("self",)).select_related("survey", "clinician").get(pk=pk)


class SurveyInvitation(TenantModel):
    """That a clinician was asked, and when they answered; never what."""

    survey = Key(Survey, related_name="invitations")
    clinician = Key(Clinician)
    address = models.EmailField()
    sent_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SurveyInvitationQuerySet] = SurveyInvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "survey", "clinician"], name="one_survey_per_clinician"
            )
        ]

    def __str__(self) -> str:
        return self.address


class SurveyAnswer(TenantModel):
    """What somebody answered to one question. It says neither who nor when: no key, time or
    time-ordered identifier leads from it to a clinician, and the journal holds no line of it."""

    APPEND_ONLY = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Chance, shared by the answers of one sheet.
    sheet = models.UUIDField()
    question = Key(SurveyQuestion)
    rating = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "sheet", "question"],
                name="one_survey_answer_per_question",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)),
                name="a_survey_rating_is_from_one_to_five",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "question"], name="answers_to_survey_question")
        ]

    def __str__(self) -> str:
        return str(self.rating or self.text)

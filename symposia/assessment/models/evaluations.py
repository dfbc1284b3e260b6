import uuid
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.registrations.models import Registration
from symposia.shared.tenancy import Key, TenantModel


class Kind(models.TextChoices):
    """How a question is answered."""

    RATING = "rating", _("Rating from 1 to 5")
    CHOICE = "choice", _("One of several answers")
    YES_NO = "yes_no", _("Yes or no")
    TEXT = "text", _("Own words")


RATINGS = (1, 2, 3, 4, 5)


class EvaluationFormQuerySet(models.QuerySet["EvaluationForm"]):
    def current_of(self, activity_id: uuid.UUID) -> "EvaluationForm | None":
        """The version that learners of the activity are asked now."""
        return self.versions_of(activity_id).first()

    def versions_of(self, activity_id: uuid.UUID) -> Self:
        """Every version of an activity's evaluation, the last one first."""
        return self.filter(activity_id=activity_id).order_by("-version")


class EvaluationForm(TenantModel):
    """What the learners of an activity are asked afterwards; another wording is another version."""

    activity = Key(Activity)
    version = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[EvaluationFormQuerySet] = EvaluationFormQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "version"],
                name="one_evaluation_form_per_version",
            )
        ]

    def __str__(self) -> str:
        return f"Evaluation, version {self.version}"


class Question(TenantModel):
    """One question of an evaluation form."""

    form = Key(EvaluationForm, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.CharField(max_length=300)
    hint = models.CharField(max_length=200, blank=True)
    choices = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    required = models.BooleanField(default=True)
    # The guideline that is asked about; once it is superseded, the question is listed for review.
    guideline = Key("curriculum.Guideline", null=True, blank=True)
    # The objective of the activity that is asked about.
    objective = Key("curriculum.Objective", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "form", "position"], name="one_question_per_position"
            ),
            models.CheckConstraint(
                condition=~Q(kind="choice") | Q(choices__len__gte=2),
                name="a_choice_offers_answers",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ResponseQuerySet(models.QuerySet["Response"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(form__activity=activity)


class Response(TenantModel):
    """That a learner has answered an evaluation, and when; never what was answered."""

    APPEND_ONLY = True

    form = Key(EvaluationForm)
    registration = Key(Registration)
    answered_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ResponseQuerySet] = ResponseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "registration"], name="one_response_per_registration"
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "form"], name="responses_to_a_form")]

    def __str__(self) -> str:
        return f"answered {self.answered_at:%F}"


class AnswerQuerySet(models.QuerySet["Answer"]):
    def of(self, form: EvaluationForm) -> Self:
        return self.filter(question__form=form)


class Answer(TenantModel):
    """What somebody answered to one question. It says neither who nor when: no key, time or
    time-ordered identifier leads from it to a learner, and the journal holds no line of it."""

    APPEND_ONLY = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Chance, shared by the answers of one sheet.
    sheet = models.UUIDField()
    question = Key(Question)
    rating = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(blank=True)
    # The learner preferred not to say.
    declined = models.BooleanField(default=False)

    objects: ClassVar[AnswerQuerySet] = AnswerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "sheet", "question"], name="one_answer_per_question"
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)),
                name="a_rating_is_from_one_to_five",
            ),
            models.CheckConstraint(
                condition=Q(declined=False) | Q(rating__isnull=True, text=""),
                name="who_declines_says_nothing",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "question"], name="answers_to_question")]

    def __str__(self) -> str:
        return str(self.rating or self.text)

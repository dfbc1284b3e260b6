from collections.abc import Iterable
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import of_activities
from symposia.registrations.models.registrations import Registration
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel

LONGEST_ANSWER = 500
LONGEST_CHOICE = 120


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    TEXT = "text", _("In words")
    CHOICE = "choice", _("One of several")
    SEVERAL = "several", _("Any of several")
    YES_NO = "yes_no", _("Yes or no")


class Need(models.TextChoices):
    """Which need of a person an answer tells of."""

    DIETARY = "dietary", _("Meals")
    ACCESS = "access", _("Access")


YES, NO = "yes", "no"


class RegistrationQuestionQuerySet(Locking["RegistrationQuestion"]):
    def of(self, activity: Activity) -> Self:
        """What is asked now, in the order it is asked."""
        return self.filter(activity=activity).asked_now().order_by("position", "pk")

    def asked_now(self) -> Self:
        """Without those that were withdrawn."""
        return self.filter(withdrawn_at=None)

    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_PEOPLE_OF_ACTIVITY
    ) -> Self:
        """Those of activities within reach."""
        return self.filter(of_activities(access, permission))


class RegistrationQuestion(TenantModel):
    """What whoever registers for an activity is asked; maybe only after a certain answer."""

    activity = Key(Activity)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=QuestionKind)
    need = models.CharField(max_length=8, choices=Need, blank=True)
    text = models.CharField(max_length=300)
    hint = models.CharField(max_length=200, blank=True)
    choices = ArrayField(models.CharField(max_length=LONGEST_CHOICE), default=list, blank=True)
    required = models.BooleanField(default=False)
    # Asked only of whoever gave this answer to that question.
    parent = Key("self", null=True, blank=True)
    parent_answer = models.CharField(max_length=LONGEST_CHOICE, blank=True)
    # Another wording is another version; an answer says which one it answers.
    version = models.PositiveSmallIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[RegistrationQuestionQuerySet] = RegistrationQuestionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["choice", "several"]) | Q(choices__len__gte=2),
                name="a_question_of_choice_offers_answers",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, parent_answer="")
                | (Q(parent__isnull=False) & ~Q(parent_answer="")),
                name="a_question_says_after_which_answer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity", "position"],
                name="questions_of_a_registration",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def possible(self) -> list[str]:
        """The answers one can choose; nothing for words."""
        return [YES, NO] if self.kind == QuestionKind.YES_NO else list(self.choices)


class RegistrationAnswerQuerySet(models.QuerySet["RegistrationAnswer"]):
    def latest_given(self) -> Self:
        """What holds now: no later answer to the same question by the same person, and something
        was said."""
        later = RegistrationAnswer.objects.filter(
            registration=OuterRef("registration"), question=OuterRef("question")
        ).filter(
            Q(given_at__gt=OuterRef("given_at"))
            | Q(given_at=OuterRef("given_at"), pk__gt=OuterRef("pk"))
        )
        return self.filter(~Exists(later), values__len__gt=0)

    def of(self, registration: Registration) -> Self:
        return self.filter(registration=registration)

    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_PEOPLE_OF_ACTIVITY
    ) -> Self:
        """Those of registrations within reach."""
        found = Registration.objects.visible_to(access, permission)
        return self.filter(registration__in=found.values("pk"))


class RegistrationAnswer(TenantModel):
    """What somebody answered, with the words they were asked; another answer is another row, and
    one without anything takes the one before back."""

    APPEND_ONLY = True
    BEHIND = "learners"

    activity = Key(Activity)
    registration = Key(Registration)
    question = Key(RegistrationQuestion)
    question_version = models.PositiveSmallIntegerField()
    asked = models.CharField(max_length=300)
    values = ArrayField(models.CharField(max_length=LONGEST_ANSWER), default=list, blank=True)
    given_at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=200)

    objects: ClassVar[RegistrationAnswerQuerySet] = RegistrationAnswerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "registration", "question", "-given_at"],
                name="answers_of_a_registration",
            ),
            models.Index(fields=["organisation_id", "activity"], name="registration_answers_of"),
        ]

    def __str__(self) -> str:
        return said(self.values)


def said(values: Iterable[str]) -> str:
    """An answer on one line."""
    words = {YES: str(_("Yes")), NO: str(_("No"))}
    return ", ".join(words.get(each, each) for each in values)

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.learning.models.audience_questions import AudienceQuestion
from symposia.shared.tenancy import Key, TenantModel


class MedicalOutcome(models.TextChoices):
    """What medical affairs did with a question about a product."""

    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Declined")


class MedicalAnswer(TenantModel):
    """What medical affairs wrote to whoever asked about a product, or why it does not answer. The
    room is told nothing of it: a question that nobody prompted is answered to its asker alone."""

    APPEND_ONLY = True
    BEHIND = "learners"

    activity = Key(Activity)
    question = Key(AudienceQuestion, related_name="medical_answers")
    outcome = models.CharField(max_length=8, choices=MedicalOutcome)
    # The answer, or the reason; whoever asked reads it.
    text = models.TextField()
    # The person who reads what is written back.
    reply_to = models.EmailField()
    at = models.DateTimeField(default=timezone.now)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "question"], name="one_medical_answer_per_question"
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(reply_to=""), name="a_medical_answer_says_who_and_what"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="medical_answers_of_activity")
        ]

    def __str__(self) -> str:
        return str(MedicalOutcome(self.outcome).label)

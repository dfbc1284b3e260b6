from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.activities.models.activities import Activity, DeliveryForm, Type
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import Key, TenantModel


class OwnTypeQuerySet(SeenWith["OwnType"]):
    PERMISSION = Permission.VIEW_ACTIVITIES
    IN_PART = True


class OwnType(TenantModel):
    """An organisation's own copy of a type: what it usually looks like and what it asks for."""

    code = models.CharField(max_length=20, choices=Type)
    title = models.CharField(max_length=120)
    delivery = models.CharField(max_length=10, choices=DeliveryForm)
    minutes = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[OwnTypeQuerySet] = OwnTypeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "code"], name="one_own_copy_per_type"
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="own_type_lasts"),
        ]

    def __str__(self) -> str:
        return self.title


class LineKind(models.TextChoices):
    """Whether a line of an own type is a milestone, a document or a question."""

    MILESTONE = "milestone", _("Milestone")
    DOCUMENT = "document", _("Document")
    FIELD = "field", _("Question")


class OwnTypeLine(TenantModel):
    """One milestone, document or question that activities of an own type begin with."""

    type = Key(OwnType, related_name="lines")
    kind = models.CharField(max_length=10, choices=LineKind)
    title = models.CharField(max_length=200)
    # Less than 0 is before the activity begins.
    days = models.SmallIntegerField(default=0)
    role = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "type", "kind", "title"],
                name="one_line_once_per_own_type",
            )
        ]

    def __str__(self) -> str:
        return self.title


class TypeAnswer(TenantModel):
    """What an activity says to one of the questions of its type."""

    activity = Key(Activity, related_name="type_answers")
    question = models.CharField(max_length=200)
    answer = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "question"],
                name="one_answer_per_question_of_the_type",
            )
        ]

    def __str__(self) -> str:
        return self.answer

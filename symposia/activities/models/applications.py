import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Access, Permission
from symposia.activities.models.activities import Activity, DeliveryForm, Type
from symposia.activities.models.series import Repeats, Series
from symposia.activities.modes import Mode
from symposia.activities.wall import by_mode
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class ApplicationState(models.TextChoices):
    """How far somebody is with what they propose, and what became of it."""

    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Waits for an answer")
    RETURNED = "returned", _("Returned with a question")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


A = ApplicationState


class Wish(models.TextChoices):
    """Whether something is proposed once or as a series."""

    ACTIVITY = "activity", _("Once")
    SERIES = "series", _("Again and again: a series")


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, access: Access) -> Self:
        """What reviewers read: what was handed in for activities of a mode that they may plan."""
        plan = Permission.PLAN_ACTIVITIES
        theirs = by_mode(
            access, plan, lambda left: Q() if left.everywhere(plan) else Q(pk__in=[]), field="mode"
        )
        return self.filter(theirs).exclude(state=ApplicationState.DRAFT)

    def of_person(self, user: User) -> Self:
        return self.filter(user=user).order_by("-made_at", "-pk")

    def locked(self, pk: uuid.UUID) -> "Application":
        """The row itself, held until the transaction ends."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def search(self, text: str) -> Self:
        return self.filter(
            Q(number__iexact=text.strip())
            | Q(title__icontains=text)
            | Q(department__icontains=text)
            | Q(applicant__icontains=text)
        )


class Application(Stateful, TenantModel):
    """The wish of a department or partner for an activity, before anybody has planned it."""

    TRANSITIONS: ClassVar[Transitions] = {
        A.DRAFT: {A.SUBMITTED, A.WITHDRAWN},
        A.SUBMITTED: {A.ACCEPTED, A.RETURNED, A.REFUSED, A.WITHDRAWN},
        A.RETURNED: {A.SUBMITTED, A.WITHDRAWN},
        A.ACCEPTED: set(),
        A.REFUSED: set(),
        A.WITHDRAWN: set(),
    }

    number = models.CharField(max_length=20)
    applicant = models.CharField(max_length=200)
    email = models.EmailField()
    # A member of the organisation; nobody for a partner who came by the open form.
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    department = models.CharField(max_length=200)
    # Makes, sells or distributes health products: it never organises independent education.
    is_ineligible = models.BooleanField(default=False)
    wish = models.CharField(max_length=10, choices=Wish, default=Wish.ACTIVITY)
    mode = models.CharField(max_length=12, choices=Mode)
    type = models.CharField(max_length=20, choices=Type)
    title = models.CharField(max_length=200)
    need = models.TextField()
    audience = models.CharField(max_length=300, blank=True)
    day = models.DateField()
    clock = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    repeats = models.CharField(max_length=16, choices=Repeats, blank=True)
    interval = models.PositiveSmallIntegerField(default=1)
    until_on = models.DateField(null=True, blank=True)
    zone = models.CharField(max_length=40)
    delivery = models.CharField(max_length=10, choices=DeliveryForm)
    venue_name = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    online_address = models.URLField(max_length=500, blank=True)
    expected_attendance = models.PositiveIntegerField(default=0)
    state = models.CharField(
        max_length=10, choices=ApplicationState, default=ApplicationState.DRAFT
    )
    reviewer = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    activity = Key(Activity, null=True, blank=True)
    series = Key(Series, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ApplicationQuerySet] = ApplicationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_application_per_number"
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="application_lasts"),
            models.CheckConstraint(
                condition=~Q(state="accepted")
                | Q(activity__isnull=False)
                | Q(series__isnull=False),
                name="accepted_application_became_something",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "-made_at"], name="applications_latest")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def in_writing(self) -> bool:
        return self.state in {ApplicationState.DRAFT, ApplicationState.RETURNED}


class ApplicationAnswer(TenantModel):
    """What an applicant says to one of the questions of the type."""

    application = Key(Application, related_name="answers")
    question = models.CharField(max_length=200)
    answer = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "application", "question"],
                name="one_answer_per_question_of_an_application",
            )
        ]

    def __str__(self) -> str:
        return self.answer


class ApplicationStep(TenantModel):
    """One move of an application: when, by whom and why."""

    APPEND_ONLY = True

    application = Key(Application, related_name="steps")
    from_state = models.CharField(max_length=10, choices=ApplicationState, blank=True)
    to_state = models.CharField(max_length=10, choices=ApplicationState)
    at = models.DateTimeField(default=timezone.now)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "application", "at"], name="steps_of_an_application"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_state} -> {self.to_state}"

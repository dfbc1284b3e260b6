import uuid
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.activities.models.activities import Type
from symposia.registrations.models import Registration
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import Key, TenantModel


class Kind(models.TextChoices):
    """How a question is answered; a statement is only read."""

    RATING = "rating", _("Rating on a scale")
    CHOICE = "choice", _("One of several answers")
    MULTIPLE = "multiple", _("Any of several answers")
    YES_NO = "yes_no", _("Yes or no")
    TEXT = "text", _("Own words")
    NUMBER = "number", _("A number")
    STATEMENT = "statement", _("A statement to read")


class Repeats(models.TextChoices):
    """What of the agenda a question is asked again for."""

    SESSION = "session", _("Each session they were in")
    SPEAKER = "speaker", _("Each speaker of a session they were in")


# The scale of a rating without words of its own; the most that one with words has.
RATINGS = (1, 2, 3, 4, 5)
MOST_RATING = 10
# With fewer people than this nobody is shown an answer, however a form is set.
FEWEST_SHOWN = 3


class LibraryFormQuerySet(SeenWith["LibraryForm"]):
    PERMISSION = Permission.VIEW_EVALUATIONS
    IN_PART = True

    def offered(self) -> Self:
        """Those that activities can still take over."""
        return self.filter(retired_at=None).order_by("name", "pk")


class LibraryForm(TenantModel):
    """An evaluation of the organisation's own that activities take over."""

    name = models.CharField(max_length=120)
    # New activities of this type begin with it; empty: whoever wants takes it over.
    activity_type = models.CharField(max_length=20, choices=Type, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[LibraryFormQuerySet] = LibraryFormQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "name"], name="one_library_form_per_name"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "activity_type"],
                condition=Q(retired_at__isnull=True) & ~Q(activity_type=""),
                name="one_library_form_begins_a_type",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EvaluationFormQuerySet(models.QuerySet["EvaluationForm"]):
    def current_of(self, activity_id: uuid.UUID) -> "EvaluationForm | None":
        """The version that learners of the activity are asked now."""
        return self.versions_of(activity_id).first()

    def versions_of(self, activity_id: uuid.UUID) -> Self:
        """Every version of an activity's evaluation, the last one first."""
        return self.filter(activity_id=activity_id).order_by("-version")

    def latest_of(self, library: LibraryForm) -> "EvaluationForm | None":
        """The version of a form of the library that is taken over now."""
        return self.filter(library=library).order_by("-version").first()


class EvaluationForm(TenantModel):
    """What learners are asked: of one activity, or in the library; another wording is another
    version."""

    activity = Key(Activity, null=True)
    library = Key(LibraryForm, null=True)
    version = models.PositiveSmallIntegerField(default=1)
    # So many people must have answered a part before anybody is shown an answer to it.
    shown_from = models.PositiveSmallIntegerField(default=FEWEST_SHOWN)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[EvaluationFormQuerySet] = EvaluationFormQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "version"],
                name="one_evaluation_form_per_version",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "library", "version"],
                name="one_version_of_a_library_form",
            ),
            models.CheckConstraint(
                condition=Q(activity__isnull=True, library__isnull=False)
                | Q(activity__isnull=False, library__isnull=True),
                name="a_form_is_of_an_activity_or_the_library",
            ),
            models.CheckConstraint(
                condition=Q(shown_from__gte=FEWEST_SHOWN), name="few_answers_are_never_shown"
            ),
        ]

    def __str__(self) -> str:
        return f"Evaluation, version {self.version}"


class Question(TenantModel):
    """One question of an evaluation form."""

    form = Key(EvaluationForm, related_name="questions")
    position = models.PositiveSmallIntegerField()
    # The heading it stands under; what follows one another under it is one page on a phone.
    section = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=600)
    hint = models.CharField(max_length=200, blank=True)
    # The answers to choose from; of a rating the words of its scale, from the lowest up.
    choices = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    required = models.BooleanField(default=True)
    # Whether yes or no may be explained in own words.
    asks_why = models.BooleanField(default=False)
    repeats = models.CharField(max_length=10, choices=Repeats, blank=True)
    # Asked only of whoever gave one of these answers to an earlier question.
    depends_on = models.PositiveSmallIntegerField(null=True, blank=True)
    depends_values = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    # The standard that asks for this question.
    citation = models.CharField(max_length=300, blank=True)
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
                condition=~Q(kind__in=["choice", "multiple"]) | Q(choices__len__gte=2),
                name="a_choice_offers_answers",
            ),
            models.CheckConstraint(
                condition=Q(depends_on__isnull=True, depends_values__len=0)
                | Q(depends_on__lt=models.F("position"), depends_values__len__gte=1),
                name="a_condition_looks_back",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_asked(self) -> bool:
        """A statement is read, everything else answered."""
        return self.kind != Kind.STATEMENT

    @property
    def highest(self) -> int:
        """The highest rating of its scale."""
        return len(self.choices) or len(RATINGS)


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


class UnopenedSheet(TenantModel):
    """One sheet in the box, which nobody reads: answers to one part of a form, by nobody. Once
    enough sheets lie in it the box is opened: all are mixed and become answers in one step, and
    nothing of the sheets stays (ADR 0027)."""

    KEEPS_HISTORY = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = Key(EvaluationForm)
    # The session or the role of a speaker it is about; empty: the whole activity.
    block_id = models.UUIDField(null=True)
    about = models.CharField(max_length=420, blank=True)
    answers = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "form", "block_id"], name="sheets_in_a_box")
        ]

    def __str__(self) -> str:
        return "a sheet"


class AnswerQuerySet(models.QuerySet["Answer"]):
    def of(self, form: EvaluationForm) -> Self:
        return self.filter(question__form=form)


class Answer(TenantModel):
    """What somebody answered to one question. It says neither who nor when: no key, time or
    time-ordered identifier leads from it to a learner, and the journal holds no line of it."""

    APPEND_ONLY = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Chance, shared by the answers of one sheet; another for each session and speaker.
    sheet = models.UUIDField()
    question = Key(Question)
    # The session or the role of a speaker it is about, and how that was called.
    block_id = models.UUIDField(null=True)
    about = models.CharField(max_length=420, blank=True)
    rating = models.PositiveSmallIntegerField(null=True)
    number = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    chosen = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    text = models.TextField(blank=True)
    # Why somebody said yes or no.
    comment = models.TextField(blank=True)
    # The learner preferred not to say.
    declined = models.BooleanField(default=False)

    objects: ClassVar[AnswerQuerySet] = AnswerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "sheet", "question"], name="one_answer_per_question"
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, MOST_RATING)),
                name="a_rating_is_on_its_scale",
            ),
            models.CheckConstraint(
                condition=Q(declined=False)
                | Q(rating__isnull=True, number__isnull=True, chosen__len=0, text="", comment=""),
                name="who_declines_says_nothing",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "question"], name="answers_to_question")]

    def __str__(self) -> str:
        return str(self.rating or self.text)

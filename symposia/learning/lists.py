from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Subquery,
    Sum,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Round
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.learning.models import (
    Completion,
    Confirmation,
    Course,
    Lesson,
    PackageAttempt,
    Progress,
)
from symposia.registrations.lists import PEOPLE_COLUMNS
from symposia.registrations.models import Registration
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search


class StudyState(TextChoices):
    """How far a learner is with the lessons."""

    NOT_BEGUN = "not_begun", _("Not begun")
    BEGUN = "begun", _("Studying")
    DONE = "done", _("Lessons done")


STUDY_TONES: dict[str, str] = {
    StudyState.NOT_BEGUN: "",
    StudyState.BEGUN: "info",
    StudyState.DONE: "ok",
}
_NUMBER = IntegerField()


def _of_lessons(which: Q, number: Any) -> Coalesce:
    rows = Lesson.objects.filter(which, activity=OuterRef("activity"), is_required=True)
    return _alone(rows.order_by().values("activity"), number)


def _of_progress(which: Q, number: Any) -> Coalesce:
    rows = Progress.objects.filter(which, registration=OuterRef("pk"))
    return _alone(rows.order_by().values("registration"), number)


def _alone(grouped: Any, number: Any) -> Coalesce:
    counted = Subquery(grouped.annotate(found=number).values("found")[:1], output_field=_NUMBER)
    return Coalesce(counted, 0)


def _learners(access: Any, **kwargs: Any) -> Rows:
    """Everybody with a place at an activity that has lessons, with how far they are."""
    rows = Registration.objects.visible_to(access, Permission.VIEW_ATTENDANCE).confirmed()
    rows = rows.with_people().filter(Exists(Course.objects.filter(activity=OuterRef("activity"))))
    last = Progress.objects.filter(registration=OuterRef("pk")).order_by()
    found = rows.annotate(
        asked=_of_lessons(Q(), Count("pk")),
        done=_of_progress(Q(completed_at__isnull=False, lesson__is_required=True), Count("pk")),
        spent=_of_progress(Q(), Sum("seconds")),
        heard=Subquery(last.values("registration").annotate(x=Max("heard_at")).values("x")[:1]),
        confirmed=Exists(Confirmation.objects.filter(registration=OuterRef("pk"))),
    ).annotate(
        minutes=F("spent") / 60,
        state_of_study=Case(
            When(asked__gt=0, done__gte=F("asked"), then=Value(StudyState.DONE.value)),
            When(confirmed=True, then=Value(StudyState.BEGUN.value)),
            default=Value(StudyState.NOT_BEGUN.value),
            output_field=CharField(choices=StudyState.choices),
        ),
    )
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


PROGRESS = ListOf(
    name="activity_progress",
    title=_("Progress of learners"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_learners,
    columns=(
        *PEOPLE_COLUMNS[:3],
        Column(
            "study",
            _("Lessons"),
            ExpressionWrapper(
                F("state_of_study"), output_field=CharField(choices=StudyState.choices)
            ),
            kind="state",
            tone=lambda each: STUDY_TONES[each.state_of_study],
        ),
        Column("done", _("Done"), "done", kind="n"),
        Column("asked", _("Of"), "asked", kind="n"),
        Column("minutes", _("Minutes spent"), "minutes", kind="n"),
        Column("heard", _("Last seen studying"), "heard", kind="moment"),
        Column("activity", _("Activity"), "activity__number", kind="id", in_page=False),
    ),
    filters=(
        Search("q", _("Name or number"), _search),
        Choice("study", _("Lessons"), "state_of_study", StudyState.choices),
    ),
    sort="clinician__search_text",
    empty=_("Nobody has a place yet; whoever registers finds the lessons by a personal link."),
)


def _courses(access: Any, **_kwargs: Any) -> Rows:
    rows: Rows = Course.objects.visible_to(access).select_related("activity")
    lessons = Lesson.objects.filter(activity=OuterRef("activity")).order_by().values("activity")
    found: Rows = rows.annotate(
        lessons=_alone(lessons, Count("pk")), minutes=_alone(lessons, Sum("minutes"))
    )
    return found


COURSES = ListOf(
    name="courses",
    title=_("Courses to study"),
    permission=Permission.VIEW_PEOPLE_OF_ACTIVITY,
    rows=_courses,
    columns=(
        Column("number", _("Number"), "activity__number", sort="activity__number", kind="id"),
        Column(
            "title",
            _("Activity"),
            "activity__title",
            sort="activity__title",
            url=lambda each: ("activity_course", [each.activity_id]),
        ),
        Column("lessons", _("Lessons"), "lessons", kind="n"),
        Column("minutes", _("Minutes"), "minutes", kind="n"),
        Column("state", _("State"), "activity__state"),
    ),
    filters=(Search("q", _("Number or words"), _search),),
    sort="activity__title",
    empty=_("Enduring material has lessons: plan one, or offer a recording as one."),
)


COMPLETION_TONES: dict[str, str] = {
    Completion.OPEN: "info",
    Completion.PASSED: "ok",
    Completion.COMPLETED: "ok",
    Completion.FAILED: "warn",
}


def _attempts(access: Any, **kwargs: Any) -> Rows:
    """Every go of a learner at a package."""
    rows: Rows = PackageAttempt.objects.visible_to(access).annotate(
        percent_scored=Cast(Round(F("score") * 100), _NUMBER), minutes=F("seconds") / 60
    )
    rows = rows.select_related("registration__clinician", "lesson", "package", "activity")
    return rows.filter(activity=kwargs["activity_pk"]) if kwargs else rows


def _search_attempts(rows: Any, text: str) -> Any:
    found = Registration.objects.search(text)
    return rows.filter(Q(registration__in=found) | Q(lesson__title__icontains=text))


ATTEMPTS = ListOf(
    name="package_attempts_list",
    title=_("Attempts at packages"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_attempts,
    columns=(
        Column(
            "name",
            _("Name"),
            "registration__clinician__full_name",
            sort="registration__clinician__search_text",
            url=lambda each: ("registration", [each.registration_id]),
        ),
        Column("lesson", _("Lesson"), "lesson__title", sort="lesson__title"),
        Column("number", _("Attempt"), "number", kind="n"),
        Column("package", _("Version"), "package__number", kind="n"),
        Column(
            "completion",
            _("State"),
            "completion",
            sort="completion",
            kind="state",
            tone=lambda each: COMPLETION_TONES[each.completion],
        ),
        Column("percent", _("Score, %"), "percent_scored", kind="n"),
        Column("minutes", _("Minutes, as it says"), "minutes", kind="n"),
        Column("begun", _("Begun"), "begun_at", "begun_at", kind="moment"),
        Column("heard", _("Last heard of"), "heard_at", "heard_at", kind="moment"),
        Column("commits", _("Commits"), "version", kind="n", in_page=False),
        Column("activity", _("Activity"), "activity__number", kind="id", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or lesson"), _search_attempts),
        Choice("completion", _("State"), "completion", Completion.choices),
    ),
    sort="-heard_at",
    empty=_("Nobody has opened a package yet."),
)

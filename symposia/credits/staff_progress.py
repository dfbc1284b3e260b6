"""How far the people of a group of staff are: places, what each still owes, credit.

Whether something is done is told, never what was answered: no result of a test and no sheet of an
evaluation is read here.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DecimalField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.assessment.models import AttemptResult, EvaluationForm, KnowledgeTest, Response
from symposia.attendance.models import PresenceEvidence
from symposia.credits.models import Certificate, CreditEntry
from symposia.directory.models import Clinician, StaffGroup
from symposia.directory.models.people import ClinicianQuerySet
from symposia.learning.models import Lesson, Progress, Requirement
from symposia.registrations.models import Registration, State
from symposia.registrations.staff_rules import modes_closed
from symposia.shared.lists import Rows

# What is longer over is no longer a manager's matter.
LOOKS_BACK = timedelta(days=365)
STANDINGS = (
    ("waiting", _("No place yet")),
    ("to_come", _("To come")),
    ("missed", _("Not there")),
    ("owes", _("Not finished")),
    ("done", _("Done")),
)
STANDING_TONES = {"waiting": "info", "to_come": "", "missed": "stop", "owes": "warn", "done": "ok"}
# What may be left, in the order in which it is done.
OWED = (
    ("pre_test", _("Pre-test")),
    ("lessons", _("Lessons")),
    ("post_test", _("Post-test")),
    ("evaluation", _("Evaluation")),
    ("claim", _("Claim of the credit")),
)
_HOURS = DecimalField(max_digits=9, decimal_places=2)


def staff_led(access: Access, group_pk: uuid.UUID | None = None) -> ClinicianQuerySet:
    """The people of the groups that somebody looks after today, or of one of them."""
    day = local_day()
    groups = StaffGroup.objects.led_by(access.user_id, day)
    return (groups.filter(pk=group_pk) if group_pk else groups).people_on(day)


def progress_rows(people: ClinicianQuerySet, access: Access, at: datetime) -> Rows:
    """Places of some people at what is to come or over for less than a year, each with its
    standing and what is owed."""
    rows = Registration.objects.current().filter(
        clinician__in=people.values("pk"), activity__ends_at__gt=at - LOOKS_BACK
    )
    rows = rows.exclude(activity__mode__in=modes_closed(access)).with_people()
    told = rows.annotate(
        seen=Exists(PresenceEvidence.objects.filter(registration=OuterRef("pk"))),
        is_studied=Exists(Requirement.objects.filter(activity=OuterRef("activity"))),
        credit=_credit(),
        has_certificate=Exists(Certificate.objects.filter(registration=OuterRef("pk"))),
    )
    told = told.annotate(took_part=Q(state=State.CONFIRMED) & (Q(seen=True) | Q(is_studied=True)))
    told = told.annotate(
        owes_pre_test=_owes(_asks("pre_test") & ~_met("pre")),
        owes_lessons=_owes(_asks("content") & Q(_lessons_left())),
        owes_post_test=_owes((_asks("post_test") | _waits_for_test()) & ~_met("post")),
        owes_evaluation=_owes((_asks("evaluation") | _evaluates(at)) & ~_answered()),
    ).annotate(owes_claim=_owes(_asks("claim") & Q(credit=0, has_certificate=False)))
    return told.annotate(standing=_standing(at))


def _credit() -> Coalesce:
    entries = CreditEntry.objects.filter(registration=OuterRef("pk")).order_by()
    summed = entries.values("registration").annotate(n=Sum("amount")).values("n")
    return Coalesce(Subquery(summed[:1]), 0, output_field=_HOURS)


def _owes(condition: Q) -> Any:
    return ExpressionWrapper(Q(took_part=True) & condition, output_field=BooleanField())


def _asks(kind: str) -> Q:
    return Q(Exists(Requirement.objects.filter(activity=OuterRef("activity"), kind=kind)))


def _waits_for_test() -> Q:
    tests = KnowledgeTest.objects.filter(purpose="post", state="open", is_required=True)
    return Q(Exists(tests.filter(activity=OuterRef("activity")))) & Q(is_studied=False)


def _met(purpose: str) -> Q:
    """Passed it, or handed it in where nobody can fail."""
    results = AttemptResult.objects.filter(
        attempt__registration=OuterRef("pk"), attempt__test__purpose=purpose
    )
    return Q(Exists(results.filter(Q(passed=True) | Q(attempt__test__pass_mark=None))))


def _lessons_left() -> Exists:
    done = Progress.objects.filter(
        registration=OuterRef(OuterRef("pk")), lesson=OuterRef("pk"), completed_at__isnull=False
    )
    lessons = Lesson.objects.filter(activity=OuterRef("activity"), is_required=True)
    return Exists(lessons.filter(~Exists(done)))


def _evaluates(at: datetime) -> Q:
    forms = EvaluationForm.objects.filter(activity=OuterRef("activity"))
    return Q(Exists(forms)) & Q(is_studied=False, activity__ends_at__lte=at)


def _answered() -> Q:
    return Q(Exists(Response.objects.filter(registration=OuterRef("pk"))))


def _standing(at: datetime) -> Case:
    is_over = Q(activity__ends_at__lte=at)
    owed = Q(pk__in=[])
    for code, _label in OWED:
        owed |= Q(**{f"owes_{code}": True})
    return Case(
        When(~Q(state=State.CONFIRMED), then=Value("waiting")),
        When(Q(is_studied=False) & ~is_over, then=Value("to_come")),
        When(Q(is_studied=False, seen=False), then=Value("missed")),
        When(owed, then=Value("owes")),
        default=Value("done"),
        output_field=CharField(choices=list(STANDINGS)),
    )


def owed_words(row: Any) -> str:
    """What a row of `progress_rows` still owes, in the order in which it is done."""
    return ", ".join(str(label) for code, label in OWED if getattr(row, f"owes_{code}"))


@dataclass(frozen=True)
class Matrix:
    """People beside activities: where each stands with each, or nothing."""

    activities: tuple[Activity, ...]
    lines: tuple[tuple[Clinician, tuple[Any, ...]], ...]
    # How many activities there are beyond those that fit beside one another.
    beyond: int = 0


def matrix_of(people: Sequence[Clinician], rows: Sequence[Any], *, most: int = 6) -> Matrix:
    """Some people and their places as a table, the latest activities first."""
    found = {row.activity_id: row.activity for row in rows}
    latest = sorted(found.values(), key=lambda each: (each.starts_at, each.pk), reverse=True)
    held = {(row.clinician_id, row.activity_id): row for row in rows}
    shown = latest[:most]
    lines = tuple(
        (person, tuple(held.get((person.pk, each.pk)) for each in shown)) for person in people
    )
    return Matrix(tuple(shown), lines, max(0, len(latest) - most))

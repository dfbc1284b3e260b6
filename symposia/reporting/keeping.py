"""Whether something may be removed: no hold stands over it, and its clock has run out."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from symposia.accounts.queries import local_day
from symposia.activities.models import Activity, ContentVersion
from symposia.learning.models import Lesson
from symposia.reporting.binder_rules import objection_to_removing
from symposia.reporting.models import LegalHold
from symposia.reporting.retention import FROM_END, Clock, clock_for, clocks_on
from symposia.shared.refusals import Objection
from symposia.work.holding import keeps_files, keeps_rows
from symposia.work.models import StoredFile

# Which key of a hold speaks of a table, and by which of the table's own.
_SUBJECTS: dict[str, dict[str, str]] = {
    "activities.Activity": {"activity": "pk"},
    "directory.Clinician": {"clinician": "pk"},
    "credits.ImportedCredit": {"activity": "activity", "clinician": "clinician"},
    "reporting.PastDisclosure": {"activity": "activity"},
}


@keeps_files("retention")
def objection_to_dropping_file(file: StoredFile) -> Objection | None:
    """Why a file stays: a hold over what it is of, or the clock of its kind."""
    subject = [file.subject_id] if file.subject_id else []
    activities = [*subject, *_activities_showing(file)]
    hold = LegalHold.objects.over(activities, subject).first()
    today = local_day()
    clock = clock_for(file.purpose, today)
    until = clock.until(_began(file, clock, activities)) if clock else None
    kind, citation = (str(clock.title), clock.citation) if clock else ("", "")
    return objection_to_removing(hold, until, kind, citation, today=today)


def _activities_showing(file: StoredFile) -> list[uuid.UUID]:
    """The activities whose learners see a file, which is kept under its content or lesson."""
    content = ContentVersion.objects.filter(file=file.pk).values_list("item__activity", flat=True)
    lessons = Lesson.objects.filter(Q(file=file.pk) | Q(captions=file.pk))
    return [*content, *lessons.values_list("activity", flat=True)]


def _began(file: StoredFile, clock: Clock, activities: list[uuid.UUID]) -> date:
    """The day from which its clock runs: the end of its activity, or when it came in."""
    if clock.counted == FROM_END and activities:
        held = Activity.objects.filter(pk__in=activities).order_by("-ends_at").first()
        if held:
            ended: date = held.wall_ends.date()
            return max(ended, local_day(file.made_at))
    return local_day(file.made_at)


@keeps_rows("holds")
def objection_to_deleting_rows(rows: QuerySet[Any]) -> Objection | None:
    """Why records stay: a hold stands over one of them, or over everything."""
    over = Q(activity=None, clinician=None)
    for name, key in _SUBJECTS.get(rows.model._meta.label, {}).items():
        over |= Q(**{f"{name}__in": rows.order_by().values(key)})
    hold = LegalHold.objects.standing().filter(over).order_by("put_at", "pk").first()
    return objection_to_removing(hold, None, "", "", today=local_day())


@dataclass(frozen=True)
class KeptKind:
    """One kind of record: its clock, how many files there are, and until when they are kept."""

    clock: Clock
    files: int
    first_until: date | None
    last_until: date | None


def kinds_kept() -> list[KeptKind]:
    """What is kept and until when, kind by kind; days by when the files came in."""
    rows = StoredFile.objects.kept().order_by().values("purpose")
    counted = {
        row["purpose"]: row
        for row in rows.annotate(n=Count("pk"), first=Min("made_at"), last=Max("made_at"))
    }
    return [_kept(clock, counted) for clock in clocks_on(local_day())]


def _kept(clock: Clock, counted: dict[str, Any]) -> KeptKind:
    found = [counted[each] for each in clock.purposes if each in counted]
    first = min((row["first"] for row in found), default=None)
    last = max((row["last"] for row in found), default=None)
    return KeptKind(
        clock,
        sum(row["n"] for row in found),
        clock.until(local_day(first)) if first else None,
        clock.until(local_day(last)) if last else None,
    )

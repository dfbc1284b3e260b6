from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Value, When
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.assessment.models import AttemptResult, Purpose
from symposia.directory.models import Clinician
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search

_GATE = Permission.VIEW_CREDITS


def _results(access: Access, activity_pk: UUID | None = None) -> Rows:
    """What attempts came to, of activities whose learners this person may see; of one, or all."""
    seen = Activity.objects.visible_to(access, _GATE)
    rows = AttemptResult.objects.filter(
        activity__in=seen.filter(pk=activity_pk) if activity_pk else seen
    )
    return rows.select_related("activity", "attempt__test", "attempt__registration__clinician")


def _search(rows: Any, text: str) -> Any:
    found = Clinician.objects.search(text).values("pk")
    return rows.filter(attempt__registration__clinician__in=found)


OUTCOMES = [
    ("passed", _("Passed")),
    ("not_yet", _("Not there yet")),
    ("done", _("Done")),
]
_OUTCOME = Case(
    When(passed=True, then=Value("passed")),
    When(passed=False, then=Value("not_yet")),
    default=Value("done"),
    output_field=CharField(choices=OUTCOMES),
)
_COLUMNS = (
    Column("activity", _("Activity"), "activity__number", kind="id", in_page=False),
    Column("name", _("Learner"), "attempt__registration__clinician__full_name"),
    Column("test", _("Test"), "attempt__test__purpose", sort="attempt__test__purpose"),
    Column("attempt", _("Attempt"), "attempt__number", sort="attempt__number", kind="n"),
    Column("percent", _("Per cent"), "percent", sort="percent", kind="n"),
    Column("points", _("Points"), "points", kind="n", in_page=False),
    Column("out_of", _("Of"), "out_of", kind="n", in_page=False),
    Column("outcome", _("Outcome"), _OUTCOME),
    Column("began", _("Begun"), "attempt__started_at", kind="moment", in_page=False),
    Column("finished", _("Handed in"), "finished_at", sort="finished_at", kind="moment"),
)
_FILTERS = (
    Search("q", _("Name or number"), _search),
    Choice("test", _("Test"), "attempt__test__purpose", Purpose.choices),
)
TEST_RESULTS = ListOf(
    name="activity_test_results",
    title=_("Results of tests"),
    permission=_GATE,
    rows=_results,
    columns=_COLUMNS,
    filters=_FILTERS,
    sort="-finished_at",
    empty=_("Nobody has handed in a test yet."),
)

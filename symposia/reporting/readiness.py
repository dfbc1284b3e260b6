"""What reports to bodies add to the rail of an activity."""

from django.db.models import OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from symposia.activities.facts import Fact, Reading
from symposia.activities.models import Activity
from symposia.activities.numbers import number_of, register_numbers
from symposia.reporting.models import DueReport, ImportedActivity
from symposia.reporting.queries import past_of
from symposia.shared.counting import CountOf


def _owed(activity: Activity) -> Reading | None:
    """What bodies still wait for, once the activity is over."""
    if not activity.is_over:
        return None
    owed = number_of(activity, "reports_owed")
    known = number_of(activity, "reports_known")
    link = ("activity_reports", [activity.pk])
    if owed:
        return Reading("now", link=link, detail=ngettext("%d owed", "%d owed", owed) % owed)
    return Reading("done", link=link, detail=_("nothing is owed")) if known else None


def _imported(activity: Activity) -> Reading | None:
    """Of what was held before Symposia: from which row of which file it came."""
    past = past_of(activity) if number_of(activity, "imported") else None
    return Reading("done", detail=past.said_of_file) if past else None


def register_reports() -> None:
    """Let the counts come with the row of the activity."""
    reports = DueReport.objects.filter(activity=OuterRef("pk"))
    marks = ImportedActivity.objects.filter(activity=OuterRef("pk"))
    register_numbers(
        reports_owed=CountOf(reports.open()),
        reports_known=CountOf(reports),
        imported=CountOf(marks),
    )


IMPORTED = Fact("imported", gettext_lazy("Imported"), _imported, order=1)
REPORTS = Fact("reports", gettext_lazy("Reports to bodies"), _owed, order=95)

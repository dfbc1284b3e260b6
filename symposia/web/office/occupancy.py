"""How full an activity was from minute to minute: a plot, a table, every minute as a file."""

import csv
import io
import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.attendance.occupancy import Moment, peak_of
from symposia.attendance.queries import occupancy_by_minute
from symposia.shared.lists import as_text
from symposia.web.gates import requires
from symposia.web.occupancy_chart import evening, rows_of
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.requests import UserRequest


@require_GET
@requires(Permission.VIEW_ATTENDANCE)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The line of the evening, and its numbers."""
    activity = activity_or_404(request, pk, Permission.VIEW_ATTENDANCE)
    return render(request, "office/occupancy/page.html", _context(activity))


@require_GET
@requires(Permission.VIEW_ATTENDANCE)
def minutes_csv(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Every minute with its numbers."""
    activity = activity_or_404(request, pk, Permission.VIEW_ATTENDANCE)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_("Minute"), _("In the room"), _("Online"), _("Together")])
    for each in occupancy_by_minute(activity):
        writer.writerow([as_text(each.at), each.room, each.online, each.all])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{activity.number}-occupancy.csv"'
    return response


def _context(activity: Activity) -> dict[str, Any]:
    moments: list[Moment] = occupancy_by_minute(activity)
    step, rows = rows_of(moments)
    return {
        "activity": activity,
        "moments": moments,
        "drawn": evening(moments),
        "peak": peak_of(moments),
        "step": step,
        "rows": rows,
    }

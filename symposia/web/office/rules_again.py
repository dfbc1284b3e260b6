"""The rules of a request once more, as they were: does the same pack still say the same?"""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.compliance.queries import findings_of, latest_evaluation, rerun
from symposia.web.gates import requires
from symposia.web.office.approval_sight import asked_or_404
from symposia.web.requests import UserRequest


@require_GET
@requires(Permission.VIEW_APPROVALS)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Each finding beside what the same version of its pack says now of the same facts."""
    asked = asked_or_404(request, pk)
    evaluation = latest_evaluation(asked.subject_type, asked.subject_id)
    if evaluation is None:
        raise Http404
    rows = [
        {"finding": finding, "again": again, "holds": again.message == finding.message}
        for finding, again in zip(findings_of(evaluation), rerun(evaluation), strict=True)
    ]
    context = {
        "asked": asked,
        "evaluation": evaluation,
        "rows": rows,
        "is_same": all(row["holds"] for row in rows),
    }
    return render(request, "office/approvals/rules_again.html", context)

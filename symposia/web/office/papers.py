"""All papers of an activity at once: what one may fetch one by one, as one archive."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.activities.actions.taking_home import take_papers_home
from symposia.activities.vault import papers_for
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.requests import UserRequest
from symposia.work.tickets import Ticket, archive_url


@require_GET
@requires(Permission.VIEW_ACTIVITIES, Permission.EXPORT)
def take_home(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Note who takes them, and go on to where people's files are served."""
    activity = activity_or_404(request, pk)
    papers, kept_back = papers_for(request.access, activity, at=now())
    if not papers:
        messages.info(request, _("Nothing was handed in yet that you may take with you."))
        return redirect("activity_tasks", pk)
    take_papers_home(activity, files=len(papers), kept_back=kept_back, by=request.actor)
    return redirect(archive_url(Ticket(request.organisation.pk, request.user.pk, activity.pk)))

"""The slides of an activity for whoever runs it: how far each is, and the files that are released.

What reviewers said, versions that wait and disclosures are on other pages, for other people.
"""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.activities.content_lists import STANDING_TONES
from symposia.activities.models import ContentItem, Standing
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import workspace
from symposia.web.requests import UserRequest

SEES = Permission.VIEW_ACTIVITIES


@require_GET
@requires(SEES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Everything learners will see, and of what a reviewer released the file."""
    context = workspace(request, pk, "activity_slides")
    items = ContentItem.objects.visible_to(request.access, SEES).with_standing().of(pk)
    context["items"] = [
        (item, STANDING_TONES[standing], Standing(standing).label)
        for item in items
        if (standing := item.standing)  # type: ignore[attr-defined]  # annotated
    ]
    return render(request, "office/content/slides.html", context)

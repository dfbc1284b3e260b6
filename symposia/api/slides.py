"""Slides for whoever runs an activity: how far each is, and the file of what is released."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router

from symposia.accounts.permissions import Permission
from symposia.activities.content_lists import SLIDES
from symposia.activities.models import ContentItem
from symposia.api.gates import allowed
from symposia.api.kept_files import KeptFileOut, file_out
from symposia.api.lists import list_route

router = Router(tags=["content"])
list_route(router, SLIDES)


@router.get("/{uuid:pk}/file", response=KeptFileOut, operation_id="released_slides")
@allowed(Permission.VIEW_ACTIVITIES)
def released(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Where the file is that a reviewer released; nothing of what waits or was sent back."""
    rows = ContentItem.objects.visible_to(request.access, Permission.VIEW_ACTIVITIES)
    item: Any = get_object_or_404(rows.with_standing(), pk=pk)
    return file_out(request, item.released_file)

"""Which parts of the map somebody holds, or will."""

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from symposia.accounts.open_work import OpenWork, knows_open_work
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.directory.models import Assignment, Segment


def territories_of(user_id: uuid.UUID) -> QuerySet[Assignment]:
    """Those held today or later; their doctors come with them."""
    return Assignment.objects.not_over(local_day()).filter(membership__user_id=user_id)


def segments_of(user_id: uuid.UUID) -> QuerySet[Segment]:
    """Groups of people that they keep, for themselves or for all."""
    return Segment.objects.standing().filter(owner_id=user_id)


def register_open_work() -> None:
    """Tell accounts what somebody holds here."""
    held = OpenWork(
        _("Territories with their doctors"),
        Permission.VIEW_DIRECTORY,
        territories_of,
        "territory",
        title="territory__name",
        key="territory_id",
    )
    knows_open_work("territories", held)
    kept = OpenWork(
        _("Segments of the directory"),
        Permission.VIEW_DIRECTORY,
        segments_of,
        "segments",
        title="name",
        has_page=False,
        needs=Permission.VIEW_DIRECTORY,
    )
    knows_open_work("segments", kept)

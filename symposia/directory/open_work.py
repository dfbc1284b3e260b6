"""Which parts of the map somebody holds, or will."""

import uuid

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from symposia.accounts.open_work import OpenWork, knows_open_work
from symposia.accounts.permissions import Permission
from symposia.directory.models import Assignment


def territories_of(user_id: uuid.UUID) -> QuerySet[Assignment]:
    """Those held today or later; their doctors come with them."""
    return Assignment.objects.not_over(localdate()).filter(membership__user_id=user_id)


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

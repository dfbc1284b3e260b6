"""What somebody still owes doctors when they leave."""

import uuid

from django.utils.translation import gettext_lazy as _

from symposia.accounts.open_work import OpenWork, knows_open_work
from symposia.accounts.permissions import Permission
from symposia.engagement.models import FollowUp, FollowUpQuerySet


def follow_ups_of(user_id: uuid.UUID) -> FollowUpQuerySet:
    """Those that are not closed."""
    return FollowUp.objects.open().owned_by(user_id)


def register_open_work() -> None:
    """Tell accounts who follows whom up."""
    work = OpenWork(
        _("Follow-ups"),
        Permission.INVITE,
        follow_ups_of,
        "follow_up",
        title="activity__title",
        needs=Permission.INVITE,
        reached=FollowUp.objects.visible_to,
    )
    knows_open_work("follow_ups", work)

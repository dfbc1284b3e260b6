"""What an activity costs, said on its public page and in its invitations."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils import formats
from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.activities.models import Activity
from symposia.finance.models import Fee
from symposia.outreach.facts import invitation_line
from symposia.shared.times import day_at


@invitation_line("price")
def price_of(activity: Activity) -> str:
    """Every fee that somebody may pay still; nothing where it is free."""
    return _said(activity, Fee.objects.of(activity))


def prices_of(activities: Sequence[Activity]) -> dict[uuid.UUID, str]:
    """The same of several activities at once, by their keys."""
    fees: dict[uuid.UUID, list[Fee]] = defaultdict(list)
    for fee in Fee.objects.of_each(activities):
        fees[fee.activity_id].append(fee)
    return {each.pk: _said(each, fees[each.pk]) for each in activities}


def _said(activity: Activity, fees: Iterable[Fee]) -> str:
    today = day_at(now(), activity.zone)
    return "; ".join(_one(each) for each in fees if not each.until_on or today <= each.until_on)


def _one(fee: Fee) -> str:
    said = f"{fee.name}: {fee.amount}"
    if not fee.until_on:
        return said
    return _("%(fee)s until %(day)s") % {
        "fee": said,
        "day": formats.date_format(fee.until_on, "j M Y"),
    }

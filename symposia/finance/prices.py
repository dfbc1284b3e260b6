"""What an activity costs, said on its public page and in its invitations."""

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
    today = day_at(now(), activity.zone)
    fees = [
        each for each in Fee.objects.of(activity) if not each.until_on or today <= each.until_on
    ]
    return "; ".join(_one(each) for each in fees)


def _one(fee: Fee) -> str:
    said = f"{fee.name}: {fee.amount}"
    if not fee.until_on:
        return said
    return _("%(fee)s until %(day)s") % {
        "fee": said,
        "day": formats.date_format(fee.until_on, "j M Y"),
    }

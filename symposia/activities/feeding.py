"""When a personal calendar address may be made, changed or ended. No query, no clock."""

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import CalendarFeed
from symposia.shared.refusals import Objection

# So many addresses one person may have that still answer.
MOST = 10
FEED_ENDED = Objection("feed_ended", _("This address no longer works. Make a new one."))
TOO_MANY_FEEDS = Objection(
    "too_many_feeds", _("You have %(n)s calendar addresses. End one before you make another.")
)


def objection_to_feed(feed: CalendarFeed) -> Objection | None:
    """An address that was taken back answers nobody."""
    return FEED_ENDED if feed.revoked_at else None


def objection_to_more_feeds(living: int) -> Objection | None:
    """A person has only so many living addresses."""
    return TOO_MANY_FEEDS.about(n=living) if living >= MOST else None

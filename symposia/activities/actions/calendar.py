import secrets
from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import User
from symposia.accounts.queries import this_organisation, token_hash
from symposia.activities.feeding import objection_to_feed, objection_to_more_feeds
from symposia.activities.feeds import PREFIX
from symposia.activities.models import CalendarFeed, ClosedDay
from symposia.audit.actions import record
from symposia.directory.models import Territory
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if

# How often it is noted that a feed was read.
NOTED = timedelta(hours=1)


@transaction.atomic
def make_feed(user: User, *, name: str, filters: str = "", by: Actor) -> tuple[CalendarFeed, str]:
    """A secret address of a person's calendar; it is returned once and only its hash is kept."""
    living = CalendarFeed.objects.of(user.pk).living().count()

    refuse_if(objection_to_more_feeds(living))

    secret = _secret()
    feed = CalendarFeed.objects.create(
        user=user, name=name.strip()[:80], filters=filters[:500], token_hash=token_hash(secret)
    )
    record(by, "calendar_feed.made", feed)
    return feed, secret


@transaction.atomic
def rotate_feed(feed: CalendarFeed, *, by: Actor) -> tuple[CalendarFeed, str]:
    """Give a feed another secret; the old address answers no more."""
    feed = CalendarFeed.objects.select_for_update(of=("self",)).get(pk=feed.pk)

    refuse_if(objection_to_feed(feed))

    secret = _secret()
    feed.token_hash, feed.rotated_at = token_hash(secret), now()
    feed.save(update_fields=["token_hash", "rotated_at"])
    record(by, "calendar_feed.rotated", feed)
    return feed, secret


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, by: Actor) -> CalendarFeed:
    """End a feed; whoever reads it next finds nothing."""
    feed = CalendarFeed.objects.select_for_update(of=("self",)).get(pk=feed.pk)

    refuse_if(objection_to_feed(feed))

    feed.revoked_at = now()
    feed.save(update_fields=["revoked_at"])
    record(by, "calendar_feed.revoked", feed)
    return feed


@transaction.atomic
def note_reading(feed: CalendarFeed, *, by: Actor) -> None:
    """Remember about when a feed was read last, so that its owner sees whether anybody does."""
    at = now()
    if feed.last_read_at is None or at - feed.last_read_at > NOTED:
        feed.last_read_at = at
        feed.save(update_fields=["last_read_at"])
        record(by, "calendar_feed.read", feed)


@transaction.atomic
def close_day(day: date, *, name: str, territory: Territory | None = None, by: Actor) -> ClosedDay:
    """Say that nothing is planned on a day; the same day and name again changes nothing."""
    closed, is_new = ClosedDay.objects.get_or_create(
        day=day, name=name.strip(), defaults={"territory": territory}
    )
    if is_new:
        record(by, "closed_day.added", closed)
    return closed


@transaction.atomic
def reopen_day(closed: ClosedDay, *, by: Actor) -> None:
    """Plan on that day as on any other."""
    closed = ClosedDay.objects.select_for_update(of=("self",)).get(pk=closed.pk)
    closed.delete()
    record(by, "closed_day.removed", details={"day": closed.day, "name": closed.name})


def _secret() -> str:
    code = this_organisation().code
    return f"{PREFIX}_{code}_{secrets.token_urlsafe(32).replace('_', '-')}"

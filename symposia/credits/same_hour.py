"""No hour is credited twice by one system: what overlaps with credit held for another activity."""

from collections.abc import Sequence
from datetime import timedelta

from symposia.activities.agenda import merged
from symposia.credits.awarding import LIVE
from symposia.credits.explaining import Explanation, SessionLine, explain_credit
from symposia.credits.models import CreditEntry
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration
from symposia.shared.times import Interval


def credited_elsewhere(explained: Explanation) -> str:
    """The title of another live activity for which this person holds credit of the same system,
    where the minutes of both are more than the time there was; nothing where there is none."""
    offer, activity = explained.offer, explained.activity
    if offer is None or not explained.is_credit or offer.format_key != LIVE:
        return ""
    person = explained.registration.clinician.as_kept
    held = CreditEntry.objects.filter(
        clinician__in=Clinician.objects.of_person(person.pk).values("pk"),
        system=offer.system_id,
        offer__format_key=LIVE,
        activity__starts_at__lt=activity.ends_at,
        activity__ends_at__gt=activity.starts_at,
    ).exclude(registration=explained.registration.pk)
    for registration in Registration.objects.with_people().filter(
        pk__in=held.values("registration")
    ):
        other = explain_credit(registration)
        if other.credit and counted_twice(explained.lines, other.lines):
            return str(other.activity.title)
    return ""


def counted_twice(lines: Sequence[SessionLine], others: Sequence[SessionLine]) -> int:
    """Minutes that cannot be right: of each pair of sessions that overlap, what both count beyond
    the time from the first minute to the last."""
    return sum(
        max(0, one.counted + other.counted - _together(one, other))
        for one in lines
        for other in others
        if one.counted and other.counted and slot_of(one).overlap(slot_of(other))
    )


def _together(one: SessionLine, other: SessionLine) -> int:
    return sum(each.minutes for each in merged((slot_of(one), slot_of(other))))


def slot_of(line: SessionLine) -> Interval:
    """The part of a session that counts for credit."""
    return Interval(line.starts_at, line.starts_at + timedelta(minutes=line.creditable))

"""What activities hold of a person, when two records turn out to be one."""

from collections.abc import Iterator

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.activities.models import Booking
from symposia.directory.duplicates.belongings import belongs_to_people, hinders_merging
from symposia.directory.models import Clinician
from symposia.shared.refusals import Objection

BOOKED_TWICE = Objection(
    "booked_twice",
    _("Both are on the agenda at the same time, at “%(session)s”. Take one of them off first."),
)


@hinders_merging
def two_at_one_time(kept: Clinician, merged: Clinician) -> Iterator[Objection]:
    """Both have a session to come at one time; one person cannot."""
    coming = Booking.objects.filter(clinician__in=[kept, merged], ends_at__gt=now())
    booked = list(coming.select_related("session").order_by("starts_at", "pk"))
    mine = [b for b in booked if b.clinician_id == kept.pk]
    for booking in booked:
        if booking.clinician_id == merged.pk and any(
            b.starts_at < booking.ends_at and booking.starts_at < b.ends_at for b in mine
        ):
            yield BOOKED_TWICE.about(session=booking.session.title)


belongs_to_people(
    "activities.Contributor",
    lambda n: ngettext("what was declared", "what was declared", n),
    both=_(
        "Both have declarations of their own. What was declared stays with the record it was "
        "declared for; where it is missing for the other, they are asked again."
    ),
)
belongs_to_people(
    "activities.SessionFaculty",
    lambda n: ngettext("%(n)s role in a session", "%(n)s roles in sessions", n) % {"n": n},
)
belongs_to_people(
    "activities.Booking",
    lambda n: ngettext("%(n)s booked time", "%(n)s booked times", n) % {"n": n},
    both=_("Both were booked at the same time."),
)

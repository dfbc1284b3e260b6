"""What places hold of a person, when two records turn out to be one."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.directory.duplicates.belongings import belongs_to_people, hinders_merging
from symposia.directory.models import Clinician
from symposia.registrations.models import CURRENT, Registration
from symposia.shared.refusals import Objection

TWO_PLACES = Objection(
    "two_places",
    _("Both have a place at “%(activity)s”, or wait for one. Give one of the two up first."),
)


@hinders_merging
def two_places_to_come(kept: Clinician, merged: Clinician) -> Iterator[Objection]:
    """At something that is not over both take a seat; one of them is somebody else's."""
    held = Registration.objects.filter(state__in=CURRENT)
    theirs = held.filter(clinician=kept, activity=OuterRef("activity"))
    both = held.filter(Exists(theirs), clinician=merged, activity__ends_at__gt=now())
    for registration in both.select_related("activity").order_by("activity__starts_at"):
        yield TWO_PLACES.about(activity=registration.activity.title)


belongs_to_people(
    "registrations.Registration",
    lambda n: ngettext("%(n)s registration", "%(n)s registrations", n) % {"n": n},
    both=_(
        "Both had a place at an activity that is over. The second place stays as it was counted, "
        "with the record that goes."
    ),
)

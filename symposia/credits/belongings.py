"""What the ledger and the register of certificates hold of a person who had two records."""

import uuid
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.activities.models import Activity
from symposia.credits.models import CreditEntry, CreditSystem
from symposia.directory.duplicates.belongings import belongs_to_people, hinders_merging
from symposia.directory.models import Clinician
from symposia.shared.refusals import Objection

CREDITED_TWICE = Objection(
    "credited_twice",
    _(
        "Both hold credit of %(system)s for “%(activity)s”, and one person earns it once. "
        "Revoke one of the two certificates first."
    ),
)


@hinders_merging
def credited_twice(kept: Clinician, merged: Clinician) -> Iterator[Objection]:
    """Both hold credit of one system for one activity."""
    of = {one: set(_held_by(one)) for one in (kept, merged)}
    for activity, system in sorted(of[kept] & of[merged], key=str):
        named = Activity.objects.get(pk=activity).title
        yield CREDITED_TWICE.about(activity=named, system=CreditSystem.objects.get(pk=system).name)


def _held_by(clinician: Clinician) -> Iterator[tuple[uuid.UUID, str]]:
    """Of which activities and systems somebody holds credit, under whichever record."""
    records = Clinician.objects.of_person(clinician.pk)
    entries = CreditEntry.objects.filter(clinician__in=records).order_by()
    sums = entries.values_list("activity_id", "system_id").annotate(Sum("amount"))
    return ((activity, system) for activity, system, held in sums if held > Decimal(0))


belongs_to_people(
    "credits.CreditEntry",
    lambda n: ngettext("%(n)s entry of credit", "%(n)s entries of credit", n) % {"n": n},
)
belongs_to_people(
    "credits.Certificate",
    lambda n: ngettext("%(n)s certificate", "%(n)s certificates", n) % {"n": n},
)

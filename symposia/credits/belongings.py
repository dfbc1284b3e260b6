"""What the ledger and the register of certificates hold of a person who had two records."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.activities.models import Activity
from symposia.credits.models import (
    CreditEntry,
    CreditSystem,
    ExternalCredit,
    ImportedCredit,
    Licence,
)
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

TRACKED_TWICE = Objection(
    "tracked_twice", _("Both track the same licence. One of the two is ended first.")
)
ENTERED_TWICE = Objection(
    "entered_twice",
    _("Both entered the same credit from elsewhere. One of the two is taken or sent back first."),
)


@hinders_merging
def credited_twice(kept: Clinician, merged: Clinician) -> Iterator[Objection]:
    """Both hold credit of one system for one activity."""
    records = Clinician.objects.filter(
        Q(pk__in=[kept.pk, merged.pk]) | Q(merged_into__in=[kept.pk, merged.pk])
    )
    entries = CreditEntry.objects.filter(clinician__in=records).order_by()
    person = Coalesce("clinician__merged_into_id", "clinician_id")
    sums = entries.annotate(person=person).values_list("activity", "system", "person")
    holders = Counter(
        (activity, system)
        for activity, system, _person, held in sums.annotate(Sum("amount"))
        if held > 0
    )
    for activity, system in sorted((key for key, people in holders.items() if people > 1), key=str):
        named = Activity.objects.get(pk=activity).title
        yield CREDITED_TWICE.about(activity=named, system=CreditSystem.objects.get(pk=system).name)


@hinders_merging
def tracked_twice(kept: Clinician, merged: Clinician) -> Iterator[Objection]:
    """Both track the same licence, or both entered the same credit from elsewhere."""
    both = [kept.pk, merged.pk]
    licences = Licence.objects.held().filter(clinician__in=both).with_packs().order_by("pk")
    seen: Counter[str] = Counter(f"{x.pack_id}{x.own_pack_id} {x}" for x in licences)
    if any(count > 1 for count in seen.values()):
        yield TRACKED_TWICE
    external, imported = (
        rows.filter(clinician__in=both)
        .order_by()
        .values("system", "earned_on", "title")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        for rows in (ExternalCredit.objects.standing(), ImportedCredit.objects.standing())
    )
    if external.union(imported).exists():
        yield ENTERED_TWICE


belongs_to_people(
    "credits.CreditEntry",
    lambda n: ngettext("%(n)s entry of credit", "%(n)s entries of credit", n) % {"n": n},
)
belongs_to_people(
    "credits.Certificate",
    lambda n: ngettext("%(n)s certificate", "%(n)s certificates", n) % {"n": n},
)
belongs_to_people(
    "credits.ExternalCredit",
    lambda n: ngettext("%(n)s credit from elsewhere", "%(n)s credits from elsewhere", n) % {"n": n},
)
belongs_to_people(
    "credits.ImportedCredit",
    lambda n: ngettext("%(n)s imported credit", "%(n)s imported credits", n) % {"n": n},
)
belongs_to_people(
    "credits.TranscriptShare",
    lambda n: ngettext("%(n)s shared transcript", "%(n)s shared transcripts", n) % {"n": n},
)
belongs_to_people(
    "credits.Licence",
    lambda n: ngettext("%(n)s tracked licence", "%(n)s tracked licences", n) % {"n": n},
)
belongs_to_people(
    "credits.CreditAppeal",
    lambda n: ngettext("%(n)s appeal about credit", "%(n)s appeals about credit", n) % {"n": n},
)

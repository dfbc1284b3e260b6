"""What the directory itself knows of a person, and what it has against a merge."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.directory.duplicates.belongings import belongs_to_people, hinders_merging
from symposia.directory.models import ChangeRequest, Clinician, Identifier
from symposia.directory.policies.duplicates import TWO_NUMBERS, TWO_WAITING_CHANGES
from symposia.directory.schemes import one_each
from symposia.shared.refusals import Objection

belongs_to_people(
    "directory.Identifier", lambda n: ngettext("%(n)s number", "%(n)s numbers", n) % {"n": n}
)
belongs_to_people(
    "directory.Clinician",
    lambda n: ngettext("%(n)s record merged before", "%(n)s records merged before", n) % {"n": n},
)
belongs_to_people(
    "directory.ChangeRequest",
    lambda n: ngettext("%(n)s change asked for", "%(n)s changes asked for", n) % {"n": n},
)
belongs_to_people(
    "directory.ConsentStatement",
    lambda n: ngettext("%(n)s statement of consent", "%(n)s statements of consent", n) % {"n": n},
)
belongs_to_people(
    "directory.PersonRestriction",
    lambda n: ngettext("%(n)s restriction", "%(n)s restrictions", n) % {"n": n},
)
belongs_to_people(
    "directory.SegmentMember",
    lambda n: ngettext("a place on %(n)s list", "places on %(n)s lists", n) % {"n": n},
    both=_("Both are on the list."),
)


@hinders_merging
def two_numbers(kept: Clinician, merged: Clinician) -> Iterator[Objection]:
    """One register, one number each, and these two have different ones."""
    held = Identifier.objects.filter(clinician__in=[kept, merged], scheme__in=one_each())
    of_register: dict[str, list[Identifier]] = {}
    for number in held.order_by("scheme", "pk"):
        of_register.setdefault(number.scheme, []).append(number)
    for numbers in of_register.values():
        theirs = {number.clinician_id: number for number in numbers}
        if len(theirs) > 1:
            one, other = theirs[kept.pk], theirs[merged.pk]
            told = {"register": one.get_scheme_display(), "one": one, "other": other}
            yield TWO_NUMBERS.about(**{name: str(value) for name, value in told.items()})


@hinders_merging
def two_waiting_changes(kept: Clinician, merged: Clinician) -> Iterator[Objection]:
    """For both somebody waits for a decision on the same field."""
    waiting = ChangeRequest.objects.waiting().filter(clinician__in=[kept, merged])
    asked: dict[tuple[str, ...], ChangeRequest] = {}
    for change in waiting.order_by("field", "pk"):
        what = (change.field, change.scheme, change.issuer, change.was, change.now)
        key = what if change.scheme else what[:1]
        before = asked.setdefault(key, change)
        if before.clinician_id != change.clinician_id:
            yield TWO_WAITING_CHANGES.about(field=change.get_field_display())

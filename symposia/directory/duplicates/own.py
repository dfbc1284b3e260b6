"""What the directory itself knows of a person, and what it has against a merge."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.directory.duplicates.belongings import belongs_to_people, hinders_merging
from symposia.directory.models import ChangeRequest, Clinician
from symposia.directory.policies.duplicates import TWO_NUMBERS, TWO_WAITING_CHANGES
from symposia.directory.schemes import one_each
from symposia.shared.refusals import Objection

belongs_to_people(
    "directory.Identifier", lambda n: ngettext("%(n)s number", "%(n)s numbers", n) % {"n": n}
)
belongs_to_people(
    "directory.Affiliation",
    lambda n: ngettext("%(n)s place of work", "%(n)s places of work", n) % {"n": n},
    both=_("Both work there in the same post."),
)
belongs_to_people(
    "directory.ContactPoint",
    lambda n: ngettext("%(n)s way to reach them", "%(n)s ways to reach them", n) % {"n": n},
    both=_("Both have it."),
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
    "directory.OwnValue",
    lambda n: ngettext("%(n)s field of your own", "%(n)s fields of your own", n) % {"n": n},
    both=_("Both say something: the value that is chosen holds, the other stays where it was."),
)
belongs_to_people(
    "directory.SegmentMember",
    lambda n: ngettext("a place on %(n)s list", "places on %(n)s lists", n) % {"n": n},
    both=_("Both are on the list."),
)
belongs_to_people(
    "directory.StaffMember",
    lambda n: ngettext("a place in %(n)s group", "places in %(n)s groups", n) % {"n": n},
    both=_("Both are in the group."),
)

belongs_to_people(
    "directory.PossibleDuplicate",
    lambda n: ngettext("%(n)s comparison", "%(n)s comparisons", n) % {"n": n},
)
belongs_to_people(
    "directory.Merge", lambda n: ngettext("%(n)s merge", "%(n)s merges", n) % {"n": n}
)


@hinders_merging
def two_numbers(kept: Clinician, merged: Clinician) -> Iterator[Objection]:
    """One register, one number each, and these two have different ones."""
    mine, theirs = (
        {number.scheme: number for number in one.identifiers.all() if number.scheme in one_each()}
        for one in (kept, merged)
    )
    for scheme in sorted(mine.keys() & theirs.keys()):
        told = {"one": str(mine[scheme]), "other": str(theirs[scheme])}
        yield TWO_NUMBERS.about(register=mine[scheme].get_scheme_display(), **told)


@hinders_merging
def two_waiting_changes(kept: Clinician, merged: Clinician) -> Iterator[Objection]:
    """For both somebody waits for a decision on the same field."""
    waiting = ChangeRequest.objects.waiting().filter(clinician__in=[kept, merged])
    asked: dict[tuple[str, ...], ChangeRequest] = {}
    for change in waiting.select_related("own_field").order_by("field", "pk"):
        what = (change.field, change.scheme, change.issuer, change.was, change.now)
        key = what if change.scheme else (*what[:1], str(change.own_field_id or ""))
        before = asked.setdefault(key, change)
        if before.clinician_id != change.clinician_id:
            # What not everybody sees is not named to whoever merges.
            own = change.own_field
            is_kept_back = own is not None and own.permission
            yield TWO_WAITING_CHANGES.about(field=_("Own field") if is_kept_back else change.called)

import uuid

from django.utils.translation import gettext_lazy as _

from symposia.directory.models import Segment, SegmentKind
from symposia.shared.refusals import Objection

SEGMENT_UNNAMED = Objection("segment_unnamed", _("A segment has a name."))
SEGMENT_TAKEN = Objection("segment_taken", _("You already have a segment of this name."))
NO_FILTER = Objection("no_filter", _("Choose a filter on the list of people first, then save it."))
SEGMENT_FILTER_TOO_LONG = Objection(
    "segment_filter_too_long", _("The filter is too long to be kept. Use fewer words in it.")
)
SEGMENT_RETIRED = Objection("segment_retired", _("This segment was retired."))
NOT_MY_SEGMENT = Objection(
    "not_my_segment", _("Only %(owner)s, or whoever manages the directory, changes this.")
)
NOT_A_LIST = Objection(
    "not_a_list", _("People are in this segment by its filter; change the filter instead.")
)
NOBODY_NEW = Objection("nobody_new", _("Everybody you chose is on this list already."))
NOT_ON_LIST = Objection("not_on_list", _("Nobody you chose is on this list."))
LONGEST_QUERY = 1000


def objection_to_saving(name: str, kind: str, query: str, *, taken: bool) -> Objection | None:
    """A segment can be told from the owner's others, and a filter filters: all of it is kept, for
    what is left of a filter that is cut fits more people."""
    if not name.strip():
        return SEGMENT_UNNAMED
    if taken:
        return SEGMENT_TAKEN
    if len(query) > LONGEST_QUERY:
        return SEGMENT_FILTER_TOO_LONG
    return NO_FILTER if kind == SegmentKind.FILTER and not query else None


def objection_to_changing_segment(
    segment: Segment, *, by_id: uuid.UUID | None, manages: bool
) -> Objection | None:
    """It belongs to whoever made it; of the team's, whoever manages the directory may change."""
    if segment.retired_at:
        return SEGMENT_RETIRED
    if segment.owner_id == by_id or (segment.is_shared and manages):
        return None
    return NOT_MY_SEGMENT.about(owner=segment.owner_name)


def objection_to_listing(segment: Segment) -> Objection | None:
    """People are put on lists by hand, and belong to filters by what they are."""
    if segment.retired_at:
        return SEGMENT_RETIRED
    return None if segment.is_list else NOT_A_LIST

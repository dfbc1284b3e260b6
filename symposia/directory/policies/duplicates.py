from datetime import datetime

from django.utils.translation import gettext_lazy as _

from symposia.directory.models import UNDO_FOR, Clinician, Merge, PairState, PossibleDuplicate
from symposia.shared.refusals import Objection

SAME_RECORD = Objection("same_record", _("This is one record, not two."))
ALREADY_MERGED = Objection(
    "already_merged", _("%(name)s was already found to be the same person as somebody else.")
)
KEEP_THE_ACTIVE = Objection(
    "keep_the_active_record",
    _("%(name)s is deactivated and the other is not: keep the active record."),
)
BEHIND_A_WALL = Objection(
    "merge_behind_a_wall",
    _(
        "A part of what these two did is not shown to your role; somebody who sees all of it "
        "merges them."
    ),
)
TWO_NUMBERS = Objection(
    "two_numbers_of_one_register",
    _(
        "%(register)s gives each person one number, and these have %(one)s and %(other)s. "
        "If one of them is wrong, take it away first; else these are two people."
    ),
)
TWO_WAITING_CHANGES = Objection(
    "two_waiting_changes",
    _("For both somebody asked to change: %(field)s. Decide on one of them first."),
)
MERGE_UNDONE = Objection("merge_was_undone", _("This was undone already."))
TOO_LATE_TO_UNDO = Objection(
    "too_late_to_undo", _("A merge is undone within %(days)s days; these have passed.")
)
KEPT_WAS_MERGED = Objection(
    "kept_was_merged",
    _("%(name)s was merged into somebody else since then. Undo that merge first."),
)
NOT_EVERYBODY = Objection(
    "not_everybody", _("Everybody is compared by somebody who sees everybody.")
)
PAIR_MERGED = Objection("pair_was_merged", _("These two were merged; undo the merge instead."))
PAIR_NOT_DISTINCT = Objection("pair_is_not_distinct", _("Nobody said that these are two people."))
DISTINCT_WITHOUT_REASON = Objection(
    "distinct_without_reason",
    _("Write how you know that these are two people; nobody is asked again."),
)
MERGED_RECORD = Objection(
    "merged_record", _("This record was merged into %(name)s; undo the merge to use it again.")
)


def objection_to_merging(
    kept: Clinician, merged: Clinician, *, is_walled: bool
) -> Objection | None:
    """Two records, each of its own, become one; the one that is in use is the one that stays."""
    if kept.pk == merged.pk:
        return SAME_RECORD
    for one in (kept, merged):
        if one.is_merged:
            return ALREADY_MERGED.about(name=one.called)
    if merged.is_active and not kept.is_active:
        return KEEP_THE_ACTIVE.about(name=kept.called)
    return BEHIND_A_WALL if is_walled else None


def objection_to_comparing(*, sees_everybody: bool) -> Objection | None:
    """Whoever looks after a part of the directory does not have all of it compared."""
    return None if sees_everybody else NOT_EVERYBODY


def objection_to_undoing(merge: Merge, *, at: datetime) -> Objection | None:
    """A merge is undone once, while it can still be told what it did, and the last one first."""
    if merge.is_undone:
        return MERGE_UNDONE
    if merge.kept.is_merged:
        return KEPT_WAS_MERGED.about(name=merge.kept.called)
    return TOO_LATE_TO_UNDO.about(days=UNDO_FOR.days) if at > merge.undo_until else None


def objection_to_two_people(pair: PossibleDuplicate, reason: str) -> Objection | None:
    """What is one person already is not two, and whoever says so says how they know."""
    if pair.state == PairState.MERGED:
        return PAIR_MERGED
    return None if reason.strip() else DISTINCT_WITHOUT_REASON


def objection_to_looking_again(pair: PossibleDuplicate) -> Objection | None:
    """Only who was told apart is looked at again."""
    return None if pair.is_distinct else PAIR_NOT_DISTINCT


def objection_to_merged(clinician: Clinician) -> Objection | None:
    """A record that was merged is not used by itself."""
    if not clinician.merged_into:
        return None
    return MERGED_RECORD.about(name=clinician.merged_into.called)

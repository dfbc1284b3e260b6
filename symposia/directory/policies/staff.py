import uuid
from datetime import date

from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import Membership
from symposia.directory.models import GroupManager, Institution, StaffGroup, StaffMember
from symposia.shared.refusals import Objection

GROUP_UNNAMED = Objection("staff_group_unnamed", _("A group has a name."))
GROUP_TAKEN = Objection("staff_group_taken", _("There is a group of this name already."))
GROUP_RETIRED = Objection("staff_group_retired", _("This group was retired."))
NO_HOUSE = Objection(
    "staff_group_without_house", _("Say the institution that the department belongs to.")
)
SELF_APPOINTED = Objection(
    "group_manager_by_themselves",
    _("Nobody appoints themselves, or ends what they look after: ask a colleague."),
)
MANAGER_HAS_LEFT = Objection(
    "group_manager_has_left", _("This person does not work here any more.")
)
NO_WAY_IN = Objection(
    "group_manager_without_role",
    _("No role of this person opens the pages of a group. Give them “Learner” or “Faculty” first."),
)
NOT_BACKDATED = Objection(
    "group_manager_backdated", _("A group is looked after from today on, or later.")
)
DAYS_BACKWARDS = Objection("staff_days_backwards", _("It ends before it begins."))
LOOKS_AFTER_IT = Objection(
    "group_manager_already", _("This person looks after the group on these days already.")
)
NOT_TO_HAND_ON = Objection(
    "licences_not_to_hand_on",
    _("Whoever lets somebody read licences reads everybody's: ask a colleague who does."),
)
MANAGER_OVER = Objection("group_manager_over", _("This is over already."))
ENDS_BACKDATED = Objection("group_manager_ends_past", _("It ends at once, or on a day to come."))
ON_THE_LIST = Objection(
    "staff_on_the_list", _("This person is on the list of the group on these days already.")
)
LISTING_OVER = Objection("staff_listing_over", _("This has ended on an earlier day already."))
LISTING_BACKWARDS = Objection("staff_listing_backwards", _("It ends on its first day, or later."))
NO_STAFF_TO_TAKE = Objection(
    "no_staff_to_take", _("No line says anything that the list does not say already.")
)


def objection_to_group(
    name: str, institution: Institution | None, department: str, *, taken: bool
) -> Objection | None:
    """A group can be told from the others; a department is part of a house."""
    if not name.strip():
        return GROUP_UNNAMED
    if department.strip() and institution is None:
        return NO_HOUSE
    return GROUP_TAKEN if taken else None


def objection_to_changing_group(group: StaffGroup) -> Objection | None:
    """What was retired stays as it was."""
    return GROUP_RETIRED if group.retired_at else None


def objection_to_days(from_on: date, until_on: date | None) -> Objection | None:
    """Days go forwards; without a last one they go on."""
    return DAYS_BACKWARDS if until_on and until_on < from_on else None


def objection_to_appointing(
    membership: Membership,
    from_on: date,
    until_on: date | None,
    *,
    by_id: uuid.UUID | None,
    today: date,
    has_way_in: bool,
) -> Objection | None:
    """The office puts a group into the hands of somebody else who works here and can open its
    pages, not backdated: what was is the record of what was."""
    if membership.user_id == by_id:
        return SELF_APPOINTED
    if membership.ended_at:
        return MANAGER_HAS_LEFT
    if from_on < today:
        return NOT_BACKDATED
    if not has_way_in:
        return NO_WAY_IN
    return objection_to_days(from_on, until_on)


def objection_to_handing_on(*, sees_licences: bool, reads_all: bool) -> Objection | None:
    """Nobody lets others read what they may not read themselves."""
    return NOT_TO_HAND_ON if sees_licences and not reads_all else None


def objection_to_ending_manager(
    manager: GroupManager, on: date | None, *, by_id: uuid.UUID | None, today: date
) -> Objection | None:
    """It ends at once, or on a day that is not over, by somebody else; what is over stays."""
    if manager.membership.user_id == by_id:
        return SELF_APPOINTED
    if manager.is_over(today):
        return MANAGER_OVER
    if on is not None and on < today:
        return ENDS_BACKDATED
    return objection_to_days(manager.from_on, on)


def objection_to_ending_listing(member: StaffMember, on: date) -> Objection | None:
    """A person leaves the list on a day on which they are on it."""
    if member.until_on and member.until_on < on:
        return LISTING_OVER
    return LISTING_BACKWARDS if on < member.from_on else None

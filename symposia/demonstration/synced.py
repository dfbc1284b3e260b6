"""The organisation's own directory keeps some of its people: two came by it, one of them has left
and waits to be reviewed, and one request could not be done."""

from datetime import datetime

import time_machine

from symposia.accounts.actions.synced import (
    DirectoryFacts,
    keep_member,
    note_sync_step,
    suspend_member,
)
from symposia.accounts.actions.synced_groups import (
    GroupChange,
    change_group,
    keep_group,
    map_group,
)
from symposia.accounts.memberships import role_of_code
from symposia.accounts.models import Membership
from symposia.accounts.synced_rules import objection_to_keeping
from symposia.demonstration.thread import Cast
from symposia.directory.actions.segments import SegmentFacts, save_segment
from symposia.directory.models import SegmentKind
from symposia.shared.actors import job_actor

DIRECTORY = job_actor("Directory sync")
COMES, LEAVES = "Ursula Venkat", "Viktor Halvorsen"


def tell_synced(cast: Cast, today: datetime) -> None:
    """Two groups, of which one gives the role of whoever plans; somebody in it leaves."""
    with time_machine.travel(cast.at_work(today, 5), tick=True):
        planners = keep_group(GroupChange("CME planners", "grp-planners"), by=DIRECTORY).group
        map_group(planners, role_of_code(cast.planner), by=cast.actor("administrator"))
        comes, leaves = (_comes(cast, name) for name in (COMES, LEAVES))
        people = GroupChange("CME planners", "grp-planners", added=(comes, leaves))
        change_group(planners, people, by=DIRECTORY)
        _note("Group", "PATCH", "CME planners", 200)
        keep_group(GroupChange("Summer school", "grp-summer"), by=DIRECTORY)
        _note("Group", "POST", "Summer school", 201)
        mine = SegmentFacts("Cardiology, to ask again", kind=SegmentKind.FILTER, query="q=cardio")
        save_segment(mine, by=leaves.user.actor())
    with time_machine.travel(cast.at_work(today, 1), tick=True):
        no_address = objection_to_keeping("shared-desk", "shared-desk", "Front desk")
        _note("User", "POST", "shared-desk", 400, str(no_address))
        suspend_member(leaves, by=DIRECTORY)
        _note("User", "PATCH", leaves.user_name, 200)


def _comes(cast: Cast, name: str) -> Membership:
    address = f"{name.replace(' ', '.').lower()}@{cast.organisation.slug}.example"
    key = f"usr-{name.split(maxsplit=1)[0].lower()}"
    made = keep_member(DirectoryFacts(address, address, name, external_id=key), by=DIRECTORY)
    _note("User", "POST", address, 201)
    return made


def _note(kind: str, operation: str, of: str, status: int, note: str = "") -> None:
    note_sync_step(kind, operation, of=of, status=status, note=note, by=DIRECTORY)

"""On which node an activity's money hangs, and its sums counted on every node above it.

Each writer holds the nodes of a path from the root down, checks them, and adds to all of them in
one statement; a constraint of the database stands behind the check.
"""

import uuid
from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import F

from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.finance.models import BudgetNode, BudgetPlace, NodeMonth
from symposia.finance.models.nodes import COUNTED
from symposia.finance.tree import node_by_rule, sums_of
from symposia.finance.tree_rules import NODE_ABOVE_FULL, objection_to_charging, objection_to_hanging
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.refusals import refuse_if

_BY_MONTH = ("committed", "actual", "charged")


def count_on(path: Collection[uuid.UUID], more: Mapping[str, int], *, is_independent: bool) -> None:
    """Add to a node and to all above it; refused where an envelope does not have it. What is above
    the node is named by no figure: not everybody who spends sees it."""
    nodes = BudgetNode.objects.held(path)
    for node in reversed(nodes):
        objection = objection_to_charging(node, more.get("charged", 0))
        is_own = node is nodes[-1]
        if objection and not is_own:
            objection = NODE_ABOVE_FULL.about(node=nodes[-1].name)
        refuse_if(objection)
    rows = BudgetNode.objects.filter(pk__in=list(path))
    rows.update(**{f"{name}_minor": F(f"{name}_minor") + minor for name, minor in more.items()})
    if is_independent:
        apart = {f"apart_{name}_minor": F(f"apart_{name}_minor") + m for name, m in more.items()}
        rows.filter(is_independent=False).update(**apart)
    _count_in_month(path, more, is_independent=is_independent)


def _count_in_month(
    path: Collection[uuid.UUID], more: Mapping[str, int], *, is_independent: bool
) -> None:
    """The same in this month; its nodes are held."""
    told = {name: more[name] for name in _BY_MONTH if more.get(name)}
    if not told:
        return
    month = local_day().replace(day=1)
    NodeMonth.objects.bulk_create(
        [NodeMonth(node_id=pk, month=month, is_independent=is_independent) for pk in path],
        ignore_conflicts=True,
    )
    rows = NodeMonth.objects.filter(node__in=list(path), month=month, is_independent=is_independent)
    rows.update(**{f"{name}_minor": F(f"{name}_minor") + minor for name, minor in told.items()})


def roll_up(activity: Activity, *, by: Actor) -> None:
    """Count what an activity comes to now on its node and all above; its row is held. An activity
    that hangs nowhere yet is hung by the rule; where no node is for it, nothing is counted."""
    place = BudgetPlace.objects.select_related("node").filter(activity=activity).first()
    place = place or hang_by_rule(activity, by=by)
    if place is None:
        return
    sums = sums_of(activity)
    more = sums.less(place.sums())
    if not any(more.values()):
        return
    count_on(place.node.path, more, is_independent=place.node.is_independent)
    _keep_sums(place, vars(sums))


def hang_by_rule(activity: Activity, *, by: Actor = SYSTEM) -> BudgetPlace | None:
    """Hang an activity on the node that is for it; nothing of it is counted yet."""
    node = node_by_rule(activity)
    if node is None:
        return None
    place = BudgetPlace.objects.create(activity=activity, node=node, set_by_name=by.name)
    record(by, "budget_place.found", place, details={"node": node.code})
    return place


@transaction.atomic
def choose_node(activity: Activity, node: BudgetNode, *, reason: str, by: Actor) -> BudgetPlace:
    """A person says on which node an activity's money hangs, whatever the rule finds; all of it
    goes there, and the new node must have it."""
    activity = Activity.objects.locked(activity.pk)
    place = BudgetPlace.objects.select_related("node").filter(activity=activity).first()

    refuse_if(
        objection_to_hanging(
            node,
            is_independent=activity.is_independent,
            is_there=place is not None and place.node_id == node.pk,
            reason=reason,
        )
    )

    before = place.node.code if place else ""
    place = place or BudgetPlace(activity=activity, node=node)
    _move(place, node)
    place.is_chosen, place.reason, place.set_by_name = True, reason.strip()[:300], by.name
    place.save()
    roll_up(activity, by=by)
    details = {"node": node.code, "before": before}
    record(by, "budget_place.chosen", place, reason=reason, details=details)
    return place


@transaction.atomic
def follow_rule(activity: Activity, *, by: Actor) -> BudgetPlace | None:
    """Hang an activity whose facts changed where the rule finds it now; what a person chose stays,
    and so does what the new node has no money for: its page says so."""
    activity = Activity.objects.locked(activity.pk)
    place = BudgetPlace.objects.select_related("node").filter(activity=activity).first()
    node = node_by_rule(activity)
    if place is None or place.is_chosen or node is None or place.node_id == node.pk:
        return place
    if any(objection_to_charging(each, place.charged_minor) for each in _new_to(place, node)):
        return place
    before = place.node.code
    _move(place, node)
    place.set_by_name = by.name
    place.save()
    record(by, "budget_place.found", place, details={"node": node.code, "before": before})
    return place


@transaction.atomic
def hang_those_that_hang_nowhere(activities: Collection[Activity], *, by: Actor) -> int:
    """Hang activities whose money began before their node was there; how many found one."""
    hung = 0
    for each in sorted(activities, key=lambda activity: activity.pk):
        activity = Activity.objects.locked(each.pk)
        roll_up(activity, by=by)
        hung += BudgetPlace.objects.filter(activity=activity).exists()
    return hung


def _new_to(place: BudgetPlace, node: BudgetNode) -> list[BudgetNode]:
    """The nodes that its sums come to, held together with those they leave."""
    both = BudgetNode.objects.held({*place.node.path, *node.path})
    return [each for each in both if each.pk in node.path and each.pk not in place.node.path]


def _move(place: BudgetPlace, node: BudgetNode) -> None:
    """Take the sums of a place from one path to another; on what both share nothing changes, but
    for its side of the wall where the activity has changed that."""
    left = place.node
    if left.pk != node.pk:
        _new_to(place, node)
        is_same_side = left.is_independent == node.is_independent
        shared = {*left.path} & {*node.path} if is_same_side else set()
        sums = place.sums()
        less = {name: -minor for name, minor in sums.items()}
        count_on({*left.path} - shared, less, is_independent=left.is_independent)
        count_on({*node.path} - shared, sums, is_independent=node.is_independent)
    place.node = node


def _keep_sums(place: BudgetPlace, sums: Mapping[str, int]) -> None:
    for name in COUNTED:
        setattr(place, f"{name}_minor", sums[name])
    place.save(update_fields=[f"{name}_minor" for name in COUNTED])

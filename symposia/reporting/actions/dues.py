"""What is owed to bodies: reckoned from the rules, set aside, taken up."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext

from symposia.accounts.models import User
from symposia.activities.models import APPROVED_ON, OVER, Activity, State
from symposia.audit.actions import record, record_each
from symposia.reporting.due_rules import DueRule, rules_for
from symposia.reporting.models import DueReport, DueState
from symposia.reporting.policies import objection_to_reopening_report, objection_to_waiving
from symposia.reporting.queries import has_learners, systems_offered, to_reckon
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if
from symposia.shared.states import move_each


@transaction.atomic
def reckon_reports(activity: Activity, *, by: Actor) -> list[DueReport]:
    """Note what is owed of an activity; a day on which it takes place later moves what is still
    open, and what is cancelled owes nothing any more."""
    activity = Activity.objects.locked(activity.pk)
    if activity.state == State.CANCELLED:
        return _settled(activity, by)
    if activity.state not in APPROVED_ON or activity.mode == "promotional":
        return []
    kept = {due.kind: due for due in DueReport.objects.filter(activity=activity)}
    rules = rules_for(activity.country, systems_offered(activity), activity.wall_ends.date())
    return [due for rule in rules if (due := _reckoned(rule, activity, kept.get(rule.kind), by))]


def _reckoned(
    rule: DueRule, activity: Activity, kept: DueReport | None, by: Actor
) -> DueReport | None:
    due_on = rule.due_on(activity.wall_starts.date(), activity.wall_ends.date())
    if kept:
        return _moved(kept, due_on, by) if kept.is_open and kept.due_on != due_on else None
    if not rule.is_before and activity.state not in OVER:
        return None
    if rule.learners and not has_learners(activity, rule.boards):
        return None
    made = DueReport.objects.create(
        activity=activity,
        kind=rule.kind,
        due_on=due_on,
        rule=rule.citation[:300],
        owner_id=activity.owner_id,
    )
    record(by, "report.due", made, details={"kind": rule.kind, "due_on": due_on.isoformat()})
    return made


def _settled(activity: Activity, by: Actor) -> list[DueReport]:
    """Nothing is told any more of what will not take place."""
    rows = list(DueReport.objects.of(activity).open().select_for_update(of=("self",)))
    because = gettext("The activity was cancelled.")
    move_each(rows, DueState.WAIVED, waived_because=because)
    record_each(by, "report.waived", rows, reason=because)
    return rows


def _moved(due: DueReport, due_on: object, by: Actor) -> DueReport:
    due.due_on, due.reckoned_at = due_on, now()  # type: ignore[assignment]
    due.save(update_fields=["due_on", "reckoned_at"])
    record(by, "report.due_moved", due)
    return due


def reckon_all_reports(*, by: Actor) -> int:
    """Note what is owed of every activity that is not long past; how many are new or moved."""
    return sum(len(reckon_reports(each, by=by)) for each in to_reckon(now()))


@transaction.atomic
def waive_report(due: DueReport, *, reason: str, by: Actor) -> DueReport:
    """Say that something is not reported, and why."""
    due = DueReport.objects.locked(due.pk)

    refuse_if(objection_to_waiving(due, reason=reason))

    due.move(DueState.WAIVED, waived_because=reason.strip()[:500])
    record(by, "report.waived", due, reason=reason)
    return due


@transaction.atomic
def reopen_report(due: DueReport, *, by: Actor) -> DueReport:
    """Owe again what was set aside."""
    due = DueReport.objects.locked(due.pk)

    refuse_if(objection_to_reopening_report(due, due.activity))

    due.move(DueState.OPEN, waived_because="")
    record(by, "report.reopened", due)
    return due


@transaction.atomic
def take_report(due: DueReport, owner: User, *, by: Actor) -> DueReport:
    """Say who sees to it that a body is told."""
    due = DueReport.objects.locked(due.pk)
    due.owner = owner
    due.save(update_fields=["owner"])
    record(by, "report.taken", due, details={"owner": str(owner)})
    return due

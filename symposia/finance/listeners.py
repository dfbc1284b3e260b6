from symposia.activities.actions.rules import recheck_rules
from symposia.activities.events import ActivityApproved, ActivityCancelled, ActivityConfirmed
from symposia.activities.models import Activity
from symposia.finance.actions import commit_budget, release_commitments
from symposia.finance.events import MoneyPosted
from symposia.finance.models import Kind
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to


@listens_to(ActivityApproved)
def promise_what_was_estimated(event: ActivityApproved) -> None:
    commit_budget(Activity.objects.get(pk=event.activity_id), by=SYSTEM)


@listens_to(ActivityConfirmed)
def promise_what_was_estimated_anew(event: ActivityConfirmed) -> None:
    commit_budget(Activity.objects.get(pk=event.activity_id), by=SYSTEM)


@listens_to(ActivityCancelled)
def release_what_was_promised(event: ActivityCancelled) -> None:
    activity = Activity.objects.get(pk=event.activity_id)
    release_commitments(activity, reason=event.reason, by=SYSTEM)


@listens_to(MoneyPosted)
def look_again_at_a_changed_estimate(event: MoneyPosted) -> None:
    if event.kind == Kind.ESTIMATE:
        recheck_rules(event.activity_id, by=SYSTEM)

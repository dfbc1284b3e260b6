from symposia.activities.actions.rules import recheck_rules
from symposia.activities.events import (
    ActivityApproved,
    ActivityCancelled,
    ActivityConfirmed,
    ActivityReturned,
    AgreementChanged,
    ArrangementChanged,
)
from symposia.activities.models import Activity, Agreement, Arrangement
from symposia.finance.actions.budgets import (
    commit_budget,
    follow_agreement,
    follow_arrangement,
    follow_arrangements,
    release_commitments,
)
from symposia.finance.arrangements import differences_of
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


@listens_to(ArrangementChanged)
def estimate_what_is_arranged(event: ArrangementChanged) -> None:
    """A line follows it while the activity is planned; rules look at its cost in any case."""
    arrangement = Arrangement.objects.get(pk=event.arrangement_id)
    if follow_arrangement(arrangement, by=SYSTEM) is None:
        recheck_rules(event.activity_id, by=SYSTEM)


@listens_to(AgreementChanged)
def estimate_what_is_agreed(event: AgreementChanged) -> None:
    agreement = Agreement.objects.select_related("contributor").get(pk=event.agreement_id)
    follow_agreement(agreement, by=SYSTEM)


@listens_to(ActivityReturned)
def estimate_what_was_arranged_meanwhile(event: ActivityReturned) -> None:
    activity = Activity.objects.get(pk=event.activity_id)
    if differences_of(activity):
        follow_arrangements(activity, by=SYSTEM)


@listens_to(MoneyPosted)
def look_again_at_a_changed_estimate(event: MoneyPosted) -> None:
    if event.kind == Kind.ESTIMATE:
        recheck_rules(event.activity_id, by=SYSTEM)

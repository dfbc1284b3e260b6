from datetime import timedelta

from django.utils.timezone import now

from symposia.activities.actions.rules import recheck_rules
from symposia.activities.events import (
    ActivityApproved,
    ActivityCancelled,
    ActivityChanged,
    ActivityConfirmed,
    ActivityRescheduled,
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
from symposia.finance.actions.charges import end_charge, hand_on_charge
from symposia.finance.actions.placing import follow_rule
from symposia.finance.arrangements import differences_of
from symposia.finance.events import FeeCharged, MoneyPosted
from symposia.finance.models import Kind
from symposia.registrations.events import (
    PlaceCancelled,
    PlaceConfirmed,
    PlaceHandedOn,
    PlacePromoted,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to
from symposia.shared.jobs import defer_named

CHARGE = "finance.charge_registration"
# The facts of an activity by which its node of the budget is found.
HANGS_BY = {"territory", "product", "plan", "wall_starts", "mode"}


@listens_to(PlaceConfirmed)
def charge_whoever_has_a_place(event: PlaceConfirmed) -> None:
    # A job: others wait for the count of places while this event is announced.
    defer_named(CHARGE, registration_id=str(event.registration_id))


@listens_to(PlacePromoted)
def charge_whoever_waited(event: PlacePromoted) -> None:
    defer_named(CHARGE, registration_id=str(event.registration_id))


@listens_to(PlaceCancelled)
def owe_nothing_for_a_place_given_up(event: PlaceCancelled) -> None:
    end_charge(event.registration_id, by=SYSTEM)


@listens_to(PlaceHandedOn)
def owe_for_a_place_taken_over(event: PlaceHandedOn) -> None:
    hand_on_charge(event.registration_id, event.to_id, by=SYSTEM)


@listens_to(FeeCharged)
def look_at_a_fee_once_its_day_is_over(event: FeeCharged) -> None:
    after = max(event.before - now(), timedelta(0))
    defer_named("finance.lapse_unpaid", after=after, charge_id=str(event.charge_id))


@listens_to(FeeCharged)
def remind_of_a_fee_before_its_day(event: FeeCharged) -> None:
    if event.remind_at:
        after = max(event.remind_at - now(), timedelta(0))
        defer_named("finance.remind_of_fee", after=after, charge_id=str(event.charge_id))


@listens_to(ActivityChanged)
def hang_where_it_belongs_now(event: ActivityChanged) -> None:
    if HANGS_BY & {*event.fields}:
        follow_rule(Activity.objects.get(pk=event.activity_id), by=SYSTEM)


@listens_to(ActivityRescheduled)
def hang_in_its_new_period(event: ActivityRescheduled) -> None:
    follow_rule(Activity.objects.get(pk=event.activity_id), by=SYSTEM)


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

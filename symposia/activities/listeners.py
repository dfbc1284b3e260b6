from symposia.accounts.events import MembershipEnded, OrganisationCreated
from symposia.activities.actions.amending import SUBJECT
from symposia.activities.actions.disclosures import lock_statement
from symposia.activities.actions.duties import begin_duties, move_duties
from symposia.activities.actions.handing_over import KINDS, hand_over_activities
from symposia.activities.actions.keeping import release_bookings
from symposia.activities.actions.lifecycle import (
    approve_activity,
    cancel_activity,
    return_activity,
)
from symposia.activities.actions.putting_back import put_back_date
from symposia.activities.actions.rules import recheck_rules, recheck_rules_for, release_faculty
from symposia.activities.events import (
    ActivityApproved,
    ActivityCancelled,
    ActivityChanged,
    ActivityConfirmed,
    ActivityCreated,
    ActivityOpened,
    ActivityPostponed,
    ActivityRescheduled,
    ActivityReturned,
    ContentReviewed,
    DisclosureGiven,
)
from symposia.activities.models import Activity, Contributor, State
from symposia.activities.policies import objection_to_removing_objective
from symposia.activities.queries import activities_of_objectives
from symposia.activities.signed import ACTIVITY_STEPS
from symposia.approvals.actions import set_route
from symposia.approvals.events import (
    ChangeRefused,
    RequestApproved,
    RequestConfirmed,
    RequestRefused,
    RequestReturned,
)
from symposia.compliance.events import FactsStated, RulesChanged
from symposia.curriculum.events import ObjectiveRemoved
from symposia.shared.actors import SYSTEM
from symposia.shared.events import announce, listens_to
from symposia.shared.jobs import defer_named
from symposia.shared.refusals import refuse_if


@listens_to(OrganisationCreated)
def give_default_route(_event: OrganisationCreated) -> None:
    set_route(SUBJECT, name="Activity", steps=ACTIVITY_STEPS, by=SYSTEM)


@listens_to(RequestApproved)
def on_approved(event: RequestApproved) -> None:
    if event.subject_type == SUBJECT:
        approve_activity(Activity.objects.get(pk=event.subject_id), by=event.by)


@listens_to(RequestConfirmed)
def on_confirmed(event: RequestConfirmed) -> None:
    if event.subject_type == SUBJECT:
        announce(ActivityConfirmed(event.subject_id))


@listens_to(RequestReturned)
def on_returned(event: RequestReturned) -> None:
    if event.subject_type == SUBJECT:
        activity = Activity.objects.get(pk=event.subject_id)
        if activity.state == State.IN_APPROVAL:  # else only a later change was returned
            return_activity(activity, reason=event.reason, by=event.by)


@listens_to(RequestRefused)
def on_refused(event: RequestRefused) -> None:
    """A final no ends the activity; the reason is the approver's."""
    if event.subject_type == SUBJECT:
        activity = Activity.objects.get(pk=event.subject_id)
        cancel_activity(activity, reason=event.reason, by=event.by)


@listens_to(ChangeRefused)
def on_change_refused(event: ChangeRefused) -> None:
    """A no to a later change leaves the approved activity as it was: its date is put back."""
    if event.subject_type == SUBJECT and (when := event.was.get("when")):
        activity = Activity.objects.get(pk=event.subject_id)
        put_back_date(activity, when, reason=event.reason, by=event.by)


@listens_to(ObjectiveRemoved)
def keep_objectives_in_use(event: ObjectiveRemoved) -> None:
    """The objective of an activity cannot be taken from under it."""
    refuse_if(objection_to_removing_objective(activities_of_objectives([event.objective_id])))


@listens_to(ActivityChanged)
def look_again_at_a_changed_plan(event: ActivityChanged) -> None:
    recheck_rules(event.activity_id, by=SYSTEM)


@listens_to(ActivityApproved)
def look_again_once_everybodys_role_begins(event: ActivityApproved) -> None:
    recheck_rules(event.activity_id, by=SYSTEM)


@listens_to(ContentReviewed)
def look_again_at_reviewed_content(event: ContentReviewed) -> None:
    recheck_rules(event.activity_id, by=SYSTEM)


@listens_to(DisclosureGiven)
def look_again_where_they_control_content(event: DisclosureGiven) -> None:
    recheck_rules_for(Contributor.objects.get(pk=event.contributor_id), by=SYSTEM)


@listens_to(FactsStated)
def look_again_at_what_was_stated(event: FactsStated) -> None:
    if event.subject_type == SUBJECT:
        recheck_rules(event.subject_id, by=SYSTEM)


@listens_to(RulesChanged)
def look_again_at_every_plan(event: RulesChanged) -> None:
    defer_named("activities.recheck_planned", what=event.what)


@listens_to(ActivityReturned)
def free_the_faculty_of_a_returned_plan(event: ActivityReturned) -> None:
    release_faculty(event.activity_id, by=SYSTEM)


@listens_to(ActivityCancelled)
def free_the_faculty_of_a_cancelled_activity(event: ActivityCancelled) -> None:
    release_faculty(event.activity_id, by=SYSTEM)


@listens_to(ActivityPostponed)
def free_the_faculty_of_a_postponed_activity(event: ActivityPostponed) -> None:
    """Without a day nobody is engaged; a new date engages them again, under its caps."""
    release_faculty(event.activity_id, by=SYSTEM)


@listens_to(ActivityCancelled)
def give_back_what_a_cancelled_activity_kept(event: ActivityCancelled) -> None:
    release_bookings(event.activity_id, by=SYSTEM)


@listens_to(ActivityPostponed)
def give_back_what_a_postponed_activity_kept(event: ActivityPostponed) -> None:
    release_bookings(event.activity_id, by=SYSTEM)


@listens_to(ActivityCreated)
def begin_what_a_new_activity_owes(event: ActivityCreated) -> None:
    begin_duties(Activity.objects.get(pk=event.activity_id), by=SYSTEM)


@listens_to(ActivityChanged)
def begin_what_another_type_owes(event: ActivityChanged) -> None:
    """What the new type owes is added; what the old one asked for stays, ticked or not."""
    if "type" in event.fields:
        begin_duties(Activity.objects.get(pk=event.activity_id), by=SYSTEM)


@listens_to(ActivityChanged)
def move_what_a_changed_activity_owes(event: ActivityChanged) -> None:
    if "wall_starts" in event.fields:
        move_duties(Activity.objects.get(pk=event.activity_id), by=SYSTEM)


@listens_to(ActivityRescheduled)
def move_what_a_rescheduled_activity_owes(event: ActivityRescheduled) -> None:
    move_duties(Activity.objects.get(pk=event.activity_id), by=SYSTEM)


@listens_to(ActivityOpened)
def keep_what_learners_are_told(event: ActivityOpened) -> None:
    """Before anybody engages, the statement of disclosures is locked; rules see that it is."""
    lock_statement(Activity.objects.get(pk=event.activity_id), by=SYSTEM)
    recheck_rules(event.activity_id, by=SYSTEM)


@listens_to(MembershipEnded)
def give_a_leavers_activities_to_the_successor(event: MembershipEnded) -> None:
    hand_over_activities(event.user_id, event.successors_of(*KINDS), by=SYSTEM)

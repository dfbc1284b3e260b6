from symposia.activities.events import ActivityApproved, ActivityChanged, ActivityHeld
from symposia.activities.models import Activity
from symposia.assessment.events import AttemptsAllowed
from symposia.credits.actions.allowing import tell_of_more_attempts
from symposia.credits.actions.offers import designate_offers, refresh_offers
from symposia.credits.queries import registration_of
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to
from symposia.shared.jobs import defer_named


@listens_to(ActivityChanged)
def follow_the_agenda(event: ActivityChanged) -> None:
    refresh_offers(Activity.objects.get(pk=event.activity_id), by=SYSTEM)


@listens_to(ActivityApproved)
def certify_the_offers(event: ActivityApproved) -> None:
    designate_offers(Activity.objects.get(pk=event.activity_id), by=SYSTEM)


@listens_to(ActivityHeld)
def ask_learners_to_finish(event: ActivityHeld) -> None:
    defer_named("credits.ask_to_finish", activity_id=str(event.activity_id))


@listens_to(AttemptsAllowed)
def tell_the_learner(event: AttemptsAllowed) -> None:
    registration = registration_of(event.registration_id)
    tell_of_more_attempts(registration, event.purpose, event.attempts, by=SYSTEM)

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.learning.discussing import following_due, news_for, voice_of_place
from symposia.learning.discussion_letters import digest_values
from symposia.learning.discussion_rules import objection_to_reading
from symposia.learning.models import Discussion, Following
from symposia.notifications.actions import queue_message
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if

AT_ONCE = 100


@transaction.atomic
def follow_discussion(
    discussion: Discussion, registration: Registration, *, by: Actor
) -> Following:
    """Hear by mail what is new in a discussion, once a day at most."""
    discussion = Discussion.objects.locked(discussion.pk)

    refuse_if(objection_to_reading(discussion, voice_of_place(registration)))

    known = Following.objects.filter(discussion=discussion, registration=registration).first()
    if known:
        return known
    at = now()
    made = Following.objects.create(
        activity_id=discussion.activity_id,
        discussion=discussion,
        registration=registration,
        begun_at=at,
        told_at=at,
    )
    record(by, "following.begun", made)
    return made


@transaction.atomic
def stop_following(discussion: Discussion, registration: Registration, *, by: Actor) -> None:
    """Hear no more of a discussion; asked for twice it is the same."""
    rows = Following.objects.filter(discussion=discussion, registration=registration)
    for each in rows.select_for_update():
        record(by, "following.ended", each)
        each.delete()


@transaction.atomic
def send_digests(*, by: Actor) -> int:
    """Write to those who follow a discussion in which something is new since they last heard, and
    who did not hear today; a few in a transaction. How many."""
    at = now()
    due = list(following_due(at).select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
    for each in due:
        news = news_for(each).count()
        _tell(each, news, by=by)
        each.told_at = at
        each.save(update_fields=["told_at"])
        record(by, "following.told", each, details={"contributions": news})
    return len(due)


def _tell(following: Following, news: int, *, by: Actor) -> None:
    """How much is new, and the way there: what was said does not travel by mail."""
    registration = following.registration
    clinician = registration.clinician
    if not clinician.email:
        return
    queue_message(
        "learning.discussion_digest",
        to_address=clinician.email,
        to_name=clinician.called,
        language=clinician.language,
        values=digest_values(following.discussion, registration, news),
        about=(registration._meta.label, registration.pk),
        by=by,
    )

from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Session
from symposia.attendance.actions.checks import prove_by_answer
from symposia.audit.actions import record
from symposia.learning.audience_rules import (
    IN_BREAKS,
    SESSION_HAS_AUDIENCE,
    PollFacts,
    counts_as_presence,
    objection_to_audience,
    objection_to_closing_poll,
    objection_to_opening,
    objection_to_poll,
    objection_to_poll_answer,
    objection_to_removing_poll,
    objection_to_results,
    objection_to_taking_part,
)
from symposia.learning.audience_words import opening_said
from symposia.learning.events import AudiencePollClosed
from symposia.learning.models import (
    AudiencePoll,
    AudienceQuestion,
    PollAnswer,
    PollState,
)
from symposia.registrations.models import Registration
from symposia.registrations.queries import activity_as_it_is
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Refused, refuse_if


@transaction.atomic
def prepare_poll(session: Session, facts: PollFacts, *, by: Actor) -> AudiencePoll:
    """Write what a session will ask its audience."""
    refuse_if(IN_BREAKS if session.is_break else None)
    refuse_if(objection_to_poll(facts))

    poll = AudiencePoll.objects.create(
        activity_id=session.activity_id,
        session=session,
        kind=facts.kind,
        question=facts.question.strip(),
        options=list(facts.options),
        highest=facts.highest,
        made_by_name=by.name[:200],
    )
    record(by, "audience_poll.prepared", poll)
    return poll


@transaction.atomic
def remove_poll(poll: AudiencePoll, *, by: Actor) -> None:
    """Take away a poll that was never asked."""
    poll = AudiencePoll.objects.locked(poll.pk)

    refuse_if(objection_to_removing_poll(poll))

    record(by, "audience_poll.removed", poll, details={"question": poll.question})
    poll.delete()


@transaction.atomic
def open_poll(poll: AudiencePoll, *, by: Actor) -> None:
    """Ask it now: on every phone and on the screen of the room. A closed one is asked again."""
    session = Session.objects.select_for_update().get(pk=poll.session_id)
    poll, activity = AudiencePoll.objects.locked(poll.pk), activity_as_it_is(poll.activity_id)
    others = AudiencePoll.objects.of(session).filter(state=PollState.OPEN)
    said = opening_said(session, activity)

    refuse_if(objection_to_opening(poll, others.exclude(pk=poll.pk).first()))
    refuse_if(objection_to_taking_part(activity, None))
    refuse_if(objection_to_audience(session, said=said, at=now()))

    poll.move(PollState.OPEN, opened_at=poll.opened_at or now(), closed_at=None)
    record(by, "audience_poll.opened", poll)


@transaction.atomic
def close_poll(poll: AudiencePoll, *, by: Actor) -> None:
    """Take no more answers."""
    poll = AudiencePoll.objects.locked(poll.pk)

    refuse_if(objection_to_closing_poll(poll))

    poll.move(PollState.CLOSED, closed_at=now())
    record(by, "audience_poll.closed", poll)
    announce(AudiencePollClosed(poll.pk, poll.session_id, poll.activity_id))


@transaction.atomic
def show_results(poll: AudiencePoll, *, is_shown: bool, by: Actor) -> None:
    """Let the room see what was answered, or take it from the screen."""
    poll = AudiencePoll.objects.locked(poll.pk)

    refuse_if(objection_to_results(poll))

    if poll.is_shown == is_shown:
        return
    poll.is_shown = is_shown
    poll.save(update_fields=["is_shown"])
    record(by, "audience_poll.results_shown" if is_shown else "audience_poll.results_hidden", poll)


@transaction.atomic
def answer_poll(
    poll: AudiencePoll, registration: Registration, choices: Sequence[int], *, by: Actor
) -> PollAnswer:
    """Take somebody's answer, or another one while the poll is open. Of whoever takes part online
    it proves that they were there at that moment."""
    place, at = Registration.objects.locked(registration.pk), now()
    poll = AudiencePoll.objects.select_related("session").get(pk=poll.pk)
    activity = activity_as_it_is(poll.activity_id)

    refuse_if(objection_to_taking_part(activity, place))
    refuse_if(objection_to_poll_answer(poll, choices))

    chosen = sorted(choices)
    answer = PollAnswer.objects.to(poll).filter(registration=place).first()
    if answer and answer.choices == chosen:
        return answer
    is_first = answer is None
    answer = answer or PollAnswer(activity=activity, poll=poll, registration=place)
    answer.choices, answer.answered_at = chosen, at
    answer.save()
    record(by, "audience_poll.answered", answer)
    if is_first and counts_as_presence(activity, poll.session, place.attending, at=at):
        prove_by_answer(poll, place, at=at, by=by)
    return answer


@transaction.atomic
def drop_polls_of_session(session: Session, *, by: Actor) -> None:
    """A session leaves the agenda: what was only prepared goes with it. Raises Refused where
    anybody asked, or was asked."""
    polls = list(AudiencePoll.objects.of(session).select_for_update())
    was_used = AudienceQuestion.objects.of(session).exists()

    refuse_if(SESSION_HAS_AUDIENCE if was_used else None)

    for poll in polls:
        if poll.state != PollState.PREPARED:
            raise Refused(SESSION_HAS_AUDIENCE)
        record(by, "audience_poll.removed", poll, details={"question": poll.question})
        poll.delete()

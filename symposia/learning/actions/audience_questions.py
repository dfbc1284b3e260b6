from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext

from symposia.accounts.queries import local_day
from symposia.activities.models import Activity, Session
from symposia.audit.actions import record, record_each
from symposia.directory.models import Clinician
from symposia.learning.actions.telling import tell_answer
from symposia.learning.audience import first_session
from symposia.learning.audience_rules import (
    NO_SESSION,
    objection_to_answer,
    objection_to_asking_after,
    objection_to_audience,
    objection_to_deciding_question,
    objection_to_handing_over,
    objection_to_hiding,
    objection_to_joining,
    objection_to_question,
    objection_to_taking_part,
    objection_to_voting,
)
from symposia.learning.audience_words import opening_said
from symposia.learning.deadlines import answer_due_on
from symposia.learning.events import AudienceQuestionAnswered, AudienceQuestionHanded
from symposia.learning.models import AudienceQuestion, QuestionState, QuestionVote
from symposia.registrations.models import Registration
from symposia.registrations.queries import activity_as_it_is
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Objection, needed, refuse_if


@transaction.atomic
def ask_session(
    session: Session,
    text: str,
    *,
    registration: Registration | None = None,
    is_named: bool,
    by: Actor,
) -> AudienceQuestion:
    """Put a question to a session; it waits for the moderator. Who asked is kept, also where the
    room is not told. Without a place it is asked by faculty or the office."""
    held = _held_place(registration) if registration else None
    activity = _taking_part(session, held)
    asked = AudienceQuestion.objects.of(session).filter(
        registration=held, state=QuestionState.WAITING
    )
    waiting = asked.count() if held else 0

    refuse_if(objection_to_question(text, waiting=waiting))

    question = AudienceQuestion.objects.create(
        activity=activity,
        session=session,
        registration=held,
        asker_name=(held.clinician.called if held else by.name)[:200],
        is_named=is_named,
        text=text.strip(),
    )
    record(by, "audience_question.asked", question)
    return question


@transaction.atomic
def vote_for_question(
    question: AudienceQuestion, registration: Registration, *, by: Actor
) -> QuestionVote:
    """Stand behind a question; whoever does already stays there once."""
    held = _held_place(registration)
    activity = _taking_part(question.session, held)
    question = AudienceQuestion.objects.get(pk=question.pk)

    refuse_if(objection_to_voting(question, is_own=question.registration_id == registration.pk))

    vote, is_new = QuestionVote.objects.get_or_create(
        question=question,
        registration=held,
        defaults={"session_id": question.session_id, "activity": activity},
    )
    if is_new:
        record(by, "audience_question.voted_for", vote)
    return vote


@transaction.atomic
def take_vote_back(question: AudienceQuestion, registration: Registration, *, by: Actor) -> None:
    """Stand behind a question no more; whoever did not is left as they are."""
    held = _held_place(registration)
    _taking_part(question.session, held)

    for vote in QuestionVote.objects.by(held).filter(question=question):
        record(by, "audience_question.vote_taken_back", vote)
        vote.delete()


@transaction.atomic
def show_question(question: AudienceQuestion, *, by: Actor) -> None:
    """Let the room see a question and vote for it."""
    question = AudienceQuestion.objects.locked(question.pk)

    refuse_if(objection_to_deciding_question(question, QuestionState.SHOWN))

    question.move(QuestionState.SHOWN, hidden_because="")
    record(by, "audience_question.shown", question)


@transaction.atomic
def hide_question(question: AudienceQuestion, *, reason: str, by: Actor) -> None:
    """Keep a question from the room; its asker reads why."""
    question = AudienceQuestion.objects.locked(question.pk)

    refuse_if(objection_to_hiding(question, reason=reason))

    question.move(QuestionState.HIDDEN, hidden_because=reason.strip()[:300])
    record(by, "audience_question.hidden", question, reason=reason)


@transaction.atomic
def join_questions(question: AudienceQuestion, other: AudienceQuestion, *, by: Actor) -> None:
    """Take a question as the same as another: whoever asked it, or stands behind it, stands behind
    the other from now on, once. What was handed over is answered with the other: it is the other
    then that waits for medical affairs."""
    first, second = sorted([question.pk, other.pk])
    held = {pk: AudienceQuestion.objects.locked(pk) for pk in (first, second)}
    question, other = held[question.pk], held[other.pk]

    refuse_if(objection_to_joining(question, other))

    question.move(QuestionState.MERGED, merged_into=other)
    record(by, "audience_question.joined", question, details={"with": other.pk})
    for each in AudienceQuestion.objects.filter(merged_into=question).select_for_update():
        each.merged_into = other
        each.save(update_fields=["merged_into"])
        record(by, "audience_question.joined", each, details={"with": other.pk})
    _stand_behind(question, other, by)
    if question.handed_at and _objection_to_handing(other) is None:
        _hand(other, by)
    if other.answer:
        tell_answer(other, [question], by=by)


@transaction.atomic
def mark_answered_in_room(question: AudienceQuestion, *, answer: str = "", by: Actor) -> None:
    """Say that a question was answered in the room, with what was said if it was written down."""
    question = AudienceQuestion.objects.locked(question.pk)

    refuse_if(objection_to_deciding_question(question, QuestionState.ANSWERED))
    if answer.strip():
        refuse_if(objection_to_answer(question, answer))

    _answered(question, answer, by, in_room=True)


@transaction.atomic
def answer_in_writing(question: AudienceQuestion, answer: str, *, by: Actor) -> None:
    """Answer a question in writing: the page of the session shows it, and whoever asked is told by
    mail."""
    question = AudienceQuestion.objects.locked(question.pk)

    refuse_if(objection_to_answer(question, answer))

    _answered(question, answer, by, in_room=question.answered_in_room)


@transaction.atomic
def hand_question_over(question: AudienceQuestion, *, by: Actor) -> None:
    """Mark a question as one for those who answer medical questions about products."""
    question = AudienceQuestion.objects.locked(question.pk)

    refuse_if(_objection_to_handing(question))

    _hand(question, by)


@transaction.atomic
def take_medical_question(
    activity: Activity, clinician: Clinician, text: str, *, by: Actor
) -> AudienceQuestion:
    """Bring a question about a product, that somebody asked after the event, to medical affairs; it
    stands in their list with its deadline, and the room of its session never sees it."""
    activity = Activity.objects.get(pk=activity.pk)
    session = first_session(activity)

    refuse_if(objection_to_asking_after(session, activity, text))

    question = AudienceQuestion.objects.create(
        activity=activity,
        session=needed(session, NO_SESSION),
        clinician=clinician,
        asker_name=clinician.called[:200],
        text=text.strip(),
        state=QuestionState.HIDDEN,
        hidden_because=gettext("Asked after the event; medical affairs answers in writing."),
    )
    record(by, "audience_question.asked", question)
    _hand(question, by)
    return question


def _objection_to_handing(question: AudienceQuestion) -> Objection | None:
    activity = Activity.objects.get(pk=question.activity_id)
    return objection_to_handing_over(question, activity.mode)


def _hand(question: AudienceQuestion, by: Actor) -> None:
    question.handed_at, question.handed_by_name = now(), by.name[:200]
    question.due_on = answer_due_on(local_day())
    question.save(update_fields=["handed_at", "handed_by_name", "due_on"])
    record(by, "audience_question.handed_over", question)
    announce(AudienceQuestionHanded(question.pk, question.activity_id))


def _held_place(registration: Registration) -> Registration:
    """The place of whoever takes part, held: two presses of one person come after each other."""
    held = Registration.objects.locked(registration.pk)
    held.clinician = registration.clinician
    return held


def _taking_part(session: Session, held: Registration | None) -> Activity:
    """The activity as it is, in which somebody may take part now. Raises Refused."""
    activity = activity_as_it_is(session.activity_id)

    refuse_if(objection_to_taking_part(activity, held))
    refuse_if(objection_to_audience(session, said=opening_said(session, activity), at=now()))

    return activity


def _answered(question: AudienceQuestion, answer: str, by: Actor, *, in_room: bool) -> None:
    text = answer.strip()
    facts = {
        "answer": text,
        "answered_in_room": in_room,
        "answered_at": now(),
        "answered_by_name": by.name[:200],
    }
    if question.is_answered:
        for name, value in facts.items():
            setattr(question, name, value)
        question.save(update_fields=list(facts))
    else:
        question.move(QuestionState.ANSWERED, **facts, hidden_because="")
    record(by, "audience_question.answered", question)
    if text:
        joined = AudienceQuestion.objects.filter(merged_into=question)
        tell_answer(question, [question, *joined.order_by("asked_at", "pk")], by=by)
    ids = (question.pk, question.session_id, question.activity_id)
    announce(AudienceQuestionAnswered(*ids, in_writing=bool(text)))


def _stand_behind(question: AudienceQuestion, other: AudienceQuestion, by: Actor) -> None:
    """Those behind one question behind another, where they are not and did not ask it."""
    voted = QuestionVote.objects.filter(question=question).values_list("registration", flat=True)
    asked = [question.registration_id] if question.registration_id else []
    people = {*voted, *asked} - {other.registration_id}
    there = QuestionVote.objects.filter(question=other).values_list("registration", flat=True)
    made = QuestionVote.objects.bulk_create(
        QuestionVote(
            session_id=other.session_id,
            activity_id=other.activity_id,
            question=other,
            registration_id=each,
        )
        for each in sorted(people - set(there), key=str)
    )
    record_each(by, "audience_question.voted_for", made)

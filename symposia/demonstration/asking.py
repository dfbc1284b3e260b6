"""What was asked in a session of the demonstration: questions, votes, polls, and what is left."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import time_machine

from symposia.activities.models import Activity, Session
from symposia.demonstration.days import morning_after
from symposia.demonstration.thread import Cast
from symposia.learning.actions.audience_polls import (
    answer_poll,
    close_poll,
    open_poll,
    prepare_poll,
    show_results,
)
from symposia.learning.actions.audience_questions import (
    answer_in_writing,
    ask_session,
    hand_question_over,
    mark_answered_in_room,
    show_question,
    vote_for_question,
)
from symposia.learning.actions.medical_answers import (
    answer_medical_question,
    decline_medical_question,
)
from symposia.learning.audience_rules import PollFacts
from symposia.learning.models import AudiencePoll, PollKind
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor

# What was asked, and whether the room was told by whom; how many stood behind it.
ASKED = (
    ("Does the hour begin at the door or at the first sign?", True, 9),
    ("What do you give when the lactate comes back late?", False, 5),
    ("Who repeats the cultures at night?", False, 2),
)
POLLS = (
    PollFacts(
        PollKind.SINGLE,
        "What holds you up most in the first hour?",
        ("The lactate", "The lines", "Finding a bed", "Who decides"),
    ),
    PollFacts(
        PollKind.SCALE, "How sure are you of the bundle on your ward?", ("Not at all", "Fully"), 5
    ),
)
PREPARED = (
    PollFacts(PollKind.SINGLE, "Would you treat this patient?", ("Yes", "No", "Ask first")),
    PollFacts(
        PollKind.MULTIPLE,
        "What do you tell the family?",
        ("The chances", "The risks", "What happens without it"),
    ),
)
ANSWER = "At the first sign that is written down. We count from the note of triage."
ANSWERING = 14
# What medical affairs answers, and who reads what comes back.
ABOUT_PRODUCTS = (
    "Does it have to be stopped before an operation?",
    "May it be given in pregnancy?",
    "Is there anything on patients over ninety?",
)
PRODUCT_ANSWER = (
    "Section 4.4 of the summary of product characteristics says when, and for how long."
)
DECLINED = "It is not approved for that, and we have no data that we could send you."
READER = "medical.information@demo.example"


def tell_asking(cast: Cast, held: Activity, soon: Activity) -> None:
    """An hour that was asked much: one question is answered in the room, one in writing, one is
    left; and what the next activity will ask."""
    session = _taught(held)
    people = list(Registration.objects.of(held).confirmed().with_people().order_by("pk"))
    by = cast.actor("coordinator")
    _ask(session, people, by)
    _poll(session, people, by)
    for facts in PREPARED:
        prepare_poll(_taught(soon), facts, by=by)


def tell_handed(cast: Cast, held: Activity) -> None:
    """What was asked about a product: one answered by mail, one declined, one still open."""
    session, by = _taught(held), cast.actor("coordinator")
    people = list(Registration.objects.of(held).confirmed().with_people().order_by("pk"))
    made = []
    for minute, (place, text) in enumerate(zip(people, ABOUT_PRODUCTS, strict=False)):
        with time_machine.travel(_minute(session, 15 + minute), tick=True):
            question = ask_session(
                session, text, registration=place, is_named=False, by=_person(place)
            )
            hand_question_over(question, by=by)
            made.append(question)
    medical = cast.actor("medical_affairs")
    morning = morning_after(session.ends_at, session.activity.zone)
    with time_machine.travel(morning, tick=True):
        answer_medical_question(made[0], PRODUCT_ANSWER, reply_to=READER, by=medical)
        decline_medical_question(made[1], DECLINED, reply_to=READER, by=medical)


def _taught(activity: Activity) -> Session:
    rows = Session.objects.of(activity).filter(creditable_minutes__gt=0)
    return rows.select_related("activity")[0]


def _ask(session: Session, people: Sequence[Registration], by: Actor) -> None:
    made = []
    with time_machine.travel(_minute(session, 12), tick=True):
        for place, (text, is_named, votes) in zip(people, ASKED, strict=False):
            question = ask_session(
                session, text, registration=place, is_named=is_named, by=_person(place)
            )
            show_question(question, by=by)
            for other in people[len(ASKED) : len(ASKED) + votes]:
                vote_for_question(question, other, by=_person(other))
            made.append(question)
    with time_machine.travel(_minute(session, 35), tick=True):
        mark_answered_in_room(made[1], by=by)
    morning = morning_after(session.ends_at, session.activity.zone)
    with time_machine.travel(morning, tick=True):
        answer_in_writing(made[0], ANSWER, by=by)


def _poll(session: Session, people: Sequence[Registration], by: Actor) -> None:
    for number, facts in enumerate(POLLS):
        with time_machine.travel(_minute(session, 20 + 5 * number), tick=True):
            poll = prepare_poll(session, facts, by=by)
            open_poll(poll, by=by)
            _answer(poll, people)
            close_poll(poll, by=by)
            show_results(poll, is_shown=True, by=by)


def _answer(poll: AudiencePoll, people: Sequence[Registration]) -> None:
    """Most agree, as rooms do."""
    places = len(poll.labels)
    for number, place in enumerate(people[:ANSWERING]):
        choice = number % places if number % 3 == 0 else places - 2
        answer_poll(poll, place, [choice], by=_person(place))


def _minute(session: Session, minutes: int) -> datetime:
    return session.starts_at + timedelta(minutes=minutes)


def _person(place: Registration) -> Actor:
    return Actor("link", place.pk, place.clinician.called)

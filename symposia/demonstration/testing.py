"""A small bank of questions about sepsis, and tests that learners took before and after."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import time_machine

from symposia.activities.models import Activity
from symposia.assessment.actions.attempts import begin_attempt, hand_in_attempt
from symposia.assessment.actions.bank import (
    QuestionFacts,
    add_bank_question,
    publish_bank_question,
)
from symposia.assessment.actions.tests import (
    Extra,
    TestFacts,
    allow_more,
    change_test,
    make_test,
    open_test,
)
from symposia.assessment.models import (
    Attempt,
    BankKind,
    BankQuestion,
    CreditRule,
    KnowledgeTest,
    Purpose,
)
from symposia.assessment.policies.tests import PartFacts
from symposia.assessment.queries.attempts import attempt_asked
from symposia.assessment.scoring import Chosen
from symposia.assessment.wording import OptionFacts, Wording
from symposia.curriculum.models import Objective
from symposia.demonstration.thread import Cast
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor

TAG = "sepsis"
_SOURCE = "Invented for the demonstration"


def _choices(*texts: str, right: Iterable[int] = (1,), why: str = "") -> tuple[OptionFacts, ...]:
    marks = set(right)
    return tuple(
        OptionFacts(text, place in marks, "", why if place in marks else "", _SOURCE)
        for place, text in enumerate(texts, start=1)
    )


BANK = (
    Wording(
        BankKind.SINGLE,
        "A patient with suspected sepsis has a systolic pressure of 82. What comes first?",
        _choices(
            "Cultures, antibiotics and fluid within the hour",
            "A scan before anything else",
            "Antibiotics once the cultures are back",
            "Steroids alone",
            why="Waiting for results costs time that the patient does not have.",
        ),
    ),
    Wording(
        BankKind.MULTIPLE,
        "Which of these belong to the first hour?",
        _choices(
            "Lactate",
            "Blood cultures",
            "Broad antibiotics",
            "A discharge letter",
            "Genetic testing",
            right=(1, 2, 3),
            why="Part of the first bundle.",
        ),
        CreditRule.PARTS,
    ),
    Wording(
        BankKind.ORDER,
        "Put the first steps in order.",
        tuple(
            OptionFacts(step)
            for step in ("Recognise", "Draw cultures", "Give antibiotics", "Look again")
        ),
        CreditRule.PARTS,
        rationale="Cultures are drawn before antibiotics unless that delays them.",
        reference=_SOURCE,
    ),
    Wording(
        BankKind.MATCH,
        "What does each of them tell you?",
        (
            OptionFacts("Lactate", partner="How well tissue is supplied"),
            OptionFacts("Cultures", partner="Which organism it is"),
            OptionFacts("Urine per hour", partner="How the kidneys do"),
        ),
        CreditRule.PARTS,
    ),
    Wording(
        BankKind.NUMERIC,
        "A patient weighs 70 kg. How much crystalloid is 30 ml for each kilogram?",
        value=Decimal(2100),
        tolerance=Decimal(50),
        unit="ml",
        rationale="30 times 70 is 2100.",
    ),
    Wording(
        BankKind.SHORT,
        "Which blood value is measured again when the first one is high?",
        (OptionFacts("lactate"), OptionFacts("serum lactate"), OptionFacts("lactic acid")),
    ),
)


def tell_tests(
    cast: Cast, held: Activity, soon: Activity, goals: Sequence[Objective], today: datetime
) -> None:
    """Questions are written, a lecture was tested before and after, a course asks beforehand."""
    by = cast.actor(cast.planner)
    with time_machine.travel(cast.at_work(today, 31), tick=True):
        questions = [_written(each, goals, place, by) for place, each in enumerate(BANK)]
        draft = Wording(BankKind.SHORT, "What is checked each hour?", (OptionFacts("urine"),))
        add_bank_question(draft, QuestionFacts(goals[0], tags=(TAG,)), by=by)
        tests = [
            _opened(held, purpose, [PartFacts(each) for each in questions], by)
            for purpose in (Purpose.PRE, Purpose.POST)
        ]
    _take(held, tests, cast)
    with time_machine.travel(cast.at_work(today, 5), tick=True):
        general = _choices("Note the time", "Finish the notes", "Wait for the family")
        wording = Wording(BankKind.SINGLE, "Somebody cannot lift an arm. What is first?", general)
        first = publish_bank_question(
            add_bank_question(wording, QuestionFacts(tags=("stroke",)), by=by), by=by
        )
        _opened(soon, Purpose.PRE, [PartFacts(first)], by)
        _opened(soon, Purpose.POST, [PartFacts(first)], by)


def _written(wording: Wording, goals: Sequence[Objective], place: int, by: Actor) -> BankQuestion:
    facts = QuestionFacts(goals[place % len(goals)], tags=(TAG, "first hour"))
    return publish_bank_question(add_bank_question(wording, facts, by=by), by=by)


def _opened(
    activity: Activity, purpose: Purpose, parts: Sequence[PartFacts], by: Actor
) -> KnowledgeTest:
    """A post-test of what is still to come holds credit back; what is over holds nobody back."""
    test = make_test(activity, purpose, by=by)
    is_post = purpose == Purpose.POST
    facts = TestFacts(
        pass_mark=70 if is_post else None,
        attempts=2 if is_post else 1,
        is_required=is_post and not activity.is_over,
        what_next="Watch the recording once more and write to the education office.",
    )
    change_test(test, facts, parts, seen_version=test.version, by=by)
    return open_test(test, by=by)


def _take(activity: Activity, tests: Sequence[KnowledgeTest], cast: Cast) -> None:
    """Most who were registered took the first one, and of these most the second one."""
    people = list(
        Registration.objects.of(activity).confirmed().with_people().order_by("requested_at", "pk")
    )
    with time_machine.travel(activity.starts_at - timedelta(hours=3), tick=True):
        for registration in people[:20]:
            _taken(registration, Purpose.PRE, cast, right=0.5)
    with time_machine.travel(activity.ends_at + timedelta(hours=2), tick=True):
        slower = Extra(minutes=20, reason="Agreed adjustment for reading")
        allow_more(tests[1], people[0], slower, by=cast.actor("coordinator"))
        for registration in people[2:22]:
            _taken(registration, Purpose.POST, cast, right=0.8)


def _taken(registration: Registration, purpose: Purpose, cast: Cast, *, right: float) -> None:
    by = Actor("link", registration.pk, registration.clinician.called)
    attempt = begin_attempt(registration, purpose, by=by)
    right += cast.chance.choice((-0.35, -0.15, 0.1, 0.2))
    hand_in_attempt(attempt, _given(attempt, cast, right), anyway=True, by=by)


def _given(attempt: Attempt, cast: Cast, right: float) -> dict[int, Chosen]:
    """Right answers with this chance, else something of what was offered."""
    given = {}
    for each in attempt_asked(attempt).items:
        key, knows = each.worded.key, cast.chance.random() < right
        places = tuple(range(1, key.count + 1))
        if key.value is not None:
            said = Chosen(text=str(key.value if knows else key.value / 2))
        elif key.accepted:
            said = Chosen(text=key.accepted[0] if knows else "creatinine")
        elif key.right:
            said = Chosen(tuple(sorted(key.right)) if knows else (cast.chance.choice(places),))
        else:
            said = Chosen(places if knows else places[::-1])
        given[each.item.position] = said
    return given

import factory
from factory.django import DjangoModelFactory

from symposia.assessment.actions.attempts import begin_attempt, hand_in_attempt
from symposia.assessment.actions.bank import (
    QuestionFacts,
    add_bank_question,
    publish_bank_question,
)
from symposia.assessment.actions.tests import TestFacts, change_test, make_test, open_test
from symposia.assessment.models import BankKind, EvaluationForm, Purpose, Question
from symposia.assessment.policies.tests import PartFacts
from symposia.assessment.queries.attempts import attempt_asked
from symposia.assessment.scoring import Chosen
from symposia.assessment.wording import OptionFacts, Wording
from symposia.shared.actors import SYSTEM
from tests.factories.activities import ActivityFactory


class EvaluationFormFactory(DjangoModelFactory):
    """A form with one rating and one question for own words, unless other questions are made."""

    class Meta:
        model = EvaluationForm
        skip_postgeneration_save = True

    activity = factory.SubFactory(ActivityFactory, state="open")

    @factory.post_generation
    def questions(self, create, extracted, **kwargs):  # the library calls it so
        if extracted is None:
            QuestionFactory(form=self, position=1)
            QuestionFactory(form=self, position=2, kind="text", text="Why?", required=False)


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    form = factory.SubFactory(EvaluationFormFactory, questions=[])
    position = factory.Sequence(lambda n: n + 10)
    kind = "rating"
    text = "How useful was it?"


def choice(text="Which drug dissolves the clot?", *, right=("Alteplase",), kind=None, rule="whole"):
    """The wording of a choice of four; those named are right."""
    names = ("Alteplase", "Heparin", "Aspirin", "Warfarin")
    options = tuple(
        OptionFacts(name, name in right, "", f"About {name}.", "Stroke Council 2019")
        for name in names
    )
    kind = kind or (BankKind.SINGLE if len(right) == 1 else BankKind.MULTIPLE)
    return Wording(kind, text, options, rule=rule)


def bank_question(wording=None, *, published=True, objective=None, guideline=None, tags=()):
    """A question of the bank; needs an organisation's transaction around it."""
    made = add_bank_question(
        wording or choice(), QuestionFacts(objective, guideline, tags), by=SYSTEM
    )
    return publish_bank_question(made, by=SYSTEM) if published else made


def knowledge_test(activity, *wordings, purpose=Purpose.POST, opened=True, **facts):
    """A test that asks these questions, or one choice; open unless told otherwise."""
    test = make_test(activity, purpose, by=SYSTEM)
    asked = [bank_question(each) for each in wordings or (choice(),)]
    said = {"pass_mark": 70, "attempts": 2, "is_required": purpose == Purpose.POST} | facts
    parts = [PartFacts(each) for each in asked]
    change_test(test, TestFacts(**said), parts, seen_version=test.version, by=SYSTEM)
    test.refresh_from_db()
    return open_test(test, by=SYSTEM) if opened else test


def right_answers(attempt, *, wrong=()):
    """The right answer to every question of an attempt by its position, but to those named."""
    given = {}
    for each in attempt_asked(attempt).items:
        key, place = each.worded.key, each.item.position
        right = tuple(sorted(key.right)) or tuple(range(1, key.count + 1))
        if key.value is not None:
            given[place] = Chosen(text="" if place in wrong else str(key.value))
        elif key.accepted:
            given[place] = Chosen(text="" if place in wrong else key.accepted[0])
        else:
            others = [n for n in range(1, key.count + 1) if n not in key.right]
            given[place] = Chosen(tuple(others[:1]) if place in wrong else right)
    return given


def taken(registration, purpose=Purpose.POST, *, wrong=()):
    """An attempt that is begun and handed in."""
    attempt = begin_attempt(registration, purpose, by=SYSTEM)
    given = right_answers(attempt, wrong=wrong)
    return hand_in_attempt(attempt, given, anyway=True, by=SYSTEM)

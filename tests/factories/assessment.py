import factory
from factory.django import DjangoModelFactory

from symposia.assessment.actions.bank import (
    QuestionFacts,
    add_bank_question,
    publish_bank_question,
)
from symposia.assessment.models import (
    BankKind,
    EvaluationForm,
    Question,
)
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

import factory
from factory.django import DjangoModelFactory

from symposia.assessment.models import EvaluationForm, Question
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

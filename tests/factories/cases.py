"""A small case: two decisions, two endings, and a lactate that decides where one of them leads."""

from symposia.learning.actions.cases import publish_case, write_case
from symposia.learning.actions.courses import add_module, begin_course
from symposia.learning.actions.lessons import LessonFacts, add_lesson
from symposia.learning.cases.document import document_of
from symposia.learning.cases.reading import case_of
from symposia.learning.models import Lesson
from symposia.shared.actors import SYSTEM
from tests.factories.assessment import EvaluationFormFactory
from tests.factories.learning import enduring, released


def option(code, to, **facts):
    words = {"label": f"Option {code}", "rationale": "Because.", "source": "Guideline 2021"}
    return {"code": code, "to": to, **words, **facts}


def content(**changed):
    """The document as programs write it; a step by its code is changed."""
    steps = {
        "s1": {
            "title": "In the ward",
            "text": "She is cold. Lactate {Lactate}.",
            "findings": [
                {
                    "code": "f1",
                    "kind": "investigation",
                    "label": "Blood gas",
                    "shows": "Lactate is {Lactate}.",
                    "points": -1,
                    "minutes": 5,
                }
            ],
            "options": [
                option(
                    "o1",
                    "s2",
                    quality="right",
                    points=5,
                    minutes=10,
                    effects=[{"value": "v1", "does": "-2"}, {"value": "v2", "does": "awake"}],
                ),
                option("o2", "s2", quality="wrong", points=-2, minutes=60),
            ],
        },
        "s2": {
            "title": "An hour later",
            "text": "You look again.",
            "options": [
                option(
                    "o1",
                    "e2",
                    points=5,
                    quality="right",
                    turns=[{"value": "v1", "compare": "below", "than": "3", "to": "e1"}],
                ),
                option("o2", "e2", quality="possible"),
            ],
        },
        "e1": {"title": "She goes home", "text": "Well done.", "ending": "good"},
        "e2": {"title": "Intensive care", "text": "She is ventilated.", "ending": "poor"},
    }
    for code, facts in changed.items():
        steps[code] = steps.get(code, {}) | facts
    return {
        "values": [
            {"code": "v1", "label": "Lactate", "unit": "mmol/L", "start": "4.2", "high": "2"},
            {"code": "v2", "label": "Consciousness", "start": "drowsy"},
        ],
        "steps": [{"code": code, **facts} for code, facts in steps.items()],
    }


def document(**changed):
    return document_of(content(**changed))


def case_lesson(activity=None, *, is_published=True, by=SYSTEM, **changed):
    """A course whose one lesson is that case; released where it is published."""
    activity = activity or enduring()
    EvaluationFormFactory(activity=activity)
    module = add_module(begin_course(activity, by=SYSTEM), "Practise", by=SYSTEM)
    facts = LessonFacts("case", "Sepsis in the first hour", 20, text="A patient comes.")
    lesson = add_lesson(module, facts, by=by)
    case = write_case(case_of(lesson), document(**changed), seen_version=1, by=by)
    if is_published:
        publish_case(case, seen_version=2, by=by)
        released(Lesson.objects.with_content().get(pk=lesson.pk))
    return Lesson.objects.with_content().get(pk=lesson.pk)

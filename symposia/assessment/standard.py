"""The six questions every evaluation starts with."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from symposia.assessment.models import Kind, Question
from symposia.curriculum.models import Guideline, Objective


@dataclass(frozen=True)
class Draft:
    """A question before it belongs to a form."""

    kind: Kind
    text: str | Promise
    hint: str | Promise = ""
    choices: Sequence[str | Promise] = ()
    required: bool = True
    guideline: Guideline | None = None
    objective: Objective | None = None
    section: str | Promise = ""
    asks_why: bool = False
    repeats: str = ""
    # The place of an earlier question, the first is 1, and the answers to it that lead here.
    depends_on: int | None = None
    depends_values: Sequence[str] = ()
    citation: str = ""


def draft_of(question: Question) -> Draft:
    """A question as a draft of the next version."""
    return Draft(
        kind=Kind(question.kind),
        text=question.text,
        hint=question.hint,
        choices=question.choices,
        required=question.required,
        guideline=question.guideline,
        objective=question.objective,
        section=question.section,
        asks_why=question.asks_why,
        repeats=question.repeats,
        depends_on=question.depends_on,
        depends_values=question.depends_values,
        citation=question.citation,
    )


STANDARD = (
    Draft(
        Kind.RATING,
        _("How well did this activity meet its objectives?"),
        _("1 is not at all, 5 is completely."),
    ),
    Draft(
        Kind.RATING,
        _("How useful is what you learned for your own practice?"),
        _("1 is not at all, 5 is very useful."),
    ),
    Draft(
        Kind.RATING,
        _("How do you rate the teaching?"),
        _("1 is poor, 5 is excellent."),
    ),
    Draft(
        Kind.YES_NO,
        _("Was the content balanced and free of commercial bias?"),
    ),
    Draft(
        Kind.CHOICE,
        _("Will you change something in your practice?"),
        choices=(
            _("Yes, from my next patient"),
            _("Yes, but I need something first"),
            _("No, I already work this way"),
            _("No"),
        ),
    ),
    Draft(
        Kind.TEXT,
        _("What stands in the way, or what should we teach next?"),
        required=False,
    ),
)

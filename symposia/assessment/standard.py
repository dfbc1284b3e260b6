"""The six questions every evaluation starts with."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from symposia.assessment.models import Kind
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

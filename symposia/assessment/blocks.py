"""Blocks of questions that come with the product, each with the standard that asks for it.

They are put into a form and belong to it from then on: what a body asks for next year is a new
block here, and forms that are out stay as they were.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from symposia.assessment.models import Kind, Repeats
from symposia.assessment.standard import Draft

_AGREE = (
    _("Strongly disagree"),
    _("Disagree"),
    _("Neither"),
    _("Agree"),
    _("Strongly agree"),
)


@dataclass(frozen=True)
class Block:
    """Some questions that belong together, and why they are asked."""

    code: str
    title: str | Promise
    # Where it stands, as of which day, and how sure that is.
    citation: str
    as_of: date
    confidence: str
    questions: Sequence[Draft]


BLOCKS = (
    Block(
        "bias",
        _("Commercial bias"),
        "ACCME Standards for Integrity and Independence 1 and 2; EACCME criteria (feedback form)",
        date(2026, 11, 1),
        "to verify",
        (
            Draft(
                Kind.YES_NO,
                _("Was the content balanced and free of commercial bias?"),
                _("Bias: promoting a product or a company's interest rather than patient care."),
                section=_("Independence"),
                asks_why=True,
            ),
            Draft(
                Kind.YES_NO,
                _("Were you told, before it began, who in control of content had which ties?"),
                section=_("Independence"),
            ),
            Draft(
                Kind.YES_NO,
                _("Were the recommendations based on evidence you can look up?"),
                section=_("Independence"),
                asks_why=True,
            ),
        ),
    ),
    Block(
        "needs",
        _("Needs for the next plan"),
        "ACCME criteria: educational needs (C2) and analysis of change (C11)",
        date(2026, 11, 1),
        "to verify",
        (
            Draft(
                Kind.TEXT,
                _("Which problem of your practice should we teach about next?"),
                required=False,
                section=_("What comes next"),
            ),
            Draft(
                Kind.MULTIPLE,
                _("What would help you most?"),
                choices=(
                    _("Knowing what is recommended"),
                    _("Practising it"),
                    _("Doing it as a team"),
                    _("Changes where I work"),
                ),
                required=False,
                section=_("What comes next"),
            ),
        ),
    ),
    Block(
        "session",
        _("Each session"),
        "UEMS-EACCME criteria: feedback on each session",
        date(2026, 11, 1),
        "to verify",
        (
            Draft(
                Kind.RATING,
                _("What I learned in this session I can use."),
                choices=_AGREE,
                section=_("The sessions"),
                repeats=Repeats.SESSION,
            ),
            Draft(
                Kind.TEXT,
                _("What should be different next time?"),
                required=False,
                section=_("The sessions"),
                repeats=Repeats.SESSION,
            ),
        ),
    ),
    Block(
        "speaker",
        _("Each speaker"),
        "ACCME Standards for Integrity and Independence 1 (fair and balanced content)",
        date(2026, 11, 1),
        "to verify",
        (
            Draft(
                Kind.RATING,
                _("The speaker made it clear what to do."),
                choices=_AGREE,
                section=_("The speakers"),
                repeats=Repeats.SPEAKER,
            ),
            Draft(
                Kind.YES_NO,
                _("Was this talk free of commercial bias?"),
                section=_("The speakers"),
                asks_why=True,
                repeats=Repeats.SPEAKER,
            ),
        ),
    ),
    Block(
        "change",
        _("Will it change practice"),
        "ACCME criteria: analysis of change in learners (C11)",
        date(2026, 11, 1),
        "to verify",
        (
            Draft(
                Kind.YES_NO,
                _("Will you change something in your practice?"),
                section=_("Your practice"),
            ),
            Draft(
                Kind.RATING,
                _("How sure are you that you will?"),
                choices=(_("Not at all"), _("A little"), _("Fairly"), _("Very"), _("Completely")),
                section=_("Your practice"),
                depends_on=1,
                depends_values=("yes",),
            ),
            Draft(
                Kind.NUMBER,
                _("About how many patients a month does it concern?"),
                required=False,
                section=_("Your practice"),
                depends_on=1,
                depends_values=("yes",),
            ),
        ),
    ),
)


def block_of(code: str) -> Block | None:
    return next((each for each in BLOCKS if each.code == code), None)

"""When a case may be changed and published, and what a learner may do in it. Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from symposia.learning.cases.document import MOST_STEPS, CaseDocument
from symposia.learning.cases.problems import Problem
from symposia.learning.cases.walking import Walk
from symposia.learning.models import CaseVersion
from symposia.shared.refusals import Objection

CASE_TO_PUBLISH = Objection(
    "case_to_publish", _("The author has not published this case yet; then it is reviewed.")
)
CASE_NOT_READY = Objection("case_not_ready", _("This case is not ready yet. Come back later."))
CASE_STAYS = Objection(
    "case_stays", _("This case was published; it stays on record. Make it voluntary instead.")
)
CASE_PROBLEMS = Objection(
    "case_problems",
    ngettext_lazy(
        "One thing is to be mended before it is published: %(first)s",
        "%(n)d things are to be mended before it is published. The first: %(first)s",
        "n",
    ),
)
CASE_UNCHANGED = Objection(
    "case_unchanged", _("Nothing has changed since version %(number)s was published.")
)
CASE_TOO_LONG = Objection("case_too_long", _("A case has at most %(most)s steps."))
STEP_IS_START = Objection(
    "case_step_is_start", _("The case begins with this step. Put another one first.")
)
NOT_BEGUN = Objection("case_not_begun", _("Begin the case first."))
WENT_ON = Objection(
    "case_went_on", _("You have gone on from there already. What you decided stays as it is.")
)
NO_SUCH_CHOICE = Objection("case_no_such_choice", _("That cannot be chosen here. Choose again."))
CASE_OVER = Objection("case_over", _("The case has ended. You can begin it again."))
CASE_NOT_ENDED = Objection(
    "case_not_ended", _("It counts once you have brought the case to its end.")
)
CASE_SCORE = Objection(
    "case_score",
    _("You scored %(reached)s%%; it counts from %(asked)s%%. Begin the case again when you like."),
)


def objection_to_case(document: CaseDocument) -> Objection | None:
    """A case has at most so many steps, so that somebody can still oversee it."""
    return CASE_TOO_LONG.about(most=MOST_STEPS) if len(document.steps) > MOST_STEPS else None


def objection_to_removing_step(document: CaseDocument, code: str) -> Objection | None:
    """The step that a case begins with is not taken away under it."""
    return STEP_IS_START if document.steps and document.steps[0].code == code else None


def objection_to_publishing(
    problems: Sequence[Problem], *, sha256: str, latest: CaseVersion | None
) -> Objection | None:
    """A case is published without problems, and as another version only where it is another."""
    if problems:
        return CASE_PROBLEMS.about(n=len(problems), first=str(problems[0]))
    if latest and latest.sha256 == sha256:
        return CASE_UNCHANGED.about(number=latest.number)
    return None


def objection_to_asking(walk: Walk, step: str, finding: str) -> Objection | None:
    """What is asked for is there at the step where the learner is."""
    if objection := _objection_to_moving(walk, step):
        return objection
    return None if walk.here.step.finding(finding) else NO_SUCH_CHOICE


def objection_to_deciding(walk: Walk, step: str, option: str) -> Objection | None:
    """What is decided can be decided at the step where the learner is."""
    if objection := _objection_to_moving(walk, step):
        return objection
    return None if walk.here.step.option(option) else NO_SUCH_CHOICE


def _objection_to_moving(walk: Walk, step: str) -> Objection | None:
    if walk.is_over:
        return CASE_OVER
    return None if walk.here.step.code == step else WENT_ON


def objection_to_case_done(reached: int | None, asked: int) -> Objection | None:
    """A case counts once it was brought to an end, with the score that the activity asks for."""
    if reached is None:
        return CASE_NOT_ENDED
    return CASE_SCORE.about(reached=reached, asked=asked) if reached < asked else None

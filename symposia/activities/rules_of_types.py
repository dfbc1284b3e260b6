"""Whether an own copy of a type, or an answer to its questions, may stand."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from symposia.activities.types import shipped_types
from symposia.shared.refusals import Objection

NO_SUCH_TYPE = Objection("no_such_type", _("There is no such type of activity."))
TWICE = Objection("twice", _("“%(title)s” is there twice. Name each thing once."))
NOT_ASKED = Objection(
    "type_does_not_ask", _("The type of this activity does not ask “%(question)s”.")
)


def objection_to_type(code: str, *kinds: Sequence[str]) -> Objection | None:
    """A copy is made of a type that exists; each milestone, document, question is there once."""
    if code not in shipped_types():
        return NO_SUCH_TYPE
    twice = next((each for titles in kinds for each in titles if titles.count(each) > 1), None)
    return TWICE.about(title=twice) if twice else None


def objection_to_answers(asked: Collection[str], answers: Mapping[str, str]) -> Objection | None:
    """Only what the type asks is answered."""
    unknown = next((each for each in answers if each not in asked), None)
    return NOT_ASKED.about(question=unknown) if unknown else None

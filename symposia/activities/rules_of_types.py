"""Whether an own copy of a type, or an answer to its questions, may stand."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from symposia.activities.types import Due, shipped_types
from symposia.shared.refusals import Objection

NO_SUCH_TYPE = Objection("no_such_type", _("There is no such type of activity."))
TWICE = Objection("twice", _("“%(title)s” is there twice. Name each thing once."))
NO_SUCH_ROLE = Objection("no_such_role", _("“%(role)s” is no role here. The roles are: %(roles)s."))
NOT_ASKED = Objection(
    "type_does_not_ask", _("The type of this activity does not ask “%(question)s”.")
)


def objection_to_type(
    code: str,
    milestones: Sequence[Due],
    documents: Sequence[Due],
    questions: Sequence[str],
    *,
    roles: Collection[str],
) -> Objection | None:
    """A copy is made of a type that exists; each milestone, document, question is there once,
    owed by a role of this organisation or by nobody."""
    if code not in shipped_types():
        return NO_SUCH_TYPE
    kinds = [[each.title for each in milestones], [each.title for each in documents], questions]
    twice = next((each for titles in kinds for each in titles if titles.count(each) > 1), None)
    if twice is not None:
        return TWICE.about(title=twice)
    owed_by = (each.role for each in [*milestones, *documents])
    unknown = next((role for role in owed_by if role and role not in roles), None)
    return NO_SUCH_ROLE.about(role=unknown, roles=", ".join(sorted(roles))) if unknown else None


def objection_to_answers(asked: Collection[str], answers: Mapping[str, str]) -> Objection | None:
    """Only what the type asks is answered."""
    unknown = next((each for each in answers if each not in asked), None)
    return NOT_ASKED.about(question=unknown) if unknown else None

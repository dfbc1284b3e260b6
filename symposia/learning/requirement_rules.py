"""In which order what an activity asks for may stand. Pure."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from symposia.activities.lasting import is_enduring
from symposia.activities.models import Activity, State
from symposia.learning.defaults import Asked
from symposia.learning.policies import NOT_ENDURING
from symposia.learning.steps import CLAIM, CONTENT, REGISTER
from symposia.registrations.requirements import RequirementKind
from symposia.shared.refusals import Objection

UNKNOWN = Objection("requirement_unknown", _("Nobody keeps “%(kind)s” here; it cannot be asked."))
TWICE = Objection("requirement_twice", _("“%(kind)s” is there twice."))
REGISTER_FIRST = Objection("register_is_first", _("Registration comes first."))
CLAIM_LAST = Objection("claim_is_last", _("The claim comes last."))
CONTENT_MISSING = Objection("content_is_asked", _("The lessons are always asked for."))
SETTING_OUTSIDE = Objection(
    "requirement_setting", _("“%(label)s” is a number from %(least)s to %(most)s.")
)
BEGUN = Objection(
    "requirements_relied_on",
    _("The activity is open and people rely on what it asks. It is changed before the opening."),
)


def objection_to_requirements(
    asked: Sequence[Asked], kinds: Mapping[str, RequirementKind], activity: Activity
) -> Objection | None:
    """Of what lasts: each kind once, kept by somebody, possible here; registration first, the
    claim last."""
    if not is_enduring(activity):
        return NOT_ENDURING
    if not activity.in_planning and activity.state != State.APPROVED:
        return BEGUN
    wrong = (_objection_to_one(each, asked, kinds, activity) for each in asked)
    return next((each for each in wrong if each), None) or _objection_to_order(asked)


def _objection_to_one(
    one: Asked, asked: Sequence[Asked], kinds: Mapping[str, RequirementKind], activity: Activity
) -> Objection | None:
    kind = kinds.get(one.kind)
    if kind is None:
        return UNKNOWN.about(kind=one.kind)
    if sum(each.kind == one.kind for each in asked) > 1:
        return TWICE.about(kind=kind.label)
    return kind.objection_to_choosing(activity) or _outside(kind, one)


def _objection_to_order(asked: Sequence[Asked]) -> Objection | None:
    codes = [each.kind for each in asked]
    if CONTENT not in codes:
        return CONTENT_MISSING
    if codes[0] != REGISTER:
        return REGISTER_FIRST
    return CLAIM_LAST if codes[-1] != CLAIM else None


def _outside(kind: RequirementKind, asked: Asked) -> Objection | None:
    known = {each.name: each for each in kind.settings}
    for name, value in asked.settings.items():
        setting = known.get(name)
        if setting is None:
            return UNKNOWN.about(kind=name)
        if not isinstance(value, int) or not setting.least <= value <= setting.most:
            return SETTING_OUTSIDE.about(
                label=setting.label, least=setting.least, most=setting.most
            )
    return None

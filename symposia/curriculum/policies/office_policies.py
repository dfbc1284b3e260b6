from django.utils.translation import gettext_lazy as _

from symposia.curriculum.models import OfficePolicy, PolicyEdition, PolicyKind
from symposia.shared.refusals import Objection

POLICY_ENDED = Objection("policy_ended", _("This is no longer in force."))
SAME_WORDS = Objection("same_words", _("These are the words of the edition in force."))
SAY_WHAT_CHANGED = Objection("say_what_changed", _("Say what changed; people read it first."))
HAS_MISSION = Objection("has_mission", _("There is a mission already: %(number)s. Change it."))
OLD_EDITION = Objection("old_edition", _("A newer edition is in force. Read that one."))


def objection_to_policy_kind(kind: str, mission: OfficePolicy | None) -> Objection | None:
    """An organisation has one mission."""
    if kind == PolicyKind.MISSION and mission:
        return HAS_MISSION.about(number=mission.number)
    return None


def objection_to_changing_policy(policy: OfficePolicy) -> Objection | None:
    """A policy that ended stays as it was."""
    return POLICY_ENDED if policy.ended_at else None


def objection_to_edition(
    policy: OfficePolicy, latest: PolicyEdition | None, *, text: str, what_changed: str
) -> Objection | None:
    """The next edition has other words, and says what is different."""
    if policy.ended_at:
        return POLICY_ENDED
    if latest and latest.text == text:
        return SAME_WORDS
    return SAY_WHAT_CHANGED if latest and not what_changed.strip() else None


def objection_to_acknowledging(
    policy: OfficePolicy, edition: PolicyEdition, latest: PolicyEdition | None
) -> Objection | None:
    """People acknowledge what is in force."""
    if policy.ended_at:
        return POLICY_ENDED
    return None if latest and latest.pk == edition.pk else OLD_EDITION

"""What stands in the way of a change in practice: a short coded list, so that answers add up.

The kinds follow Cabana et al., "Why don't physicians follow clinical practice guidelines?",
JAMA 1999;282:1458-1465 (knowledge, attitude, behaviour and outside of them); the words are ours.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Barrier:
    """One thing in the way; the code is kept, the words may be put better."""

    code: str
    label: str | Promise


BARRIERS = (
    Barrier("knowledge", _("I do not know enough about it yet")),
    Barrier("agreement", _("I am not convinced that it is right")),
    Barrier("confidence", _("I do not trust myself to do it")),
    Barrier("outcome", _("I do not expect it to help my patients")),
    Barrier("habit", _("Habit: I forgot, or fell back")),
    Barrier("patients", _("Patients did not want it, or there were none")),
    Barrier("time", _("No time")),
    Barrier("equipment", _("No equipment, drug or room for it")),
    Barrier("money", _("Nobody pays for it")),
    Barrier("colleagues", _("Colleagues or superiors were against it")),
    Barrier("rules", _("Rules where I work do not allow it")),
    Barrier("other", _("Something else")),
)
LABELS: dict[str, str | Promise] = {each.code: each.label for each in BARRIERS}

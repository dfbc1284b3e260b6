"""What the public register forbids: a number it has given up."""

from django.utils.translation import gettext_lazy as _

from symposia.directory.models import RegistryEntry
from symposia.shared.refusals import Objection

NOT_IN_REGISTER = Objection(
    "not_in_register", _("The public register that is loaded here does not know this person.")
)
NUMBER_DEAD = Objection(
    "number_dead",
    _("The public register gave %(number)s up on %(day)s. Nobody practises under it."),
)


def objection_to_dead_number(entry: RegistryEntry | None) -> Objection | None:
    """A number that the register has given up identifies nobody."""
    if entry is None or entry.deactivated_on is None:
        return None
    return NUMBER_DEAD.about(number=entry.number, day=entry.deactivated_on)

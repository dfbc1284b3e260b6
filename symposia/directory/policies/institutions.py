from django.utils.translation import gettext_lazy as _

from symposia.directory.models import Institution
from symposia.shared.refusals import Objection

INSTITUTION_UNNAMED = Objection("institution_unnamed", _("An institution has a name."))
INSTITUTION_TAKEN = Objection(
    "institution_taken", _("An institution of this name and city is in the directory already.")
)
BAD_COUNTRY = Objection("institution_country", _("A country is a code of two letters."))


def objection_to_institution(name: str, country: str, same: Institution | None) -> Objection | None:
    """A name that no other house of the same city has, and a country that is one."""
    if not name:
        return INSTITUTION_UNNAMED
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        return BAD_COUNTRY
    return INSTITUTION_TAKEN if same else None

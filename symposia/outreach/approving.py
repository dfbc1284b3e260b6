"""The list of clinicians approved for a representative, read from lines somebody pasted."""

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.lines import People, objection_to_so_many
from symposia.directory.models import Clinician
from symposia.shared.refusals import Objection, refuse_if

SHOWN = 10
UNKNOWN = Objection("approved_unknown", _("Nobody in the directory is known by: %(lines)s"))
SEVERAL = Objection(
    "approved_several", _("Several people are known by: %(lines)s. Give another number or address.")
)


def approved_from(text: str, access: Access) -> list[Clinician]:
    """Each line's clinician, once; refused with the lines that name nobody, or several."""
    lines = [line for line in (each.strip() for each in text.splitlines()) if line]
    refuse_if(objection_to_so_many(len(lines)))

    people = People(access, lines, Permission.VIEW_DIRECTORY)
    named = {line: people.all_named(line) for line in lines}
    for objection, wrong in (
        (UNKNOWN, [line for line, found in named.items() if not found]),
        (SEVERAL, [line for line, found in named.items() if len(found) > 1]),
    ):
        refuse_if(_about(objection, wrong) if wrong else None)
    return list({found.pk: found for [found] in named.values()}.values())


def _about(objection: Objection, lines: list[str]) -> Objection:
    return objection.about(lines=", ".join(line[:80] for line in lines[:SHOWN]))

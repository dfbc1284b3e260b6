"""What learners are told of those in control of the content: names and natures, nothing else."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from symposia.activities.control import InControl
from symposia.activities.models import DisclosureExemption
from symposia.activities.standards.reading import title_of


def exemption_called(exemption: DisclosureExemption) -> str:
    """The words of an exemption as they were on the day it was stated."""
    return exemption.title or title_of("exemptions", exemption.code)


def statement_text(
    people: Sequence[InControl], exemption: DisclosureExemption | None = None
) -> str:
    """The statement: who has which relevant relationships, that they are mitigated, who has none.

    Companies by name only: no amounts, no logos, no trade names.
    """
    if exemption:
        return _("No disclosures are needed for this activity: %(why)s.") % {
            "why": exemption_called(exemption)
        }
    related = [person for person in people if person.relevant]
    free = [person.name for person in people if not person.relevant]
    lines = [_line(person) for person in related]
    if related:
        lines.append(_("All of the relevant financial relationships listed have been mitigated."))
    if free:
        lines.append(
            _("No relevant financial relationships with ineligible companies: %(names)s.")
            % {"names": ", ".join(free)}
        )
    return "\n".join(lines) or _("Nobody is named as being in control of the content.")


def _line(person: InControl) -> str:
    said = "; ".join(f"{m.relationship.company} ({m.nature})" for m in person.relevant)
    roles = ", ".join(str(role) for role in person.roles)
    return f"{person.name} ({roles}): {said}"

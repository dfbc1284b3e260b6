"""ACPE CPE Monitor: who of pharmacists and technicians took part in which numbered activity.

No names and no amounts: the number of the activity says what it is worth.
"""

from django.utils.translation import gettext_lazy as _

from symposia.reporting.bodies.checks import born_in, known_by, permitted, required
from symposia.reporting.bodies.collecting import awards, learners_of, line_of
from symposia.reporting.bodies.parts import Declared, Facts, Line, Scope, Sheet
from symposia.reporting.bodies.writing import as_plain_csv, as_sheet, month_first
from symposia.reporting.models import Kind
from symposia.shared.refusals import Objection

SYSTEMS = ("acpe_knowledge", "acpe_application", "acpe_practice")
ISSUER = "NABP"
# The letter at the end of an activity's number, and whose it is.
FOR_WHOM = {"P": "pharmacist", "T": "technician"}
SHORTEST = 6

BAD_PROFILE = Objection(
    "report_bad_profile", _("The e-Profile ID %(number)s is not a number of six digits or more.")
)
OTHER_PROFESSION = Objection(
    "report_other_profession",
    _("%(number)s is for the other profession: P is for pharmacists, T for technicians."),
)


def collect(scope: Scope) -> list[Line]:
    """What pharmacists and technicians earned in a year."""
    found = awards(scope, SYSTEMS)
    learners = learners_of(found)
    return [
        line_of(
            award,
            learners.facts(award.first.clinician),
            id_domain=ISSUER,
            id_value=learners.number_of(award.first.clinician, ISSUER),
            uan=award.first.offer.activity_number,
            profession=award.first.clinician.profession,
        )
        for award in found
    ]


def check(facts: Facts) -> list[Objection]:
    """What CPE Monitor would reject."""
    return [
        *permitted(facts),
        *known_by(facts, _("the e-Profile ID of NABP")),
        *born_in(facts),
        *required(facts, uan=_("Universal Activity Number")),
        *_profile(str(facts["id_value"])),
        *_profession(str(facts["uan"]), str(facts["profession"])),
    ]


def _profile(number: str) -> list[Objection]:
    fits = not number or (number.isdigit() and len(number) >= SHORTEST)
    return [] if fits else [BAD_PROFILE.about(number=number)]


def _profession(uan: str, profession: str) -> list[Objection]:
    """A pharmacist's number is no technician's."""
    fits = not uan or FOR_WHOM.get(uan[-1]) == profession
    return [] if fits else [OTHER_PROFESSION.about(number=uan)]


def _rows(sheet: Sheet) -> list[list[str]]:
    return [
        [
            record.facts["uan"],
            record.facts["id_value"],
            record.facts["born"][-5:].replace("-", ""),
            month_first(record.facts["completed_on"]),
        ]
        for record in sheet.records
    ]


_HEAD = ("UAN", "NABP e-Profile ID", "DOB", "Participation Date")


def write_csv(sheet: Sheet) -> bytes:
    """A line a learner and activity: number, profile, month and day of birth, day."""
    return as_plain_csv(_HEAD, _rows(sheet))


def write_sheet(sheet: Sheet) -> bytes:
    """The same as a table."""
    return as_sheet(_HEAD, _rows(sheet))


CPE_MONITOR = Declared(
    kind=Kind.CPE_MONITOR,
    collect=collect,
    check=check,
    writers={"csv": write_csv, "xlsx": write_sheet},
    shown=(
        ("full_name", _("Learner")),
        ("id_value", _("e-Profile ID")),
        ("uan", _("Universal Activity Number")),
        ("completed_on", _("Took part")),
    ),
)

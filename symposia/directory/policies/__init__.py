from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.directory.imports.table import Meaning
from symposia.directory.models import TERRITORY_LEVELS, Clinician, Identifier, Scheme
from symposia.directory.schemes import schemes
from symposia.shared.refusals import Objection
from symposia.work.models import Import, ImportState

BAD_NPI = Objection("bad_npi", _("%(number)s is not an NPI: its check digit does not hold."))
BAD_NUMBER = Objection(
    "bad_number_of_register", _("%(number)s is no number of %(register)s: it is %(says)s.")
)
NUMBER_TAKEN = Objection("number_taken", _("%(number)s already belongs to %(name)s."))
TERRITORY_TOO_DEEP = Objection(
    "territory_too_deep", _("A territory lies at most two levels below another.")
)
ALREADY_DEACTIVATED = Objection("already_deactivated", _("This clinician is already deactivated."))
DEACTIVATED_WITHOUT_REASON = Objection(
    "deactivated_without_reason", _("Say why this person is deactivated.")
)
NOT_ACTIVE = Objection("clinician_not_active", _("This person is no longer in the directory."))
# Why somebody is not written to.
NO_ADDRESS = Objection("no_address", _("has no e-mail address"))
ALREADY_ACTIVE = Objection("already_active", _("This clinician is active."))
COLUMNS_UNCLEAR = Objection(
    "columns_unclear",
    _("Say which column holds the name, and which a number or an e-mail address."),
)
SCHEME_UNSAID = Objection("scheme_unsaid", _("Say which register the numbers are of."))
PROFESSION_UNSAID = Objection(
    "profession_unsaid", _("Say the profession of those whose row does not say it.")
)
NO_EMAIL_COLUMN = Objection(
    "no_email_column", _("Say which column holds the e-mail address: it says who a row is about.")
)
NOT_YOUR_FILE = Objection(
    "not_your_file",
    _("Whoever asked for this does not say any more who may do what in this organisation."),
)
IMPORT_BUSY = Objection("import_busy", _("This file is being read at the moment."))
IMPORT_DONE = Objection("import_done", _("This file was already imported."))
NOT_CHECKED = Objection("not_checked", _("Check the rows first; then they can be imported."))
FILE_NEEDED = Objection("file_needed", _("The file is needed until its rows are imported."))
IMPORT_UNREADABLE = Objection("import_unreadable", _("%(why)s"))
IMPORT_TOO_LARGE = Objection(
    "import_too_large",
    _("This file is larger than 100 MB. Use the command symposia import-doctors."),
)
# A larger file is a register: it goes in by the command line, which reads it where it lies.
LARGEST_IMPORT = 100 * 1024 * 1024
COLLEAGUES_TOO_LARGE = Objection(
    "colleagues_too_large", _("This file is larger than 10 MB. Hand it in in parts.")
)
LARGEST_OF_COLLEAGUES = 10 * 1024 * 1024
UNKNOWN_COLUMN = Objection(
    "unknown_column", _("%(name)s at %(place)s: there is no such field, or no such column.")
)
NO_REASON = Objection(
    "removal_reason", _("Write why the file is removed; it stays in the journal.")
)
NOTHING_TO_IMPORT = Objection("nothing_to_import", _("No row of this file would change anything."))


def objection_to_number(scheme: str, value: str) -> Objection | None:
    """A number has to hold its own check digit, where its scheme has one."""
    known = schemes().get(scheme)
    if known is None or known.holds(value):
        return None
    if scheme == Scheme.NPI:
        return BAD_NPI.about(number=value)
    return BAD_NUMBER.about(number=value, register=Scheme(scheme).label, says=known.says)


def objection_to_holder(taken: Identifier | None) -> Objection | None:
    """One number, one clinician."""
    if taken:
        return NUMBER_TAKEN.about(number=str(taken), name=str(taken.clinician))
    return None


def objection_to_deactivating(clinician: Clinician, reason: str) -> Objection | None:
    """Nobody is deactivated twice, and whoever does it says why."""
    if not clinician.is_active:
        return ALREADY_DEACTIVATED
    return None if reason.strip() else DEACTIVATED_WITHOUT_REASON


def objection_to_depth(levels_above: int) -> Objection | None:
    """Territories lie inside each other so far and no further."""
    return TERRITORY_TOO_DEEP if levels_above >= TERRITORY_LEVELS else None


def objection_to_size(size: int) -> Objection | None:
    """What is handed in at a page is read at once; a register is not."""
    return IMPORT_TOO_LARGE if size > LARGEST_IMPORT else None


def objection_to_columns(
    columns: Mapping[str, int], names: Collection[str], places: int
) -> Objection | None:
    """A column stands for a field that there is, and is one of the file."""
    for name, place in columns.items():
        if name not in names or not 0 <= place < places:
            return UNKNOWN_COLUMN.about(name=name, place=place)
    return None


def objection_to_meaning(meaning: Meaning | None) -> Objection | None:
    """A row has to name somebody and to tell two people apart; nobody guesses whose numbers they
    are, or what the people are whose row does not say it."""
    if meaning is None:
        return None
    if not meaning.recognises_people:
        return COLUMNS_UNCLEAR
    if "number" in meaning.columns and not meaning.scheme:
        return SCHEME_UNSAID
    return None if meaning.profession else PROFESSION_UNSAID


def objection_to_checking(made: Import) -> Objection | None:
    """A file is read by one worker at a time, and not again once it is in."""
    if made.is_working:
        return IMPORT_BUSY
    return IMPORT_DONE if made.came_in else None


def objection_to_removing_file(made: Import, *, reason: str) -> Objection | None:
    """What was handed in is kept until its rows are in."""
    if not made.came_in:
        return FILE_NEEDED
    return None if reason.strip() else NO_REASON


def objection_to_importing(made: Import) -> Objection | None:
    """Only what was seen in the dry run comes in."""
    if objection := objection_to_checking(made):
        return objection
    if made.state != ImportState.CHECKED:
        return NOT_CHECKED
    return None if _changes_something(made.counts) else NOTHING_TO_IMPORT


def _changes_something(counts: Mapping[str, Any]) -> bool:
    return bool(counts.get("new") or counts.get("changed"))

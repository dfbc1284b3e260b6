"""What files of clinicians may say, and why a row of one is not taken, in words."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from symposia.directory.models import OwnField, Scheme
from symposia.directory.owning import UNREADABLE, own_columns
from symposia.directory.schemes import schemes
from symposia.work.imports.fields import TargetField

_NAME_OR = _("yes, or first and last name")
_KEY_OR = _("yes, or the other of number and e-mail")
_TEXT = _("words")
FIELDS = (
    TargetField(
        "full_name",
        _("Full name"),
        ("name", "doctor", "clinician", "doctor name"),
        _("The name as on the licence."),
        _TEXT,
        _NAME_OR,
        "Avery Example",
    ),
    TargetField(
        "first_name",
        _("First name"),
        ("given name", "forename"),
        _("Where the full name is not in one column."),
        _TEXT,
    ),
    TargetField(
        "middle_name",
        _("Middle name"),
        ("middle",),
        _("Where the full name is not in one column."),
        _TEXT,
    ),
    TargetField(
        "last_name",
        _("Last name"),
        ("surname", "family name"),
        _("Where the full name is not in one column."),
        _TEXT,
    ),
    TargetField(
        "number",
        _("Number"),
        (
            *("npi", "registration number", "registration no", "reg no", "council number"),
            *("licence number", "license number", "mci number", "smc number"),
        ),
        _("By which a register knows the person; which register, is said once for the file."),
        _("as the register writes it; an NPI has ten digits"),
        _KEY_OR,
        "1234567893",
    ),
    TargetField(
        "issuer",
        _("Issued by"),
        ("council", "state council", "board", "medical council"),
        _("The council or board, where several give the same numbers."),
        _TEXT,
    ),
    TargetField(
        "credential",
        _("Credential"),
        ("degree", "degrees", "qualification", "title"),
        _("What stands behind the name."),
        _TEXT,
        "",
        "MD",
    ),
    TargetField(
        "profession",
        _("Profession"),
        ("role", "type"),
        _("Where it is empty, what you say once for the file."),
        _("physician, nurse, pharmacist or another profession of the list, as code or word"),
        "",
        "physician",
    ),
    TargetField(
        "specialty",
        _("Specialty"),
        ("speciality", "department", "taxonomy"),
        _("What the person does."),
        _TEXT,
        "",
        "Cardiology",
    ),
    TargetField(
        "email",
        _("E-mail"),
        ("email address", "mail", "e-mail address"),
        _("To which the person is written."),
        _("name@example.org"),
        _KEY_OR,
        "avery@example.org",
    ),
    TargetField(
        "phone",
        _("Telephone"),
        ("phone", "mobile", "telephone number", "phone number"),
        _("On which the person is called."),
        _("with the code of the country"),
        "",
        "+1 617 555 0100",
    ),
    TargetField(
        "institution",
        _("Institution"),
        ("hospital", "organisation", "organization"),
        _("Where the person chiefly works; added if nobody named it before."),
        _TEXT,
        "",
        "Riverside Hospital",
    ),
    TargetField(
        "city",
        _("City"),
        ("town", "practice city"),
        _("Where the person practises."),
        _TEXT,
        "",
        "Boston",
    ),
    TargetField(
        "region",
        _("State or region"),
        ("state", "province", "region"),
        _("Where the person practises."),
        _TEXT,
        "",
        "MA",
    ),
    TargetField(
        "country",
        _("Country"),
        ("country code",),
        _("Where it is empty, what you say once for the file."),
        _("a code of two letters, like US or IN"),
        "",
        "US",
    ),
    TargetField(
        "territory",
        _("Territory"),
        ("patch", "territory code", "area"),
        _("By which representatives find the person."),
        _("the code of a territory"),
    ),
    TargetField(
        "language",
        _("Language"),
        ("lang",),
        _("In which the person is written to."),
        _("a code, like en or ar"),
        "",
        "en",
    ),
)


class Reason(StrEnum):
    """Why a row is rejected or skipped; the value is stored in the report."""

    ORGANISATION = "organisation"
    WRONG_COLUMNS = "wrong_columns"
    BAD_NUMBER = "bad_number"
    NOT_OF_REGISTER = "not_of_register"
    NO_NAME = "no_name"
    NO_KEY = "no_key"
    TOO_LONG = "too_long"
    NOT_TEXT = "not_text"
    FORMULA = "formula"
    BROKEN_LINE = "broken_line"
    BAD_DATE = "bad_date"
    BAD_EMAIL = "bad_email"
    UNKNOWN_PROFESSION = "unknown_profession"
    UNKNOWN_COUNTRY = "unknown_country"
    UNKNOWN_TERRITORY = "unknown_territory"
    REPEATED = "repeated"
    DEACTIVATED = "deactivated"
    DEAD_NUMBER = "dead_number"
    OWN_VALUE = "own_value"
    OWN_MISSING = "own_missing"
    OWN_BY_TWO = "own_by_two"
    SAME_EMAIL = "same_email"
    EMPTY = "empty"


# What no row of a person is; every other reason rejects one.
SKIPPED = (Reason.ORGANISATION, Reason.EMPTY)
REASONS: dict[str, Promise] = {
    Reason.ORGANISATION: _("An organisation, not a person"),
    Reason.WRONG_COLUMNS: _("Another number of columns than the header has"),
    Reason.BAD_NUMBER: _("The check digit of the NPI does not hold"),
    Reason.NOT_OF_REGISTER: _("The number cannot be one of its register"),
    Reason.NO_NAME: _("The name is missing"),
    Reason.NO_KEY: _("Neither a number nor an e-mail address, so the person cannot be recognised"),
    Reason.TOO_LONG: _("A value is longer than the directory keeps"),
    Reason.NOT_TEXT: _("A cell holds signs that are not text"),
    Reason.FORMULA: _("A cell holds a formula instead of text"),
    Reason.BROKEN_LINE: _(
        "The name, the number or the e-mail address runs over several lines; perhaps a quotation "
        "mark is left open"
    ),
    Reason.BAD_DATE: _("A date cannot be read"),
    Reason.BAD_EMAIL: _("The e-mail address is not one"),
    Reason.UNKNOWN_PROFESSION: _("The profession is not known"),
    Reason.UNKNOWN_COUNTRY: _("The country is not a code of two letters"),
    Reason.UNKNOWN_TERRITORY: _("There is no such territory"),
    Reason.REPEATED: _("The same person stands earlier in the file"),
    Reason.DEACTIVATED: _("Deactivated in the register, and not in the directory"),
    Reason.DEAD_NUMBER: _("The public register gave this number up; nobody practises under it"),
    Reason.OWN_VALUE: _("A field of your own cannot say what the row says"),
    Reason.OWN_MISSING: _("A field of your own that newcomers need is empty"),
    Reason.OWN_BY_TWO: _("A field of your own that two people change says otherwise"),
    Reason.SAME_EMAIL: _("Without a number, and the same e-mail as a row with one"),
    Reason.EMPTY: _("An empty line"),
}
# Before the label of a field of one's own among what a row changes.
OWN = "own:"
# Between what a report keeps of a row that such a field cannot take.
_APART = "\t"


def own_label(name: str) -> str:
    """What a field of one's own is called that a row changes; nothing where it is another field."""
    return name.removeprefix(OWN) if name.startswith(OWN) else ""


def own_detail(code: str, field: str, got: str, expected: str) -> str:
    """Why a field cannot take what a row says, as the report keeps it."""
    return _APART.join(" ".join(part.split()) for part in (code, field, got, expected))[:300]


def particular_reason(reason: str, kept: str) -> str:
    """Why exactly, from what a report keeps beside a reason; nothing where it keeps nothing."""
    said = PARTICULAR.get(reason)
    return said(kept) if said and kept else ""


def _not_of_register(scheme: str) -> str:
    if not (known := schemes().get(scheme)):
        return ""
    told = {"register": Scheme(scheme).label, "says": known.says}
    return gettext("Not a number of %(register)s: it is %(says)s") % told


def _unreadable(kept: str) -> str:
    code, field, got, expected = (*kept.split(_APART), "", "", "", "")[:4]
    told = UNREADABLE.get(code)
    return str(told.about(field=field, got=got, expected=expected)) if told else ""


def _missing(field: str) -> str:
    return gettext("%(field)s: needed of somebody new") % {"field": field}


def _by_two(field: str) -> str:
    words = gettext(
        "%(field)s: the directory says otherwise, and two people change it. Ask for it on the "
        "person's page."
    )
    return words % {"field": field}


def _twice(line: str) -> str:
    return gettext("The same e-mail as line %(line)s, and no number") % {"line": line}


# Of these a report keeps beside the reason what it is about.
PARTICULAR: dict[str, Callable[[str], str]] = {
    Reason.SAME_EMAIL: _twice,
    Reason.NOT_OF_REGISTER: _not_of_register,
    Reason.OWN_VALUE: _unreadable,
    Reason.OWN_MISSING: _missing,
    Reason.OWN_BY_TWO: _by_two,
}


def people_columns(fields: Sequence[OwnField]) -> tuple[TargetField, ...]:
    """What columns of a file of people may mean, the organisation's own fields too."""
    return (*FIELDS, *own_columns(fields))

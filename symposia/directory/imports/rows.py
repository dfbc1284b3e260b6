"""One row of any file of clinicians, in the form in which all of them are compared."""

from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Reason(StrEnum):
    """Why a row is rejected or skipped; the value is stored in the report."""

    ORGANISATION = "organisation"
    WRONG_COLUMNS = "wrong_columns"
    BAD_NUMBER = "bad_number"
    NO_NAME = "no_name"
    NO_KEY = "no_key"
    TOO_LONG = "too_long"
    BAD_DATE = "bad_date"
    BAD_EMAIL = "bad_email"
    UNKNOWN_PROFESSION = "unknown_profession"
    UNKNOWN_COUNTRY = "unknown_country"
    UNKNOWN_TERRITORY = "unknown_territory"
    REPEATED = "repeated"
    DEACTIVATED = "deactivated"


REASONS: dict[str, Promise] = {
    Reason.ORGANISATION: _("An organisation, not a person"),
    Reason.WRONG_COLUMNS: _("Another number of columns than the header has"),
    Reason.BAD_NUMBER: _("The check digit of the NPI does not hold"),
    Reason.NO_NAME: _("The name is missing"),
    Reason.NO_KEY: _("Neither a number nor an e-mail address, so the person cannot be recognised"),
    Reason.TOO_LONG: _("A value is longer than the directory keeps"),
    Reason.BAD_DATE: _("A date cannot be read"),
    Reason.BAD_EMAIL: _("The e-mail address is not one"),
    Reason.UNKNOWN_PROFESSION: _("The profession is not known"),
    Reason.UNKNOWN_COUNTRY: _("The country is not a code of two letters"),
    Reason.UNKNOWN_TERRITORY: _("There is no such territory"),
    Reason.REPEATED: _("The same person stands earlier in the file"),
    Reason.DEACTIVATED: _("Deactivated in the register, and not in the directory"),
}


class Row(NamedTuple):
    """What a file says of one clinician; an empty value means that it says nothing."""

    line: int
    problem: str = ""
    scheme: str = ""
    issuer: str = ""
    number: str = ""
    written: str = ""
    full_name: str = ""
    display_name: str = ""
    search_text: str = ""
    credential: str = ""
    profession: str = ""
    specialty: str = ""
    email: str = ""
    phone: str = ""
    institution: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    territory: str = ""
    language: str = ""
    deactivated_on: str = ""
    reactivated_on: str = ""


COLUMNS = Row._fields
LIMITS = dict(  # noqa: C408  # names of fields
    number=40,
    written=60,
    issuer=80,
    full_name=200,
    credential=100,
    specialty=120,
    email=254,
    phone=40,
    institution=200,
    city=100,
    region=60,
    language=10,
)
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": ""})


def is_too_long(row: Row) -> bool:
    return any(len(getattr(row, name)) > limit for name, limit in LIMITS.items())


def staged(row: Row) -> str:
    """The row as COPY reads it."""
    fields = "\t".join(str(value).translate(_ESCAPES) for value in row)
    return f"{fields}\n"


def checked(row: Row) -> Row:
    """A row with over-long values is kept only as far as its report needs it."""
    if is_too_long(row):
        return Row(row.line, Reason.TOO_LONG, number=row.number[:40], full_name=row.full_name[:200])
    return row

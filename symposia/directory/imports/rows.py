"""One row of any file of clinicians, in the form in which all of them are compared."""

from typing import NamedTuple

from symposia.directory.import_words import Reason


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
    # What fields of one's own say, as JSON by their codes; of a row they cannot take, why not, and
    # of a number that cannot be one of its register, which register that is.
    own: str = ""


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
# What search compares is cut where the directory cuts it.
SEARCHED = 420
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

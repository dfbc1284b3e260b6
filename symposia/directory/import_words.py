"""What files of clinicians may say, and why a row of one is not taken, in words."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from symposia.work.imports.fields import TargetField

FIELDS = (
    TargetField("full_name", _("Full name"), ("name", "doctor", "clinician", "doctor name")),
    TargetField("first_name", _("First name"), ("given name", "forename")),
    TargetField("middle_name", _("Middle name"), ("middle",)),
    TargetField("last_name", _("Last name"), ("surname", "family name")),
    TargetField(
        "number",
        _("Number"),
        (
            *("npi", "registration number", "registration no", "reg no", "council number"),
            *("licence number", "license number", "mci number", "smc number"),
        ),
    ),
    TargetField("issuer", _("Issued by"), ("council", "state council", "board", "medical council")),
    TargetField("credential", _("Credential"), ("degree", "degrees", "qualification", "title")),
    TargetField("profession", _("Profession"), ("role", "type")),
    TargetField("specialty", _("Specialty"), ("speciality", "department", "taxonomy")),
    TargetField("email", _("E-mail"), ("email address", "mail", "e-mail address")),
    TargetField("phone", _("Telephone"), ("phone", "mobile", "telephone number", "phone number")),
    TargetField("institution", _("Institution"), ("hospital", "organisation", "organization")),
    TargetField("city", _("City"), ("town", "practice city")),
    TargetField("region", _("State or region"), ("state", "province", "region")),
    TargetField("country", _("Country"), ("country code",)),
    TargetField("territory", _("Territory"), ("patch", "territory code", "area")),
    TargetField("language", _("Language"), ("lang",)),
)


class Reason(StrEnum):
    """Why a row is rejected or skipped; the value is stored in the report."""

    ORGANISATION = "organisation"
    WRONG_COLUMNS = "wrong_columns"
    BAD_NUMBER = "bad_number"
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


REASONS: dict[str, Promise] = {
    Reason.ORGANISATION: _("An organisation, not a person"),
    Reason.WRONG_COLUMNS: _("Another number of columns than the header has"),
    Reason.BAD_NUMBER: _("The check digit of the NPI does not hold"),
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
}

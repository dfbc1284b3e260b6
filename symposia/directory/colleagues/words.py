"""What files of colleagues may say, and why a row of one is not taken, in words."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from symposia.work.imports.fields import TargetField

KIND = "colleagues"

FIELDS = (
    TargetField(
        "email",
        _("E-mail"),
        ("email address", "mail", "e-mail address", "user name", "username", "login"),
        _("Who it is: one row is one person."),
    ),
    TargetField(
        "full_name",
        _("Full name"),
        ("name", "display name", "employee name"),
        _("Of somebody new. Those who are here change their own name."),
    ),
    TargetField("title", _("Position"), ("job title", "designation", "title")),
    TargetField(
        "roles",
        _("Roles"),
        ("role", "role codes"),
        _(
            "Codes, with a semicolon between them. A role reaches the row's territory, or the whole"
            " organisation where the row names none; code@territory and code@organisation say it"
            " otherwise. A day after a code is its last one: coordinator 2027-03-31."
        ),
    ),
    TargetField("territory", _("Territory"), ("patch", "territory code", "area"), _("Its code.")),
    TargetField(
        "manager",
        _("Manager's e-mail"),
        ("manager", "manager email", "reports to", "supervisor", "line manager"),
        _("Somebody who works here, or who stands in the same file."),
    ),
    TargetField(
        "until",
        _("Last day of the roles"),
        ("role until", "until", "end date", "valid until"),
        _("Year-month-day. Of roles that say no day of their own; empty: they have no end."),
    ),
)


class Reason(StrEnum):
    """Why a row is rejected or skipped; the value is stored in the report."""

    NO_EMAIL = "no_email"
    BAD_EMAIL = "bad_email"
    REPEATED = "repeated"
    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    NO_ROLE = "no_role"
    UNREADABLE_ROLE = "unreadable_role"
    UNKNOWN_ROLE = "unknown_role"
    UNKNOWN_TERRITORY = "unknown_territory"
    BAD_DATE = "bad_date"
    DAY_IS_OVER = "day_is_over"
    UNKNOWN_MANAGER = "unknown_manager"
    CIRCLE = "circle"
    TWO_HOLDERS = "two_holders"
    ONESELF = "oneself"
    REFUSED = "refused"
    NOT_IN_FILE = "not_in_file"


REASONS: dict[str, Promise] = {
    Reason.NO_EMAIL: _("The e-mail address is missing"),
    Reason.BAD_EMAIL: _("The e-mail address is not one"),
    Reason.REPEATED: _("The same person stands earlier in the file"),
    Reason.NO_NAME: _("The name is missing"),
    Reason.TOO_LONG: _("A value is longer than is kept"),
    Reason.NO_ROLE: _("Somebody new needs a role"),
    Reason.UNREADABLE_ROLE: _("A role cannot be read; write code, code@territory or code day"),
    Reason.UNKNOWN_ROLE: _("There is no such role"),
    Reason.UNKNOWN_TERRITORY: _("There is no such territory"),
    Reason.BAD_DATE: _("A date cannot be read; write year-month-day"),
    Reason.DAY_IS_OVER: _("The last day of a role is over"),
    Reason.UNKNOWN_MANAGER: _("The manager neither works here nor comes in with this file"),
    Reason.CIRCLE: _("By these lines somebody would be their own manager"),
    Reason.TWO_HOLDERS: _("Somebody earlier in the file holds this territory in this role"),
    Reason.ONESELF: _("Nobody changes their own roles; another administrator brings this row in"),
    Reason.REFUSED: _("Not possible when it was brought in"),
    Reason.NOT_IN_FILE: _("Works here and is not in the file; nothing changes for them"),
}

# How a change is kept in the report: a sign, and which role it is about.
GIVEN, WAITS, OTHERWISE, KEEPS, TAKES_OVER = "+", "?", "~", "=", ">"
TITLE, MANAGER = "title", "manager"


def change_in_words(change: str) -> str:
    """One change of a row, as the report says it."""
    if change == TITLE:
        return _now("Position")
    if change == MANAGER:
        return _now("Manager")
    sentences = {
        GIVEN: _now("gets %(role)s"),
        WAITS: _now("gets %(role)s once a second administrator agrees"),
        OTHERWISE: _now("%(role)s gets another end"),
        TAKES_OVER: _now("takes %(role)s over from whoever holds it"),
        KEEPS: _now("keeps %(role)s, which the row does not name"),
    }
    sentence = sentences.get(change[:1])
    return sentence % {"role": change[1:]} if sentence else change

"""What can be wrong with a record of any body: words that say what to do. Pure."""

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.directory.numbers import is_npi
from symposia.reporting.bodies.parts import Facts
from symposia.shared.refusals import Objection

NO_PERMISSION = Objection(
    "report_no_permission",
    _("Held back: the learner has not agreed that credit is reported to boards."),
)
NO_NAMES = Objection(
    "report_no_names", _("Enter given name and family name of the learner as the body knows them.")
)
NO_BIRTHDAY = Objection("report_no_birthday", _("Enter the learner's full date of birth."))
NO_MONTH_AND_DAY = Objection(
    "report_no_month_and_day", _("Enter month and day of the learner's birth.")
)
NO_NUMBER = Objection(
    "report_no_number",
    _("Add a number that the body knows the learner by: %(numbers)s."),
)
BAD_NPI = Objection("report_bad_npi", _("%(number)s is not an NPI: its check digit is another."))
NO_BODY_NUMBER = Objection(
    "report_no_body_number",
    _("The body has not numbered the activity yet: report the activity first."),
)
BAD_BODY_NUMBER = Objection(
    "report_bad_body_number", _("The number the body gave the activity has %(digits)s digits.")
)
BAD_CREDIT = Objection(
    "report_bad_credit", _("%(amount)s is not an amount in steps of %(step)s, from %(step)s on.")
)
TOO_LONG = Objection(
    "report_too_long", _("“%(field)s” has %(length)s characters; the body takes %(most)s.")
)
MISSING = Objection("report_missing", _("“%(field)s” is missing."))
NOT_ONE_OF = Objection(
    "report_not_one_of", _("“%(said)s” is not a word of the body for “%(field)s”.")
)
NO_PLACE = Objection(
    "report_no_place",
    _("Say where people met: city, country and, in the United States, the state."),
)
DAYS_TURNED = Objection("report_days_turned", _("It ends before it starts."))
TOO_LONG_SPAN = Objection(
    "report_too_long_span", _("It lasts longer than the %(months)s months the body allows.")
)
SUPPORT_NOT_SAID = Objection(
    "report_support_not_said", _("Say whether a company supported the activity.")
)
SUPPORT_NOT_LISTED = Objection(
    "report_support_not_listed",
    _("A company supported it: note which, and how much in whole dollars or what in kind."),
)
SUPPORT_NOT_WHOLE = Objection(
    "report_support_not_whole", _("Support of %(source)s is not a whole amount.")
)


def required(facts: Facts, **fields: Any) -> list[Objection]:
    """What is missing of fields that a body requires, each by its word."""
    return [MISSING.about(field=label) for name, label in fields.items() if not facts.get(name)]


def no_longer_than(facts: Facts, most: int, **fields: Any) -> list[Objection]:
    """Which texts are longer than a body takes."""
    found = ((str(label), str(facts.get(name, ""))) for name, label in fields.items())
    return [
        TOO_LONG.about(field=label, length=len(text), most=most)
        for label, text in found
        if len(text) > most
    ]


def one_of(facts: Facts, name: str, words: Collection[str], label: Any) -> list[Objection]:
    """A word that a body does not have."""
    said = str(facts.get(name, ""))
    return [NOT_ONE_OF.about(said=said, field=label)] if said and said not in words else []


def in_steps(said: Any, step: str = "0.25") -> list[Objection]:
    """An amount that is no multiple of the step."""
    try:
        amount = Decimal(str(said))
    except InvalidOperation:
        amount = Decimal(-1)
    fits = amount >= Decimal(step) and amount % Decimal(step) == 0
    return [] if fits else [BAD_CREDIT.about(amount=said, step=step)]


def days_in_order(facts: Facts, months: int) -> list[Objection]:
    """Days the wrong way round, or too far apart."""
    starts, ends = date.fromisoformat(facts["starts_on"]), date.fromisoformat(facts["ends_on"])
    if ends < starts:
        return [DAYS_TURNED]
    apart = (ends.year - starts.year) * 12 + ends.month - starts.month
    return [TOO_LONG_SPAN.about(months=months)] if apart > months else []


def permitted(facts: Facts) -> list[Objection]:
    """Nobody is reported who has not agreed."""
    return [] if facts.get("permitted") else [NO_PERMISSION]


def named(facts: Facts) -> list[Objection]:
    """Names in parts, as bodies ask for them."""
    return [] if facts.get("given_name") and facts.get("family_name") else [NO_NAMES]


def born_on(facts: Facts) -> list[Objection]:
    """The whole date of birth."""
    return [] if re.fullmatch(r"\d{4}-\d{2}-\d{2}", facts.get("born") or "") else [NO_BIRTHDAY]


def born_in(facts: Facts) -> list[Objection]:
    """Month and day of birth at least."""
    return [] if facts.get("born") else [NO_MONTH_AND_DAY]


def known_by(facts: Facts, numbers: Any) -> list[Objection]:
    """A number of the learner; an NPI with its check digit."""
    value = str(facts.get("id_value") or "")
    if not value:
        return [NO_NUMBER.about(numbers=numbers)]
    if facts.get("id_domain") == "NPI" and not is_npi(value):
        return [BAD_NPI.about(number=value)]
    return []


def numbered(facts: Facts, digits: int | None = None) -> list[Objection]:
    """The number that the body gave the activity."""
    number = str(facts.get("module_id") or "")
    if not number:
        return [NO_BODY_NUMBER]
    fits = digits is None or (number.isdigit() and len(number) == digits)
    return [] if fits else [BAD_BODY_NUMBER.about(digits=digits)]

"""US Open Payments: a line for each transfer to a physician, a practitioner or a teaching hospital.

Columns and words are those of the general file that CMS publishes (`open_payments.json`); research
payments are none that Symposia knows.
"""

import json
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.directory.numbers import is_npi
from symposia.reporting.bodies.parts import Declared, Facts, Line, Record, Scope, Sheet
from symposia.reporting.bodies.writing import as_plain_csv, month_first
from symposia.reporting.models import (
    Kind,
    Party,
    Telling,
    TransferDispute,
    TransferKind,
    TransferOfValue,
)
from symposia.reporting.recipients import recipients_of
from symposia.reporting.transfers.schemes import words_of
from symposia.shared.lists import Words
from symposia.shared.refusals import Objection

SCHEME = "open_payments"
FIELD_WRONG = Objection(
    "field_not_as_expected", _("“%(field)s”: expected %(expected)s, kept “%(kept)s”.")
)
_PERSON, _HOSPITAL = "person", "hospital"
STATE, ZIP = re.compile(r"[A-Z]{2}"), re.compile(r"\d{5}(-?\d{4})?")
NON_PHYSICIANS = frozenset({"physician_assistant", "nurse_practitioner"})
_CASH = frozenset({TransferKind.FEE, TransferKind.TEACHING, TransferKind.ADVICE})
_BY_MONEY = _CASH | {TransferKind.GRANT, TransferKind.PASSED_ON}
_JOURNEYS = frozenset({TransferKind.TRAVEL, TransferKind.SPEAKER_TRAVEL})


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The columns and words of CMS, as data."""
    file = Path(__file__).with_name("open_payments.json")
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return read


def collect(scope: Scope) -> list[Line]:
    """Every transfer of the programme year that is told by name; what was told and is so no more
    is taken back."""
    rows = TransferOfValue.objects.filter(scheme=SCHEME, year=scope.year)
    if scope.activity_id:
        rows = rows.filter(activity=scope.activity_id)
    found = list(rows.select_related("activity").order_by("given_on", "number"))
    recipients = recipients_of(found, for_files=True)
    disputed = set(
        TransferDispute.objects.open().filter(transfer__in=found).values_list("transfer", flat=True)
    )
    return [_line(each, recipients.asked_of(each), each.pk in disputed) for each in found]


def _line(each: TransferOfValue, asked: dict[str, Any], is_disputed: bool) -> Line:
    told = each.outcome == Telling.INDIVIDUAL and each.is_standing
    activity = each.activity
    facts = asked | {
        "number": each.number,
        "gone": "" if told else "yes",
        "party": _PERSON if each.party != Party.ORGANISATION else _HOSPITAL,
        "amount": str(each.amount.amount),
        "currency": each.currency,
        "given_on": each.given_on.isoformat(),
        "form": words()["forms"][0 if each.kind in _BY_MONEY else 1],
        "nature": words_of(SCHEME, each.category),
        "is_journey": "yes" if each.kind in _JOURNEYS else "",
        "travel_city": activity.city if each.kind in _JOURNEYS else "",
        "travel_country": activity.country if each.kind in _JOURNEYS else "",
        "product": activity.product,
        "disputed": "Yes" if is_disputed else "No",
        "context": activity.title[:500],
        "year": str(each.year),
    }
    label = f"{each.number} · {each.name} · {each.amount}"
    return Line(each.pk.hex, each.activity_id, label, facts)


def check(facts: Facts) -> list[Objection]:
    """What CMS would reject, field by field: what is expected and what is kept."""
    who = _hospital(facts) if facts["party"] == _HOSPITAL else _person(facts)
    return [*who, *_address(facts), *_payment(facts)]


def _wrong(holds: bool, facts: Facts, name: str, label: Words, expected: Words) -> list[Objection]:
    if holds:
        return []
    kept = str(facts.get(name, "") or "")
    return [FIELD_WRONG.about(field=label, expected=expected, kept=kept)]


def _short(facts: Facts, name: str, most: int) -> bool:
    return 0 < len(str(facts.get(name, ""))) <= most


def _person(facts: Facts) -> list[Objection]:
    types = words()["types"].get(facts.get("profession", ""), [])
    state = str(facts.get("licence_state", ""))
    return [
        *_wrong(
            _short(facts, "given_name", 20),
            *(facts, "given_name", _("First name"), _("1 to 20 characters")),
        ),
        *_wrong(
            _short(facts, "family_name", 35),
            *(facts, "family_name", _("Last name"), _("1 to 35 characters")),
        ),
        *_wrong(
            is_npi(str(facts.get("npi", ""))),
            *(facts, "npi", _("NPI"), _("ten digits with the check digit")),
        ),
        *_wrong(
            type_of(facts) in types,
            *(facts, "body_type", _("Primary type"), " / ".join(types) or _("a covered type")),
        ),
        *_wrong(
            bool(STATE.fullmatch(state)),
            *(facts, "licence_state", _("State of the licence"), _("two letters")),
        ),
    ]


def type_of(facts: Facts) -> str:
    """What CMS calls the recipient; of physicians somebody says which, the others have one."""
    types = words()["types"].get(facts.get("profession", ""), [])
    said = str(facts.get("body_type", ""))
    return said or (types[0] if facts.get("profession") != "physician" and types else "")


def _hospital(facts: Facts) -> list[Objection]:
    number = str(facts.get("hospital_number", ""))
    return [
        *_wrong(
            len(number) == 6,
            *(facts, "hospital_number", _("CMS number of the hospital"), _("six characters")),
        ),
        *_wrong(_short(facts, "name", 100), facts, "name", _("Hospital"), _("1 to 100 characters")),
    ]


def _address(facts: Facts) -> list[Objection]:
    region, code = str(facts.get("region", "")), str(facts.get("postal_code", ""))
    return [
        *_wrong(_short(facts, "street", 55), facts, "street", _("Street"), _("1 to 55 characters")),
        *_wrong(_short(facts, "city", 40), facts, "city", _("City"), _("1 to 40 characters")),
        *_wrong(bool(STATE.fullmatch(region)), facts, "region", _("State"), _("two letters")),
        *_wrong(
            bool(ZIP.fullmatch(code)), facts, "postal_code", _("ZIP code"), _("five or nine digits")
        ),
    ]


def _payment(facts: Facts) -> list[Objection]:
    place = bool(facts.get("travel_city") and facts.get("travel_country"))
    in_year = facts["given_on"][:4] == facts["year"]
    return [
        *_wrong(
            _is_amount(facts["amount"]), facts, "amount", _("Amount"), _("above 0, two decimals")
        ),
        *_wrong(facts["currency"] == "USD", facts, "currency", _("Currency"), "USD"),
        *_wrong(in_year, facts, "given_on", _("Date"), _("a day of %s") % facts["year"]),
        *_wrong(
            facts["nature"] in words()["natures"],
            *(facts, "nature", _("Nature"), _("a word of CMS")),
        ),
        *_wrong(
            not facts.get("is_journey") or place,
            *(facts, "travel_city", _("City of travel"), _("city and country")),
        ),
    ]


def _is_amount(said: str) -> bool:
    try:
        amount = Decimal(said)
    except InvalidOperation:
        return False
    return amount > 0 and amount == amount.quantize(Decimal("0.01"))


_CHANGE = {"add": "NEW", "update": "CHANGED", "delete": "DELETED"}


def row_of(record: Record, sheet: Sheet) -> list[str]:
    """A record in the columns of the file."""
    said = _columns(record.facts) | {
        "Change_Type": _CHANGE[record.action],
        "Record_ID": record.record_id,
        "Submitting_Applicable_Manufacturer_or_Applicable_GPO_Name": sheet.provider,
        "Applicable_Manufacturer_or_Applicable_GPO_Making_Payment_ID": sheet.provider_number,
        "Applicable_Manufacturer_or_Applicable_GPO_Making_Payment_Name": sheet.provider,
        "Program_Year": str(sheet.year),
    }
    return [said.get(column, "") for column in words()["columns"]]


def _columns(facts: Facts) -> dict[str, str]:
    shared = {
        "Recipient_Primary_Business_Street_Address_Line1": facts["street"],
        "Recipient_City": facts["city"],
        "Recipient_State": facts["region"],
        "Recipient_Zip_Code": facts["postal_code"],
        "Recipient_Country": "United States",
        "Total_Amount_of_Payment_USDollars": f"{Decimal(facts['amount']):.2f}",
        "Date_of_Payment": month_first(facts["given_on"]),
        "Number_of_Payments_Included_in_Total_Amount": "1",
        "Form_of_Payment_or_Transfer_of_Value": facts["form"],
        "Nature_of_Payment_or_Transfer_of_Value": facts["nature"],
        "City_of_Travel": facts["travel_city"],
        "Country_of_Travel": facts["travel_country"],
        "Third_Party_Payment_Recipient_Indicator": "No Third Party Payment",
        "Contextual_Information": facts["context"],
        "Delay_in_Publication_Indicator": "No",
        "Dispute_Status_for_Publication": facts["disputed"],
        "Related_Product_Indicator": "Yes" if facts["product"] else "No",
        "Name_of_Drug_or_Biological_or_Device_or_Medical_Supply_1": facts["product"],
    }
    return shared | (_of_hospital if facts["party"] == _HOSPITAL else _of_person)(facts)


def _of_person(facts: Facts) -> dict[str, str]:
    practitioner = facts["profession"] in NON_PHYSICIANS
    kind = "Non-Physician Practitioner" if practitioner else "Physician"
    return {
        "Covered_Recipient_Type": f"Covered Recipient {kind}",
        "Covered_Recipient_NPI": facts["npi"],
        "Covered_Recipient_First_Name": facts["given_name"],
        "Covered_Recipient_Last_Name": facts["family_name"],
        "Covered_Recipient_Primary_Type_1": type_of(facts),
        "Covered_Recipient_License_State_code1": facts["licence_state"],
        "Physician_Ownership_Indicator": "No",
    }


def _of_hospital(facts: Facts) -> dict[str, str]:
    return {
        "Covered_Recipient_Type": "Covered Recipient Teaching Hospital",
        "Teaching_Hospital_CCN": facts["hospital_number"],
        "Teaching_Hospital_Name": facts["name"],
    }


def write_csv(sheet: Sheet) -> bytes:
    """A line for each transfer, in the order of the columns."""
    rows: Sequence[list[str]] = [row_of(record, sheet) for record in sheet.records]
    return as_plain_csv(words()["columns"], rows)


OPEN_PAYMENTS = Declared(
    kind=Kind.OPEN_PAYMENTS,
    collect=collect,
    check=check,
    writers={"csv": write_csv},
    shown=(
        ("number", _("Number")),
        ("name", _("Recipient")),
        ("npi", _("NPI")),
        ("nature", _("Nature")),
        ("amount", _("Amount")),
        ("given_on", _("Date")),
        ("street", _("Street")),
        ("city", _("City")),
        ("region", _("State")),
        ("postal_code", _("ZIP code")),
        ("disputed", _("Disputed")),
    ),
)

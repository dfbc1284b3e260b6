"""EFPIA disclosure: what each professional who agreed and each organisation had in a year, a column
for each kind; all others in a sum with how many they are. A methodological note goes with it."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.reporting.bodies.parts import Declared, Facts, Line, Scope, Sheet
from symposia.reporting.bodies.writing import as_csv, as_sheet
from symposia.reporting.models import Kind, Party, Telling, TransferOfValue
from symposia.reporting.recipients import Recipients, recipients_of
from symposia.shared.money import total
from symposia.shared.refusals import Objection

SCHEME = "efpia"
# The blocks of the template, in their order.
PEOPLE, PEOPLE_SUM, PLACES = "hcp_individual", "hcp_aggregate", "hco_individual"
BLOCK_WORDS = {
    PEOPLE: "HCPs, individual",
    PEOPLE_SUM: "HCPs, aggregate",
    PLACES: "HCOs, individual",
}
COLUMNS = ("donations", "sponsorship", "registration", "travel", "fees", "related")
HEAD = (
    "Block",
    "Full Name",
    "City of Principal Practice",
    "Country of Principal Practice",
    "Principal Practice Address",
    "Unique country local identifier",
    "Donations and Grants to HCOs",
    "Sponsorship agreements with HCOs / third parties appointed by HCOs",
    "Registration Fees",
    "Travel & Accommodation",
    "Fees",
    "Related expenses agreed in the fee for service or consultancy contract",
    "TOTAL",
    "Number of recipients",
    "% of total number of recipients",
)
# What a professional cannot have.
NOT_OF_PEOPLE = frozenset({"donations", "sponsorship"})
MIXED_MONEY = Objection(
    "efpia_mixed_money",
    gettext_lazy("“Currency”: expected one for the recipient's year, kept “%(kept)s”."),
)
NO_CITY = Objection(
    "efpia_no_city", gettext_lazy("“City of Principal Practice”: expected a city, kept “”.")
)


def key_of(recipient: uuid.UUID, year: int) -> str:
    """By which what a recipient had in a year is told from what they had in another."""
    return uuid.uuid5(recipient, str(year)).hex


def who_had(transfer: TransferOfValue) -> uuid.UUID:
    """Who had it; whoever the directory does not know is another with each transfer."""
    return transfer.institution_id or transfer.clinician_id or transfer.pk


def collect(scope: Scope) -> list[Line]:
    """A line for each who is named, and one for all others together."""
    rows = TransferOfValue.objects.filter(scheme=SCHEME, year=scope.year)
    found = list(rows.order_by("number"))
    recipients = recipients_of(found, for_files=True)
    named: dict[uuid.UUID, list[TransferOfValue]] = defaultdict(list)
    summed: dict[uuid.UUID, list[TransferOfValue]] = defaultdict(list)
    others: dict[uuid.UUID, list[TransferOfValue]] = defaultdict(list)
    told = {Telling.INDIVIDUAL: named, Telling.AGGREGATE: summed}
    for each in found:
        where = told.get(Telling(each.outcome), others) if each.is_standing else others
        where[who_had(each)].append(each)
    lines = [_named(each, recipients) for each in named.values()]
    lines += [_no_longer(who, scope.year) for who in others | summed if who not in named]
    if summed:
        people = sum(rows[0].party != Party.ORGANISATION for rows in named.values())
        lines.append(_summed(summed, people + len(summed), scope.year))
    return lines


def _named(rows: Sequence[TransferOfValue], recipients: Recipients) -> Line:
    first, asked = rows[0], recipients.asked_of(rows[0])
    block = PLACES if first.party == Party.ORGANISATION else PEOPLE
    who = who_had(first)
    facts = _sums(rows) | {
        "number": f"{block}-{who.hex}-{first.year}",
        "block": block,
        "name": asked["name"],
        "city": asked.get("city", ""),
        "country": asked.get("country", ""),
        "address": " ".join(filter(None, (asked.get("street"), asked.get("postal_code")))),
        "local_number": asked.get("local_number", ""),
        "transfers": [row.number for row in rows],
        "recipients": "",
        "share": "",
    }
    label = f"{asked['name']} · {facts['total']} {facts['currency']}"
    return Line(key_of(who, first.year), None, label, facts)


def _no_longer(who: uuid.UUID, year: int) -> Line:
    """Whoever is not named any more is taken back, should a file have named them."""
    facts = {"number": f"{PEOPLE}-{who.hex}-{year}", "gone": "yes", "block": PEOPLE}
    return Line(key_of(who, year), None, "", facts)


def _summed(
    people: Mapping[uuid.UUID, Sequence[TransferOfValue]], everybody: int, year: int
) -> Line:
    rows = [row for each in people.values() for row in each]
    share = Decimal(100 * len(people)) / Decimal(everybody)
    facts = _sums(rows) | {
        "number": f"{PEOPLE_SUM}-{year}",
        "block": PEOPLE_SUM,
        "name": "",
        "city": "-",
        "country": "",
        "address": "",
        "local_number": "",
        "transfers": [],
        "recipients": str(len(people)),
        "share": f"{share:.1f}",
    }
    return Line(f"aggregate-{year}", None, f"{BLOCK_WORDS[PEOPLE_SUM]} · {facts['total']}", facts)


def _sums(rows: Sequence[TransferOfValue]) -> dict[str, Any]:
    """Each column's amount; one currency, or what is wrong is seen."""
    currencies = sorted({row.currency for row in rows})
    sums = {}
    for column in COLUMNS:
        amounts = [r.amount for r in rows if r.category == column and r.currency == currencies[0]]
        sums[column] = str(total(amounts, currencies[0]).amount) if amounts else ""
    whole = total((r.amount for r in rows if r.currency == currencies[0]), currencies[0])
    return sums | {"total": str(whole.amount), "currency": "+".join(currencies)}


def check(facts: Facts) -> list[Objection]:
    """What keeps a line from being published."""
    found = []
    if "+" in facts.get("currency", ""):
        found.append(MIXED_MONEY.about(kept=facts["currency"]))
    if facts["block"] != PEOPLE_SUM and not facts.get("city"):
        found.append(NO_CITY)
    return found


def _rows(sheet: Sheet) -> list[list[str]]:
    order = list(BLOCK_WORDS)
    records = [r.facts for r in sheet.records if r.action != "delete"]
    records.sort(key=lambda f: (order.index(f["block"]), f["name"].casefold(), f["number"]))
    return [_row(facts) for facts in records]


def _row(facts: Facts) -> list[str]:
    is_place = facts["block"] == PLACES
    sums = [
        "N/A" if column in NOT_OF_PEOPLE and not is_place else facts[column] for column in COLUMNS
    ]
    who = [facts[n] for n in ("name", "city", "country", "address", "local_number")]
    counted = [facts["recipients"], facts["share"]]
    return [BLOCK_WORDS[facts["block"]], *who, *sums, facts["total"], *counted]


def write_csv(sheet: Sheet) -> bytes:
    """The template as lines."""
    return as_csv(HEAD, _rows(sheet))


def write_sheet(sheet: Sheet) -> bytes:
    """The template as a workbook."""
    return as_sheet(HEAD, _rows(sheet))


def write_note(sheet: Sheet) -> bytes:
    """How the figures were made: what the code asks to be published beside them."""
    currencies = sorted({r.facts["currency"] for r in sheet.records if r.facts.get("currency")})
    said = [
        _("Methodological note of %(name)s, %(year)s")
        % {"name": sheet.provider, "year": sheet.year},
        _("Currency: %(said)s. Nothing is converted.") % {"said": ", ".join(currencies)},
        _("Tax: amounts are those that were posted, with the tax that they contain."),
        _(
            "Date: a fee or a journey counts on the day of its paper, what is shared at a meeting"
            " on the day of the meeting. What a contract of several years pays counts when"
            " it is paid."
        ),
        _(
            "Consent: whoever has not agreed to be named, or no longer does, is told in the sum"
            " with everything they had; what was agreed is not split."
        ),
        _("Meals, drinks and informational items are not disclosed under the code."),
        _("Value that went through somebody else is told once, of the last recipient known."),
        _("Research and development: no such transfers are kept in Symposia."),
    ]
    return ("\n\n".join(said) + "\n").encode()


EFPIA = Declared(
    kind=Kind.EFPIA,
    collect=collect,
    check=check,
    writers={"xlsx": write_sheet, "csv": write_csv, "txt": write_note},
    shown=(
        ("name", gettext_lazy("Recipient")),
        ("city", gettext_lazy("City")),
        ("country", gettext_lazy("Country")),
        ("donations", gettext_lazy("Donations and grants")),
        ("travel", gettext_lazy("Travel and accommodation")),
        ("fees", gettext_lazy("Fees")),
        ("related", gettext_lazy("Related expenses")),
        ("total", gettext_lazy("Total")),
        ("currency", gettext_lazy("Currency")),
        ("recipients", gettext_lazy("Number of recipients")),
        ("share", gettext_lazy("Percent of all recipients")),
    ),
    needs_account=False,
)

"""A batch as a bank reads it: ISO 20022, customer credit transfer initiation, pain.001.001.09.

Names and words keep to the signs that every bank takes. `faults_of` asks the rules of the structure
of the message: which elements stand where, how often, and what they may say.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from symposia.finance.bank_rules import is_iban
from symposia.shared.money import Money, exponent

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_LATIN = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
_BIC = re.compile("[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")
_IFSC = re.compile("[A-Z]{4}0[A-Z0-9]{6}")


@dataclass(frozen=True)
class Account:
    """Whose account, which number, at which bank."""

    holder: str
    number: str
    bank_code: str = ""


@dataclass(frozen=True)
class Transfer:
    """One payment of a batch: to whom, how much, under which reference and words."""

    to: Account
    amount: Money
    reference: str
    words: str


@dataclass(frozen=True)
class Initiation:
    """A whole batch."""

    message_id: str
    made_at: datetime
    initiator: str
    pays_on: date
    payer: Account
    currency: str
    transfers: Sequence[Transfer]

    @property
    def total(self) -> Money:
        return sum((each.amount for each in self.transfers), Money.zero(self.currency))


def latin(text: str, most: int) -> str:
    """In the signs of every bank; others become their plain letter or a dot."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    return _LATIN.sub(".", plain).strip()[:most] or "."


def pain001(batch: Initiation) -> bytes:
    """The message, the same bytes for the same batch."""
    document = document_of(batch)
    indent(document)
    made: bytes = tostring(document, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def document_of(batch: Initiation) -> Element:
    """The message as elements."""
    document = Element("Document", xmlns=NAMESPACE)
    message = SubElement(document, "CstmrCdtTrfInitn")
    header = SubElement(message, "GrpHdr")
    _text(header, "MsgId", latin(batch.message_id, 35))
    _text(header, "CreDtTm", batch.made_at.strftime("%Y-%m-%dT%H:%M:%S"))
    _count(header, batch)
    _text(SubElement(header, "InitgPty"), "Nm", latin(batch.initiator, 140))
    info = SubElement(message, "PmtInf")
    _text(info, "PmtInfId", latin(batch.message_id, 35))
    _text(info, "PmtMtd", "TRF")
    _text(info, "BtchBookg", "true")
    _count(info, batch)
    _text(SubElement(info, "ReqdExctnDt"), "Dt", batch.pays_on.isoformat())
    _text(SubElement(info, "Dbtr"), "Nm", latin(batch.payer.holder, 140))
    account = SubElement(info, "DbtrAcct")
    _account(account, batch.payer.number)
    _text(account, "Ccy", batch.currency)
    _bank(SubElement(info, "DbtrAgt"), batch.payer.bank_code)
    _text(info, "ChrgBr", "SLEV")
    for each in batch.transfers:
        _transfer(SubElement(info, "CdtTrfTxInf"), each)
    return document


def _transfer(into: Element, each: Transfer) -> None:
    _text(SubElement(into, "PmtId"), "EndToEndId", latin(each.reference, 35))
    amount = SubElement(SubElement(into, "Amt"), "InstdAmt", Ccy=each.amount.currency)
    amount.text = _digits(each.amount)
    if each.to.bank_code:
        _bank(SubElement(into, "CdtrAgt"), each.to.bank_code)
    _text(SubElement(into, "Cdtr"), "Nm", latin(each.to.holder, 140))
    _account(SubElement(into, "CdtrAcct"), each.to.number)
    _text(SubElement(into, "RmtInf"), "Ustrd", latin(each.words, 140))


def _account(into: Element, number: str) -> None:
    identified = SubElement(into, "Id")
    if is_iban(number):
        _text(identified, "IBAN", number)
    else:
        _text(SubElement(identified, "Othr"), "Id", number)


def _bank(into: Element, code: str) -> None:
    """A BIC, an Indian branch, or what the bank of the payer knows by itself."""
    bank = SubElement(into, "FinInstnId")
    if _IFSC.fullmatch(code):
        member = SubElement(bank, "ClrSysMmbId")
        _text(SubElement(member, "ClrSysId"), "Cd", "INFSC")
        _text(member, "MmbId", code)
    elif _BIC.fullmatch(code):
        _text(bank, "BICFI", code)
    else:
        _text(SubElement(bank, "Othr"), "Id", code or "NOTPROVIDED")


def _count(into: Element, batch: Initiation) -> None:
    _text(into, "NbOfTxs", str(len(batch.transfers)))
    _text(into, "CtrlSum", _digits(batch.total))


def _digits(amount: Money) -> str:
    return f"{amount.amount:.{exponent(amount.currency)}f}"


def _text(into: Element, name: str, words: str) -> None:
    SubElement(into, name).text = words


# Of each element: its children in order, each with whether it must be there and may be often; or
# what its words are.
_MUST, _MAY, _MANY = (1, 1), (0, 1), (1, 10**9)
_CHILDREN: dict[str, dict[str, tuple[int, int]]] = {
    "Document": {"CstmrCdtTrfInitn": _MUST},
    "CstmrCdtTrfInitn": {"GrpHdr": _MUST, "PmtInf": _MANY},
    "GrpHdr": {
        "MsgId": _MUST,
        "CreDtTm": _MUST,
        "NbOfTxs": _MUST,
        "CtrlSum": _MAY,
        "InitgPty": _MUST,
    },
    "InitgPty": {"Nm": _MAY},
    "PmtInf": {
        "PmtInfId": _MUST,
        "PmtMtd": _MUST,
        "BtchBookg": _MAY,
        "NbOfTxs": _MAY,
        "CtrlSum": _MAY,
        "ReqdExctnDt": _MUST,
        "Dbtr": _MUST,
        "DbtrAcct": _MUST,
        "DbtrAgt": _MUST,
        "ChrgBr": _MAY,
        "CdtTrfTxInf": _MANY,
    },
    "ReqdExctnDt": {"Dt": _MUST},
    "Dbtr": {"Nm": _MAY},
    "DbtrAcct": {"Id": _MUST, "Ccy": _MAY},
    "DbtrAgt": {"FinInstnId": _MUST},
    "CdtTrfTxInf": {
        "PmtId": _MUST,
        "Amt": _MUST,
        "CdtrAgt": _MAY,
        "Cdtr": _MAY,
        "CdtrAcct": _MAY,
        "RmtInf": _MAY,
    },
    "PmtId": {"EndToEndId": _MUST},
    "Amt": {"InstdAmt": _MUST},
    "CdtrAgt": {"FinInstnId": _MUST},
    "Cdtr": {"Nm": _MAY},
    "CdtrAcct": {"Id": _MUST},
    "RmtInf": {"Ustrd": (0, 10**9)},
    "FinInstnId": {"BICFI": _MAY, "ClrSysMmbId": _MAY, "Othr": _MAY},
    "ClrSysMmbId": {"ClrSysId": _MAY, "MmbId": _MUST},
    "ClrSysId": {"Cd": _MUST},
    "Othr": {"Id": _MUST},
}
_SIGNS = r"[A-Za-z0-9/\-?:().,'+ ]"
_WORDS = {
    "MsgId": f"{_SIGNS}{{1,35}}",
    "CreDtTm": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
    "NbOfTxs": r"\d{1,15}",
    "CtrlSum": r"\d{1,17}(\.\d{1,3})?",
    "Nm": f"{_SIGNS}{{1,140}}",
    "PmtInfId": f"{_SIGNS}{{1,35}}",
    "PmtMtd": "TRF",
    "BtchBookg": "true|false",
    "Dt": r"\d{4}-\d\d-\d\d",
    "Ccy": "[A-Z]{3}",
    "ChrgBr": "SLEV|SHAR|DEBT|CRED",
    "EndToEndId": f"{_SIGNS}{{1,35}}",
    "InstdAmt": r"\d{1,15}(\.\d{1,3})?",
    "Ustrd": f"{_SIGNS}{{1,140}}",
    "IBAN": "[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}",
    "BICFI": "[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?",
    "Cd": "[A-Z]{1,5}",
    "MmbId": "[A-Za-z0-9]{1,28}",
    "Id": "[A-Za-z0-9]{1,34}",
}


def faults_of(document: Element) -> list[str]:
    """Where a message breaks the structure of pain.001.001.09, and where its sums do not fit."""
    return [*_structure(document), *_sums(document)]


def _structure(element: Element) -> Iterator[str]:
    children = _children_of(element)
    if children is None:
        yield from _words(element)
        return
    names = [child.tag for child in element]
    known = list(children)
    for name, (least, most) in children.items():
        if not least <= names.count(name) <= most:
            yield f"{element.tag}: {name} stands {names.count(name)} times"
    places = [known.index(name) for name in names if name in children]
    if len(places) != len(names) or places != sorted(places):
        yield f"{element.tag}: {', '.join(names)} is not their order"
    for child in element:
        yield from _structure(child)


def _children_of(element: Element) -> dict[str, tuple[int, int]] | None:
    """What stands in it; of the number of an account one of its two forms."""
    if element.tag == "Id" and len(element):
        return {"IBAN": _MUST} if element[0].tag == "IBAN" else {"Othr": _MUST}
    return _CHILDREN.get(element.tag)


def _words(element: Element) -> Iterator[str]:
    pattern = _WORDS.get(element.tag)
    if pattern is None:
        yield f"{element.tag}: not known"
    elif len(element) or not re.fullmatch(pattern, element.text or ""):
        yield f"{element.tag}: {element.text!r}"


def _sums(document: Element) -> Iterator[str]:
    amounts = [Decimal(each.text or "0") for each in document.iter("InstdAmt")]
    for part in ("CstmrCdtTrfInitn/GrpHdr", "CstmrCdtTrfInitn/PmtInf"):
        if document.findtext(f"{part}/NbOfTxs") != str(len(amounts)):
            yield f"{part}: it is {len(amounts)} payments"
        if Decimal(document.findtext(f"{part}/CtrlSum") or "0") != sum(amounts):
            yield f"{part}: they come to {sum(amounts)}"
    references = [each.text for each in document.iter("EndToEndId")]
    if len(set(references)) != len(references):
        yield "EndToEndId: one stands twice"
    ccy = {each.get("Ccy") for each in document.iter("InstdAmt")}
    if len(ccy) > 1 or not all(re.fullmatch("[A-Z]{3}", each or "") for each in ccy):
        yield "InstdAmt: of one currency"

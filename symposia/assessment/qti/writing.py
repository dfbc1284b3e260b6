"""A package of QTI 3.0: a manifest, and one file for each question in one of its versions."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, tostring

from symposia.assessment.models import BankKind, CreditRule
from symposia.assessment.queries.bank import Worded
from symposia.shared.archives import archive

NS = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
MANIFEST_NS = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
TEMPLATES = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates"
RESOURCE = "imsqti_item_xmlv3p0"
ALL = "ALL"
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_CARDINALITY = {
    BankKind.SINGLE: ("single", "identifier"),
    BankKind.MULTIPLE: ("multiple", "identifier"),
    BankKind.ORDER: ("ordered", "identifier"),
    BankKind.MATCH: ("multiple", "directedPair"),
    BankKind.NUMERIC: ("single", "float"),
    BankKind.SHORT: ("single", "string"),
}


def package(questions: Sequence[Worded]) -> Iterator[bytes]:
    """The archive piece by piece."""
    files = [(f"items/{each.question.number}.xml", item(each)) for each in questions]
    manifest = _manifest([name for name, _content in files])
    entries = [("imsmanifest.xml", manifest), *files]
    return archive((name, iter([content])) for name, content in entries)


def _manifest(names: Sequence[str]) -> bytes:
    root = Element("manifest", {"xmlns": MANIFEST_NS, "identifier": "symposia-questions"})
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "QTI Package"
    SubElement(metadata, "schemaversion").text = "3.0.0"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    for place, name in enumerate(names, start=1):
        facts = {"identifier": f"R{place}", "type": RESOURCE, "href": name}
        SubElement(SubElement(resources, "resource", facts), "file", {"href": name})
    return _written(root)


def item(worded: Worded) -> bytes:
    """One question as `qti-assessment-item`."""
    question, version = worded.question, worded.version
    facts = {
        "xmlns": NS,
        "identifier": question.number,
        "title": version.text[:80],
        "adaptive": "false",
        "time-dependent": "false",
        "{http://www.w3.org/XML/1998/namespace}lang": "en",
    }
    root = Element("qti-assessment-item", facts)
    _declare(root, worded)
    for name, kind in (("SCORE", "float"), ("FEEDBACK", "identifier")):
        outcome = {"identifier": name, "cardinality": "single", "base-type": kind}
        SubElement(root, "qti-outcome-declaration", outcome)
    _body(root, worded)
    _processing(root, worded)
    for option in worded.options:
        _feedback(root, f"A{option.position}", option.rationale, option.reference)
    _feedback(root, ALL, version.rationale, version.reference)
    return _written(root)


def _written(root: Element) -> bytes:
    text: str = tostring(root, encoding="unicode")
    return _HEAD + text.encode()


def _declare(root: Element, worded: Worded) -> None:
    kind = BankKind(worded.question.kind)
    cardinality, base = _CARDINALITY[kind]
    facts = {"identifier": "RESPONSE", "cardinality": cardinality, "base-type": base}
    declaration = SubElement(root, "qti-response-declaration", facts)
    correct = SubElement(declaration, "qti-correct-response")
    for value in _right(worded):
        SubElement(correct, "qti-value").text = value
    if kind == BankKind.SHORT:
        mapping = SubElement(declaration, "qti-mapping", {"default-value": "0"})
        for option in worded.options:
            entry = {"map-key": option.text, "mapped-value": "1", "case-sensitive": "false"}
            SubElement(mapping, "qti-map-entry", entry)
    elif kind == BankKind.MULTIPLE and worded.version.rule == CreditRule.PARTS:
        _map_parts(declaration, worded)


def _map_parts(declaration: Element, worded: Worded) -> None:
    """Each right choice a share of the point, each wrong one takes it away again."""
    share = 1 / sum(each.is_right for each in worded.options)
    bounds = {"lower-bound": "0", "upper-bound": "1", "default-value": "0"}
    mapping = SubElement(declaration, "qti-mapping", bounds)
    for each in worded.options:
        value = f"{share if each.is_right else -share:.4f}"
        entry = {"map-key": f"A{each.position}", "mapped-value": value}
        SubElement(mapping, "qti-map-entry", entry)


def _right(worded: Worded) -> list[str]:
    kind = worded.question.kind
    if kind == BankKind.NUMERIC:
        return [_plain(worded.version.value)]
    if kind == BankKind.SHORT:
        return [worded.options[0].text]
    if kind == BankKind.MATCH:
        return [f"A{each.position} B{each.position}" for each in worded.options]
    right = [each for each in worded.options if each.is_right or kind == BankKind.ORDER]
    return [f"A{each.position}" for each in right]


def _body(root: Element, worded: Worded) -> None:
    body = SubElement(root, "qti-item-body")
    kind, facts = worded.question.kind, {"response-identifier": "RESPONSE"}
    if kind in {BankKind.NUMERIC, BankKind.SHORT}:
        SubElement(body, "p").text = worded.version.text
        line = SubElement(body, "p")
        SubElement(line, "qti-text-entry-interaction", facts)
        if worded.version.unit:
            SubElement(line, "span", {"class": "unit"}).text = worded.version.unit
        return
    if worded.version.rule == CreditRule.PARTS:
        facts["data-rule"] = CreditRule.PARTS.value
    if kind == BankKind.MATCH:
        _match(SubElement(body, "qti-match-interaction", facts | {"shuffle": "true"}), worded)
        return
    name = "qti-order-interaction" if kind == BankKind.ORDER else "qti-choice-interaction"
    if kind != BankKind.ORDER:
        facts["max-choices"] = "1" if kind == BankKind.SINGLE else "0"
    interaction = SubElement(body, name, facts | {"shuffle": "true"})
    SubElement(interaction, "qti-prompt").text = worded.version.text
    for each in worded.options:
        choice = {"identifier": f"A{each.position}"}
        SubElement(interaction, "qti-simple-choice", choice).text = each.text


def _match(interaction: Element, worded: Worded) -> None:
    SubElement(interaction, "qti-prompt").text = worded.version.text
    for letter in "AB":
        side = SubElement(interaction, "qti-simple-match-set")
        for each in worded.options:
            facts = {"identifier": f"{letter}{each.position}", "match-max": "1"}
            choice = SubElement(side, "qti-simple-associable-choice", facts)
            choice.text = each.text if letter == "A" else each.partner


def _processing(root: Element, worded: Worded) -> None:
    kind, version = worded.question.kind, worded.version
    if kind != BankKind.NUMERIC:
        is_mapped = kind == BankKind.SHORT or (
            kind == BankKind.MULTIPLE and version.rule == CreditRule.PARTS
        )
        name = "map_response" if is_mapped else "match_correct"
        facts = {"template": f"{TEMPLATES}/{name}.xml"}
        SubElement(root, "qti-response-processing", facts)
        return
    branch = SubElement(SubElement(root, "qti-response-processing"), "qti-response-condition")
    hit = SubElement(branch, "qti-response-if")
    around = _plain(version.tolerance or Decimal(0))
    facts = {"tolerance-mode": "absolute", "tolerance": f"{around} {around}"}
    equal = SubElement(hit, "qti-equal", facts)
    SubElement(equal, "qti-variable", {"identifier": "RESPONSE"})
    SubElement(equal, "qti-correct", {"identifier": "RESPONSE"})
    value = SubElement(hit, "qti-set-outcome-value", {"identifier": "SCORE"})
    SubElement(value, "qti-base-value", {"base-type": "float"}).text = "1"


def _feedback(root: Element, identifier: str, why: str, source: str) -> None:
    if not why and not source:
        return
    facts = {
        "outcome-identifier": "FEEDBACK",
        "identifier": identifier,
        "show-hide": "show",
    }
    content = SubElement(SubElement(root, "qti-modal-feedback", facts), "qti-content-body")
    SubElement(content, "p").text = why
    if source:
        SubElement(content, "p", {"class": "source"}).text = source


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"

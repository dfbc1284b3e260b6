"""A package of QTI 3.0 from somebody else: read with suspicion, each item as a wish or as a reason
why nobody can know what it asks. Nothing is unpacked to the disk, and no entity is followed."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from symposia.assessment.bank_rows import MEDIA, NO_QTI, NOT_OUR_KIND, RowWish
from symposia.assessment.models import BankKind, CreditRule
from symposia.assessment.qti.writing import ALL, RESOURCE
from symposia.assessment.scoring import number_of
from symposia.assessment.wording import OptionFacts, Wording
from symposia.work.apart import Unreadable
from symposia.work.archives import opened
from symposia.work.elements import local_name, root_of

FORMAT = "qti"
_MANIFEST = "imsmanifest.xml"
_MOST_FILES, _LARGEST, _LARGEST_ALL = 5_000, 1_000_000, 50_000_000
_MOST_TIMES = 200
_INTERACTIONS = {
    "qti-choice-interaction",
    "qti-order-interaction",
    "qti-match-interaction",
    "qti-text-entry-interaction",
}
_PICTURES = {"img", "object", "audio", "video", "picture", "svg", "math"}


def is_package(path: Path) -> bool:
    """Whether a file is an archive with a manifest of a package in it."""
    if not zipfile.is_zipfile(path):
        return False
    try:
        with opened(path) as archive:
            return _MANIFEST in archive.namelist()
    except Unreadable:
        return False


def wishes_of_package(path: Path) -> Iterator[RowWish]:
    """The items of a package in the order of its manifest. Raises Unreadable in words."""
    with opened(path) as archive:
        _refuse_bombs(archive)
        for line, name in enumerate(_items(archive), start=1):
            yield _wish(line, name, archive)


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    packed = sum(info.compress_size for info in infos) or 1
    unpacked = sum(info.file_size for info in infos)
    is_bomb = unpacked > 1_000_000 and unpacked > _MOST_TIMES * packed
    if len(infos) > _MOST_FILES or unpacked > _LARGEST_ALL or is_bomb:
        raise Unreadable(_("The archive unpacks to far more than questions would."))


def _items(archive: zipfile.ZipFile) -> list[str]:
    """The files of the items, as the manifest names them."""
    root = _parsed(archive, _MANIFEST)
    if root is None:
        raise Unreadable(_("The manifest of the package cannot be read."))
    found = [each.get("href", "") for each in _all(root, "resource") if _is_item(each)]
    if not found:
        raise Unreadable(_("The package holds no item of QTI 3.0."))
    return found


def _is_item(resource: Any) -> bool:
    return bool(resource.get("type", "") == RESOURCE)


def _parsed(archive: zipfile.ZipFile, name: str) -> Any:
    """The root of a file; nothing where it is too large, not there, or not to be trusted."""
    if name not in archive.namelist() or archive.getinfo(name).file_size > _LARGEST:
        return None
    try:
        return root_of(archive.read(name))
    except (Unreadable, ValueError):  # a document type is such a value, and so is a garbled name
        return None


def _wish(line: int, name: str, archive: zipfile.ZipFile) -> RowWish:
    root = _parsed(archive, name)
    if root is None or _tag(root) != "qti-assessment-item":
        return RowWish(line, "", None, problem=NO_QTI, label=name[:200])
    label = (root.get("title") or root.get("identifier") or name)[:200]
    body = next(iter(_all(root, "qti-item-body")), None)
    inside = () if body is None else body.iter()
    parts = [each for each in inside if _tag(each).endswith("-interaction")]
    if body is None or len(parts) != 1 or _tag(parts[0]) not in _INTERACTIONS:
        return RowWish(line, "", None, problem=NOT_OUR_KIND, label=label)
    if any(_tag(each) in _PICTURES for each in body.iter()):
        return RowWish(line, "", None, problem=MEDIA, label=label)
    wording = _wording(root, body, parts[0])
    problem = "" if wording else NOT_OUR_KIND
    return RowWish(line, "", wording, problem=problem, label=label)


def _wording(root: Any, body: Any, interaction: Any) -> Wording | None:
    declaration = next(iter(_all(root, "qti-response-declaration")), None)
    if declaration is None:
        return None
    kind = _kind(declaration, interaction)
    if kind is None:
        return None
    why = {each.get("identifier", ""): _feedback(each) for each in _all(root, "qti-modal-feedback")}
    of_all = why.get(ALL, ("", ""))
    made = Wording(
        kind=kind,
        text=_asked(body, interaction),
        rule=_rule(declaration, interaction),
        rationale=of_all[0],
        reference=of_all[1][:500],
    )
    right = [_text(each) for each in _all(declaration, "qti-value")]
    if kind == BankKind.NUMERIC:
        return _with_number(made, root, body, right)
    return replace(made, options=tuple(_options(kind, declaration, interaction, right, why)))


def _kind(declaration: Any, interaction: Any) -> BankKind | None:
    """Which of our kinds an item is, by its interaction, cardinality and type."""
    found = {
        ("qti-choice-interaction", "single", "identifier"): BankKind.SINGLE,
        ("qti-choice-interaction", "multiple", "identifier"): BankKind.MULTIPLE,
        ("qti-order-interaction", "ordered", "identifier"): BankKind.ORDER,
        ("qti-match-interaction", "multiple", "directedPair"): BankKind.MATCH,
        ("qti-text-entry-interaction", "single", "float"): BankKind.NUMERIC,
        ("qti-text-entry-interaction", "single", "integer"): BankKind.NUMERIC,
        ("qti-text-entry-interaction", "single", "string"): BankKind.SHORT,
    }
    said = (declaration.get("cardinality"), declaration.get("base-type"))
    return found.get((_tag(interaction), *said))


def _rule(declaration: Any, interaction: Any) -> CreditRule:
    is_parts = interaction.get("data-rule") == CreditRule.PARTS
    is_mapped = declaration.get("cardinality") == "multiple" and _all(declaration, "qti-mapping")
    return CreditRule.PARTS if is_parts or is_mapped else CreditRule.WHOLE


def _with_number(made: Wording, root: Any, body: Any, right: list[str]) -> Wording | None:
    value = number_of(right[0]) if right else None
    if value is None:
        return None
    equal = next(iter(_all(root, "qti-equal")), None)
    around = (equal.get("tolerance", "") if equal is not None else "").split()
    is_absolute = equal is not None and equal.get("tolerance-mode") == "absolute"
    tolerance = number_of(around[0]) if around and is_absolute else None
    unit = next((_text(each) for each in _all(body, "span") if each.get("class") == "unit"), "")
    return replace(made, value=value, tolerance=tolerance or Decimal(0), unit=unit[:40])


def _options(
    kind: BankKind,
    declaration: Any,
    interaction: Any,
    right: list[str],
    why: dict[str, tuple[str, str]],
) -> Iterator[OptionFacts]:
    if kind == BankKind.SHORT:
        keys = [each.get("map-key", "") for each in _all(declaration, "qti-map-entry")]
        yield from (OptionFacts(each, True) for each in dict.fromkeys([*right, *keys]) if each)
        return
    names = "qti-simple-associable-choice" if kind == BankKind.MATCH else "qti-simple-choice"
    texts = {each.get("identifier", ""): _text(each) for each in _all(interaction, names)}
    pairs = [value.split() for value in right]
    order = right if kind == BankKind.ORDER else list(texts)
    if kind == BankKind.MATCH:
        for left, partner in (pair for pair in pairs if len(pair) == 2):
            yield OptionFacts(texts.get(left, ""), True, texts.get(partner, ""), *_of(why, left))
        return
    for each in order:
        is_right = each in right
        yield OptionFacts(texts.get(each, ""), is_right, "", *_of(why, each))


def _of(why: dict[str, tuple[str, str]], identifier: str) -> tuple[str, str]:
    rationale, reference = why.get(identifier, ("", ""))
    return rationale, reference[:500]


def _asked(body: Any, interaction: Any) -> str:
    """The words of the question: the prompt, and what stands around the interaction."""
    prompts = [_text(each) for each in _all(interaction, "qti-prompt")]
    around = [_text(each) for each in body if interaction not in list(each.iter())]
    return "\n".join(part for part in (*around, *prompts) if part)


def _feedback(each: Any) -> tuple[str, str]:
    """Why, and where that stands."""
    lines = list(_all(each, "p"))
    source = " ".join(_text(p) for p in lines if p.get("class") == "source")
    said = [_text(p) for p in lines if p.get("class") != "source"]
    return "\n".join(part for part in said if part) or ("" if lines else _text(each)), source


def _all(root: Any, name: str) -> list[Any]:
    return [each for each in root.iter() if _tag(each) == name]


def _tag(each: Any) -> str:
    return local_name(each.tag)


def _text(each: Any) -> str:
    return " ".join("".join(each.itertext()).split())

"""What `imsmanifest.xml` says of a package: its title, its standard, what is opened in which order.

SCORM 1.2 Content Aggregation Model (ADL, October 2001) and SCORM 2004 CAM (editions 2 to 4). No
document type and no entity is followed; whatever is opened lies in the package itself.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

from symposia.learning.scorm import objections as no
from symposia.learning.scorm.objections import Unfit, named
from symposia.learning.scorm.tags import all_of, attribute, first_of, is_true, words_of
from symposia.work.apart import Unreadable
from symposia.work.elements import root_of

LARGEST_MANIFEST = 4 * 1024 * 1024
MOST_ITEMS, DEEPEST_ITEM = 500, 12
SCORM_12, SCORM_2004 = "1.2", "2004"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True)
class Item:
    """Something of a package that is opened, or a heading above others (without an address)."""

    id: str
    title: str
    # Headings above it.
    depth: int = 0
    # Where it is in the package, with its question mark and what follows.
    href: str = ""
    # Whether it tells what was done in it; anything else is done once it was opened.
    is_sco: bool = False
    # SCORM 1.2: points of a hundred. SCORM 2004: from -1 to 1.
    mastery: float | None = None
    threshold: float | None = None
    launch_data: str = ""
    max_time: str = ""
    time_limit_action: str = ""
    is_visible: bool = True


@dataclass(frozen=True)
class Manifest:
    """A package as its manifest describes it."""

    standard: str
    edition: str
    title: str
    items: tuple[Item, ...]
    # Whether learners choose what they open (`choice` of the organization); else one after another.
    has_choice: bool = True

    @property
    def opened(self) -> list[Item]:
        """What learners open, in its order."""
        return [each for each in self.items if each.href]


def read_manifest(content: bytes, paths: Collection[str]) -> Manifest:
    """The manifest of a package that holds these files. Raises Unfit in words."""
    if len(content) > LARGEST_MANIFEST:
        raise Unfit(no.MANIFEST_LARGE)
    try:
        root = root_of(content)
    except DefusedXmlException as error:
        raise Unfit(no.MANIFEST_ENTITIES) from error
    except Unreadable as error:
        raise Unfit(no.MANIFEST_UNREADABLE.about(where=named(str(error), 80))) from error
    standard, edition = _standard(root)
    organization = _organization(root)
    items = tuple(_Reading(root, standard, frozenset(paths)).items(organization))
    if not any(each.href for each in items):
        raise Unfit(no.MANIFEST_NO_ITEMS)
    title = words_of(organization, "title") or next(each.title for each in items if each.href)
    return Manifest(standard, edition, title[:200], items, _has_choice(organization))


def _has_choice(organization: Any) -> bool:
    sequencing = first_of(organization, "sequencing")
    mode = first_of(sequencing, "controlMode") if sequencing is not None else None
    return mode is None or is_true(mode, "choice", default=True)


def _standard(root: Any) -> tuple[str, str]:
    """Which SCORM it is, and its edition, by what it says or by the words it uses."""
    metadata = first_of(root, "metadata")
    said = words_of(metadata, "schemaversion") if metadata is not None else ""
    low = said.casefold()
    if low.startswith("2004") or low == "cam 1.3":
        return SCORM_2004, said[:40]
    if low == "1.2":
        return SCORM_12, said
    spaces = {each.tag.partition("}")[0] for each in root.iter() if isinstance(each.tag, str)}
    spaces |= {name.partition("}")[0] for each in root.iter() for name in each.attrib}
    if not low or low.startswith("1.1"):
        if any("adlcp_rootv1p2" in each for each in spaces):
            return SCORM_12, "1.2"
        if any("adlcp_v1p3" in each for each in spaces):
            return SCORM_2004, "2004"
    raise Unfit(no.MANIFEST_NO_SCORM.about(said=named(said, 40)))


def _organization(root: Any) -> Any:
    """The default one, else the first."""
    parent = first_of(root, "organizations")
    known = all_of(parent, "organization") if parent is not None else []
    if not known:
        raise Unfit(no.MANIFEST_NO_ITEMS)
    default = parent.get("default", "").strip()
    wanted = (each for each in known if each.get("identifier", "").strip() == default)
    return next(wanted, known[0])


class _Reading:
    """Items with the resources they open."""

    def __init__(self, root: Any, standard: str, paths: frozenset[str]) -> None:
        self.standard, self.paths = standard, paths
        parent = first_of(root, "resources")
        rows = all_of(parent, "resource") if parent is not None else []
        above = _base(root) + (_base(parent) if rows else "")
        self.resources = {
            each.get("identifier", "").strip(): (each, above + _base(each)) for each in rows
        }
        self.seen: set[str] = set()

    def items(self, parent: Any, depth: int = 0) -> Iterator[Item]:
        """The items below one, in the order in which they stand there."""
        for each in all_of(parent, "item"):
            yield self._item(each, depth)
            yield from self.items(each, depth + 1)

    def _item(self, element: Any, depth: int) -> Item:
        known = element.get("identifier", "").strip()[:200]
        title = words_of(element, "title")[:200] or known
        if depth >= DEEPEST_ITEM or len(self.seen) >= MOST_ITEMS:
            raise Unfit(no.MANIFEST_TOO_DEEP.about(item=named(title)))
        if not known or known in self.seen:
            raise Unfit(no.ITEM_TWICE.about(item=named(known or title)))
        self.seen.add(known)
        wanted = element.get("identifierref", "").strip()
        facts = self._facts(element, title)
        is_visible = element.get("isvisible", "true").strip() not in {"false", "0"}
        if not wanted:
            return Item(known, title, depth, is_visible=is_visible)
        href, is_sco = self._opens(wanted, element.get("parameters", ""), title)
        return Item(known, title, depth, href, is_sco, is_visible=is_visible, **facts)

    def _facts(self, element: Any, title: str) -> dict[str, Any]:
        limit = words_of(element, "maxtimeallowed")[:20]
        data = words_of(element, "datafromlms") or words_of(element, "dataFromLMS")
        threshold = first_of(element, "completionThreshold")
        return {
            "mastery": self._mastery(element, title),
            "threshold": self._threshold(threshold, title),
            "launch_data": data[:4096],
            "max_time": limit,
            "time_limit_action": (
                words_of(element, "timelimitaction") or words_of(element, "timeLimitAction")
            )[:40],
        }

    def _mastery(self, element: Any, title: str) -> float | None:
        if self.standard == SCORM_12:
            said = words_of(element, "masteryscore")
            return _number(said, title, "masteryscore", 0, 100)
        objective = element
        for name in ("sequencing", "objectives", "primaryObjective"):
            objective = first_of(objective, name)
            if objective is None:
                return None
        if not is_true(objective, "satisfiedByMeasure"):
            return None
        said = words_of(objective, "minNormalizedMeasure") or "1.0"
        return _number(said, title, "minNormalizedMeasure", -1, 1)

    def _threshold(self, element: Any, title: str) -> float | None:
        if element is None:
            return None
        by_measure = element.get("completedByMeasure", "").strip() in {"true", "1"}
        said = element.get("minProgressMeasure", "") if by_measure else (element.text or "").strip()
        return _number(said, title, "completionThreshold", 0, 1)

    def _opens(self, wanted: str, parameters: str, title: str) -> tuple[str, bool]:
        if wanted not in self.resources:
            raise Unfit(no.ITEM_UNKNOWN.about(item=named(title)))
        resource, base = self.resources[wanted]
        href = resource.get("href", "").strip()
        if not href:
            raise Unfit(no.ITEM_NO_HREF.about(item=named(title)))
        address = inside(base + href, title)
        if address.path not in self.paths:
            said = {"item": named(title), "file": named(address.path)}
            raise Unfit(no.HREF_MISSING.about(**said))
        is_sco = attribute(resource, "scormtype").casefold() == "sco"
        return address.with_parameters(parameters), is_sco


@dataclass(frozen=True)
class Address:
    """A place in a package and what comes after its path."""

    path: str
    query: str = ""
    fragment: str = ""

    def with_parameters(self, given: str) -> str:
        """With the parameters of an item joined as the standard has it (CAM 3.4.1.9)."""
        query, fragment = self.query, self.fragment
        given = given.strip().lstrip("?&")[:1000]
        if given.startswith("#"):
            fragment = fragment or given[1:]
        elif given:
            query = f"{query}&{given}" if query else given
        query = query.replace("#", "%23")
        return (
            quote(self.path) + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
        )


def inside(href: str, title: str) -> Address:
    """An address of a manifest as a path in the package. Raises Unfit where it leads elsewhere."""
    refused = Unfit(no.HREF_ELSEWHERE.about(item=named(title), file=named(href)))
    try:
        parts = urlsplit(href.replace("\\", "/"))
    except ValueError as error:
        raise refused from error
    path = unquote(parts.path).replace("\\", "/")
    if parts.scheme or parts.netloc or path.startswith("/") or "\x00" in path:
        raise refused
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if not kept:
                raise refused
            kept.pop()
        elif part not in {"", "."}:
            kept.append(part)
    return Address("/".join(kept), parts.query, parts.fragment)


def _base(element: Any) -> str:
    return str(element.get(_XML_BASE, "")).strip()


def _number(said: str, title: str, what: str, least: float, most: float) -> float | None:
    if not said.strip():
        return None
    facts = {"said": named(said, 40), "what": what, "item": named(title)}
    try:
        number = float(said)
    except ValueError as error:
        raise Unfit(no.NUMBER_WRONG.about(**facts)) from error
    if not least <= number <= most:
        raise Unfit(no.NUMBER_WRONG.about(**facts))
    return number

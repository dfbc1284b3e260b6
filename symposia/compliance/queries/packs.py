"""The versions of packs, shipped and own, and the values in force."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from symposia.accounts.models import Organisation
from symposia.accounts.queries import this_organisation
from symposia.compliance.judging import value_of
from symposia.compliance.models import Confidence, OwnPack, OwnParameter, RulePack
from symposia.compliance.packfile import Pack, PackRefused, Parameter, Value, read_pack, sha256_of

Row = RulePack | OwnPack
_UNSURE = str(Confidence.TO_VERIFY)


@dataclass(frozen=True)
class DatedValue:
    """A parameter as a screen shows it: its value of a day, or that none is set."""

    parameter: Parameter
    value: str
    unit: str
    effective_from: date | None
    citation: str
    is_to_verify: bool
    # Of a table of values: whom this one is for.
    key: str = ""


@dataclass(frozen=True)
class PackOnScreen:
    """One version of a pack with its rules and the values in force."""

    row: Row
    pack: Pack
    values: list[DatedValue]
    binds: bool
    in_force: bool
    is_own: bool = False

    @property
    def to_verify(self) -> int:
        """How many of its rules and values nobody has confirmed."""
        rules = sum(rule.confidence == _UNSURE for rule in self.pack.rules)
        return rules + sum(each.is_to_verify for each in self.values)


@lru_cache(maxsize=200)
def _read(text: str) -> Pack:
    return read_pack(text)


def pack_of(row: Row) -> Pack:
    """The pack a row keeps; raises PackRefused when its text is not the one that was loaded."""
    if sha256_of(row.source) != row.sha256:
        raise PackRefused(f"{row.code} {row.version} is damaged: its hash does not fit its text")
    return _read(row.source)


def rows_in_force(on: date) -> list[Row]:
    """Of each code the version of a day: the latest that had begun, the own one among equals."""
    found: dict[str, Row] = {row.code: row for row in RulePack.objects.in_force(on)}
    for own in OwnPack.objects.in_force(on):
        shipped = found.get(own.code)
        if shipped is None or own.effective_from >= shipped.effective_from:
            found[own.code] = own
    return [found[code] for code in sorted(found)]


def value_in_force(code: str, name: str, on: date) -> Value | None:
    """One value of a body on a day, of the version that applies then, with its source."""
    for row in rows_in_force(on):
        if row.code == code:
            return value_of(pack_of(row).parameter(name), on, {})
    return None


def packs_binding(organisation: Organisation, on: date, venue: str = "") -> list[tuple[Row, Pack]]:
    """The versions that bind an organisation on a day, at an event in a country."""
    rows = [(row, pack_of(row)) for row in rows_in_force(on)]
    return [
        (row, pack)
        for row, pack in rows
        if pack.applies_to.binds(organisation.kind, organisation.country, venue)
    ]


def own_values(on: date) -> dict[str, dict[str, str]]:
    """What the organisation itself has set, by pack and parameter."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for each in OwnParameter.objects.in_force(on):
        if each.value:
            found[each.pack_code][each.name] = each.value
    return dict(found)


def packs_on_screen(on: date) -> list[PackOnScreen]:
    """Every version of every pack, those that bind this organisation first."""
    organisation, own = this_organisation(), own_values(on)
    in_force = {(type(row), row.pk) for row in rows_in_force(on)}
    rows: list[Row] = [*RulePack.objects.latest_first()]
    rows += OwnPack.objects.filter(state="published").order_by("code", "-effective_from")
    shown = [
        on_screen(row, on, organisation, own, in_force=(type(row), row.pk) in in_force)
        for row in rows
    ]
    return sorted(shown, key=lambda s: (not s.binds, not s.in_force))


def on_screen(
    row: Row,
    on: date,
    organisation: Organisation,
    own: Mapping[str, Mapping[str, str]],
    *,
    in_force: bool,
) -> PackOnScreen:
    """One version as a screen shows it to this organisation."""
    pack = pack_of(row)
    binds = pack.applies_to.binds(organisation.kind, organisation.country)
    mine = own.get(pack.code, {})
    values = [dated for each in pack.parameters for dated in _dated(each, on, mine)]
    return PackOnScreen(row, pack, values, binds, in_force, isinstance(row, OwnPack))


def _dated(parameter: Parameter, on: date, own: Mapping[str, str]) -> list[DatedValue]:
    if parameter.owner == "organisation" and own.get(parameter.name):
        value, unit = own[parameter.name], parameter.unit
        return [DatedValue(parameter, value, unit, None, "", is_to_verify=True)]
    if parameter.keyed_by:
        return [_shown(parameter, each) for each in parameter.values if each.applies(on)]
    found = value_of(parameter, on, {})
    if found is None:
        return [DatedValue(parameter, "", parameter.unit, None, "", is_to_verify=True)]
    return [_shown(parameter, found)]


def _shown(parameter: Parameter, each: Value) -> DatedValue:
    unsure = each.confidence == _UNSURE
    unit = each.unit or parameter.unit
    day, source = each.effective_from, each.citation
    return DatedValue(parameter, each.value, unit, day, source, unsure, each.key)

"""What a version would change: each plan judged by it and by the version of its day."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from symposia.accounts.models import Organisation
from symposia.accounts.queries import this_organisation
from symposia.compliance.judging import Outcome, concerns, judge, values_on
from symposia.compliance.models import (
    Evaluation,
    OwnPack,
    OwnParameter,
    RulePack,
    State,
)
from symposia.compliance.packfile import Pack
from symposia.compliance.queries.packs import (
    Row,
    pack_of,
)

# So many changes are shown and kept one by one; all of them are counted.
SHOWN = 500


@dataclass(frozen=True)
class Change:
    """A verdict that would change; nothing where a rule does not speak."""

    subject_type: str
    subject_id: str
    title: str
    on: str
    rule: str
    was: str
    now: str
    message: str

    @property
    def day(self) -> date:
        return date.fromisoformat(self.on)


@dataclass(frozen=True)
class Impact:
    """What a version would change among everything the rules have looked at."""

    looked_at: int
    touched: int
    counts: dict[str, int]
    changes: list[Change]

    @property
    def changed(self) -> int:
        return sum(self.counts.values())

    @property
    def summary(self) -> dict[str, Any]:
        """As it is kept beside a proposed version."""
        return asdict(self) | {"changed": self.changed}


def version_exists(code: str, version: str) -> bool:
    """Whether a pack has a version of this number, shipped or own."""
    named = {"code": code, "version": version}
    return RulePack.objects.filter(**named).exists() or OwnPack.objects.filter(**named).exists()


def starting_points() -> list[Row]:
    """The versions a draft may begin from: of each code the latest, shipped and published."""
    shipped = RulePack.objects.order_by("code", "-effective_from", "-version").distinct("code")
    own = OwnPack.objects.filter(state=State.PUBLISHED)
    return [*shipped, *own.order_by("code", "-effective_from", "-published_at").distinct("code")]


def impact_of(pack: Pack, *, first: date, last: date | None = None) -> Impact:
    """What a version would change for subjects whose day lies in a stretch of time.

    The facts are those of each subject's last evaluation, so nothing is asked of anybody else.
    """
    organisation, judged = this_organisation(), _Judging(pack.code)
    looked_at, touched, counts = 0, 0, Counter[str]()
    changes: list[Change] = []
    for seen in _latest_evaluations(first, last):
        looked_at += 1
        found = list(_changes_of(seen, pack, organisation, judged))
        touched += bool(found)
        counts.update(f"{change.was or 'silent'}>{change.now or 'silent'}" for change in found)
        changes += found[: SHOWN - len(changes)]
    return Impact(looked_at, touched, dict(counts), changes)


def _latest_evaluations(first: date, last: date | None) -> Iterator[Evaluation]:
    latest = Evaluation.objects.latest().values("pk")
    found = Evaluation.objects.filter(pk__in=latest, on__gte=first).order_by("on", "pk")
    if last is not None:
        found = found.filter(on__lt=last)
    needed = ("subject_type", "subject_id", "title", "on", "facts")
    return found.only(*needed).iterator(chunk_size=200)


class _Judging:
    """The versions and own values of one pack, read once and looked up by day."""

    def __init__(self, code: str) -> None:
        shipped = RulePack.objects.filter(code=code).order_by("effective_from", "version")
        own = OwnPack.objects.filter(code=code, state=State.PUBLISHED)
        # Of two that begin on the same day the later here decides, as in `rows_in_force`.
        rows: list[Row] = [*shipped, *own.order_by("effective_from", "published_at")]
        self._versions = [(row, pack_of(row)) for row in sorted(rows, key=_begins)]
        self._own = list(
            OwnParameter.objects.filter(pack_code=code).order_by("effective_from", "set_at", "pk")
        )

    def pack(self, on: date) -> Pack | None:
        found = [pack for row, pack in self._versions if _applies(row, on)]
        return found[-1] if found else None

    def own(self, on: date) -> Mapping[str, str]:
        values = {each.name: each.value for each in self._own if each.effective_from <= on}
        return {name: value for name, value in values.items() if value}


def _begins(row: Row) -> date:
    return row.effective_from


def _applies(row: Row, on: date) -> bool:
    until = row.effective_until if isinstance(row, RulePack) else None
    return row.effective_from <= on and (until is None or on < until)


def _changes_of(
    seen: Evaluation, pack: Pack, organisation: Organisation, judged: _Judging
) -> Iterator[Change]:
    before, own = judged.pack(seen.on), judged.own(seen.on)
    was = _outcomes(before, seen, organisation, own) if before else {}
    now = _outcomes(pack, seen, organisation, own)
    for rule in [*now, *(code for code in was if code not in now)]:
        one, two = was.get(rule), now.get(rule)
        results = (one.result if one else "", two.result if two else "")
        if results[0] != results[1] and set(results) != {"", "pass"}:
            said = two or one
            yield Change(
                seen.subject_type,
                str(seen.subject_id),
                seen.title,
                seen.on.isoformat(),
                rule,
                *results,
                said.message if said else "",
            )


def _outcomes(
    pack: Pack, seen: Evaluation, organisation: Organisation, own: Mapping[str, str]
) -> dict[str, Outcome]:
    facts, venue = seen.facts, str(seen.facts.get("country") or "")
    if not pack.applies_to.binds(organisation.kind, organisation.country, venue):
        return {}
    found = {}
    for rule in pack.rules:
        values = values_on(pack, rule, seen.on, own, facts)
        if concerns(rule, facts, values):
            found[rule.code] = judge(pack, rule, facts, values)
    return found

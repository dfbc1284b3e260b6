"""What a version would change: each plan judged by it and by the version of its day."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from symposia.accounts.queries import this_organisation
from symposia.compliance.hanging import Hanging, hanging_on
from symposia.compliance.judging import Outcome, outcomes_of
from symposia.compliance.models import (
    Evaluation,
    OwnPack,
    OwnParameter,
    RulePack,
    State,
)
from symposia.compliance.packfile import Pack, PackRefused, shape_of
from symposia.compliance.queries.packs import (
    Row,
    pack_of,
)
from symposia.compliance.refused_texts import CANNOT_BE_TRIED, UNREADABLE
from symposia.compliance.trying import NotTried, judged_apart
from symposia.shared.refusals import Refused

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
    # What rests on the subjects that are touched, by its kind: disclosures, certificates.
    hanging: dict[str, list[Hanging]]

    @property
    def changed(self) -> int:
        return sum(self.counts.values())

    @property
    def summary(self) -> dict[str, Any]:
        """As it is kept beside a proposed version."""
        hanging = {
            kind: {"count": len(rows), "first": [asdict(row) for row in rows[:SHOWN]]}
            for kind, rows in self.hanging.items()
        }
        return asdict(self) | {"changed": self.changed, "hanging": hanging}


def version_exists(code: str, version: str) -> bool:
    """Whether a pack has a version of this number, shipped or own."""
    named = {"code": code, "version": version}
    return RulePack.objects.filter(**named).exists() or OwnPack.objects.filter(**named).exists()


def starting_points() -> list[Row]:
    """The versions a draft may begin from: of each code the latest, shipped and published."""
    shipped = RulePack.objects.order_by("code", "-effective_from", "-version").distinct("code")
    own = OwnPack.objects.filter(state=State.PUBLISHED)
    return [*shipped, *own.order_by("code", "-effective_from", "-published_at").distinct("code")]


def pack_in(own: OwnPack) -> Pack:
    """The pack in an own version's text. Refused where the product no longer reads what it kept."""
    try:
        return shape_of(own.source)
    except PackRefused as wrong:
        raise Refused(UNREADABLE.about(problem=str(wrong))) from wrong


def impact_of(pack: Pack, *, first: date, last: date | None = None) -> Impact:
    """What a version would change for subjects whose day lies in a stretch of time.

    The facts are those of each subject's last evaluation, so nothing is asked of anybody else. The
    version itself is judged by apart, as nobody has published it. Refused where that fails.
    """
    judged = _Judging(pack.code)
    seen = list(_latest_evaluations(first, last))
    touched: dict[str, list[uuid.UUID]] = defaultdict(list)
    counts = Counter[str]()
    changes: list[Change] = []
    for each, now in zip(seen, _outcomes_apart(pack, seen, judged), strict=True):
        found = list(_changes_of(each, now, judged))
        if found:
            touched[each.subject_type].append(each.subject_id)
        counts.update(f"{change.was or 'silent'}>{change.now or 'silent'}" for change in found)
        changes += found[: SHOWN - len(changes)]
    how_many = sum(len(ids) for ids in touched.values())
    return Impact(len(seen), how_many, dict(counts), changes, hanging_on(touched))


def _outcomes_apart(
    pack: Pack, seen: list[Evaluation], judged: "_Judging"
) -> list[dict[str, Outcome]]:
    """What a version that nobody has published says of each."""
    bound = [each for each in seen if judged.binds(pack, each)]
    if not bound:
        return [{} for _each in seen]
    subjects = [
        {"facts": each.facts, "on": each.on.isoformat(), "own": judged.own(each.on)}
        for each in bound
    ]
    try:
        said = iter(judged_apart(pack.model_dump_json(by_alias=True), subjects))
    except NotTried as failed:
        raise Refused(CANNOT_BE_TRIED) from failed
    found = [next(said) if judged.binds(pack, each) else {} for each in seen]
    if wrong := next((each[""][2] for each in found if "" in each), ""):
        raise Refused(UNREADABLE.about(problem=wrong))
    return [{rule: Outcome(rule, *row) for rule, row in each.items()} for each in found]


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
        self._organisation = this_organisation()
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

    def binds(self, pack: Pack, seen: Evaluation) -> bool:
        venue = str(seen.facts.get("country") or "")
        here = self._organisation
        return pack.applies_to.binds(here.kind, here.country, venue)

    def outcomes(self, seen: Evaluation) -> dict[str, Outcome]:
        """What the published version of its day says of a subject."""
        pack = self.pack(seen.on)
        if pack is None or not self.binds(pack, seen):
            return {}
        own = self.own(seen.on)
        return {one.rule: one for one in outcomes_of(pack, seen.facts, seen.on, own)}


def _begins(row: Row) -> date:
    return row.effective_from


def _applies(row: Row, on: date) -> bool:
    until = row.effective_until if isinstance(row, RulePack) else None
    return row.effective_from <= on and (until is None or on < until)


def _changes_of(seen: Evaluation, now: Mapping[str, Outcome], judged: _Judging) -> Iterator[Change]:
    was = judged.outcomes(seen)
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

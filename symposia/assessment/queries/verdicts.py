"""What the record says about the gaps an activity works on, and the figures it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from symposia.assessment.models import FEWEST_SHOWN, MeasureFigure, Phase
from symposia.assessment.proportions import Difference, Share, number_in, verdict_of
from symposia.curriculum.models import Gap, Objective


@dataclass(frozen=True)
class GapVerdict:
    """What the record says about a gap that the activity works on."""

    gap: Gap
    # The measure of the records that is compared, before and after.
    measure: str
    difference: Difference | None
    verdict: str


VERDICTS: dict[str, str | Promise] = {
    "reached": gettext_lazy("At the target"),
    "closer": gettext_lazy("Closer to the target"),
    "unclear": gettext_lazy("No clear difference"),
    "away": gettext_lazy("Further from the target"),
    "no_figures": gettext_lazy("No figures to compare"),
}


Pair = tuple[MeasureFigure | None, MeasureFigure | None]


def pairs_of(records: Iterable[MeasureFigure]) -> dict[tuple[str, str, UUID | None], Pair]:
    """Of each measure its latest figure from before and from after."""
    found: dict[tuple[str, str, UUID | None], Pair] = {}
    for each in sorted(records, key=lambda r: (r.level, r.measure, r.ends_on)):
        key = (each.level, each.measure, each.gap_id)
        before, after = found.get(key, (None, None))
        found[key] = (each, after) if each.phase == Phase.BEFORE else (before, each)
    return found


def verdicts_of(
    objectives: Sequence[Objective], records: Sequence[MeasureFigure]
) -> Iterator[GapVerdict]:
    """A line for each gap of the objectives and measure about it; a gap without one says so."""
    gaps = {each.gap_id: each.gap for each in objectives}
    pairs = pairs_of(records)
    for pk, gap in gaps.items():
        about = [(key[1], pair) for key, pair in pairs.items() if key[2] == pk]
        for measure, (before, after) in about or [("", (None, None))]:
            difference = _difference(before, after)
            verdict = verdict_of(number_in(gap.baseline), number_in(gap.target), difference)
            yield GapVerdict(gap, measure, difference, verdict)


def _difference(before: MeasureFigure | None, after: MeasureFigure | None) -> Difference | None:
    if before is None or after is None:
        return None
    if min(before.denominator, after.denominator) < FEWEST_SHOWN:
        return None
    return Difference(
        Share(before.numerator, before.denominator), Share(after.numerator, after.denominator)
    )

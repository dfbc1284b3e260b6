"""How the results of the same people differ between two tests: pure arithmetic.

It says how far they differ, never why. Everybody counts with their first attempt at each test, so
that nobody's trying again looks like learning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log1p, pi, sqrt
from statistics import fmean, stdev

# Two-sided 95 per cent.
_TAIL = 0.975
_NORMAL = 1.959964


@dataclass(frozen=True)
class Interval:
    """From where to where, with 95 per cent."""

    low: float
    high: float


@dataclass(frozen=True)
class Gain:
    """Two results of the same people, in per cent."""

    people: int
    before: float
    after: float
    # Of the mean difference, by Student's t.
    interval: Interval | None
    # Cohen's d of paired values: the mean difference by the standard deviation of the differences.
    effect: float | None
    # Of the effect, by its large-sample standard error.
    effect_interval: Interval | None
    # Hake's normalised gain of the means: the share of what was still to gain.
    normalised: float | None

    @property
    def difference(self) -> float:
        return self.after - self.before


def gain_of(pairs: Sequence[tuple[float, float]]) -> Gain | None:
    """What pairs of before and after, in per cent, come to."""
    if not pairs:
        return None
    before, after = fmean(a for a, _b in pairs), fmean(b for _a, b in pairs)
    differences = [b - a for a, b in pairs]
    spread = stdev(differences) if len(pairs) > 1 else 0.0
    normalised = (after - before) / (100 - before) if before < 100 else None
    if spread <= 1e-9:
        return Gain(len(pairs), before, after, None, None, None, normalised)
    mean, count = after - before, len(pairs)
    half = t_quantile(count - 1) * spread / sqrt(count)
    effect = mean / spread
    # Borenstein et al., Introduction to Meta-Analysis, 2009, chapter 4, with r taken in already.
    error = _NORMAL * sqrt(1 / count + effect**2 / (2 * count))
    return Gain(
        people=count,
        before=before,
        after=after,
        interval=Interval(mean - half, mean + half),
        effect=effect,
        effect_interval=Interval(effect - error, effect + error),
        normalised=normalised,
    )


@lru_cache(maxsize=1000)
def t_quantile(freedom: int) -> float:
    """Student's t that 97.5 per cent lie below, by so many degrees of freedom."""
    low, high = 0.0, 20.0
    for _step in range(50):
        middle = (low + high) / 2
        if 0.5 + _area(middle, freedom) < _TAIL:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _area(to: float, freedom: int, steps: int = 400) -> float:
    """The area under the density of Student's t from nothing on, by Simpson's rule."""
    width = to / steps
    ends = _density(0.0, freedom) + _density(to, freedom)
    odd = sum(_density(width * k, freedom) for k in range(1, steps, 2))
    even = sum(_density(width * k, freedom) for k in range(2, steps, 2))
    return (ends + 4 * odd + 2 * even) * width / 3


def _density(at: float, freedom: int) -> float:
    log = lgamma((freedom + 1) / 2) - lgamma(freedom / 2)
    return exp(log - (freedom + 1) / 2 * log1p(at * at / freedom)) / sqrt(freedom * pi)

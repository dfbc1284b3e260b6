"""The outcomes of an activity as rows of a table: for files, the API and the printed report."""

from collections.abc import Iterator

from symposia.assessment.queries.levels import TITLES, Figure, Outcomes
from symposia.assessment.queries.verdicts import VERDICTS, GapVerdict

HEAD = (
    *("level", "level_title", "figure", "people", "before", "value", "unit"),
    *("low", "high", "effect", "kept_back", "how"),
)


def figure_cells(figure: Figure) -> tuple[object, ...]:
    """A figure as one row under HEAD; what is kept back has no numbers."""
    number, title = TITLES[figure.level]
    interval = figure.interval
    shown = not figure.is_kept_back
    return (
        number,
        str(title),
        figure.name,
        figure.people,
        rounded(figure.before if shown else None),
        rounded(figure.value if shown else None),
        figure.unit,
        rounded(interval.low if interval and shown else None),
        rounded(interval.high if interval and shown else None),
        rounded(figure.effect if shown else None),
        "yes" if figure.is_kept_back else "",
        figure.how,
    )


def gap_cells(verdict: GapVerdict) -> tuple[object, ...]:
    """A gap as one row, its verdict in the place of how a figure is counted."""
    difference = verdict.difference
    return (
        "gap",
        str(VERDICTS[verdict.verdict]),
        f"{verdict.gap.number} {verdict.measure or verdict.gap.measure}".strip(),
        difference.after.denominator if difference else 0,
        rounded(difference.before.percent if difference else None),
        rounded(difference.after.percent if difference else None),
        "%" if difference else "",
        rounded(difference.interval.low if difference else None),
        rounded(difference.interval.high if difference else None),
        "",
        "",
        f"{verdict.gap.baseline} → {verdict.gap.target}",
    )


def rows_of(outcomes: Outcomes) -> Iterator[tuple[object, ...]]:
    """Every figure, then every gap."""
    yield from (figure_cells(each) for each in outcomes.figures)
    yield from (gap_cells(each) for each in outcomes.gaps)


def rounded(figure: float | None) -> float | str:
    """As a file writes it: two places, nothing where there is no figure."""
    return "" if figure is None else round(figure, 2)

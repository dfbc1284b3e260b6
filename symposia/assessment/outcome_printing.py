"""The outcomes of an activity as PDF."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from symposia.activities.models import Activity
from symposia.activities.queries import organisation_of
from symposia.assessment.outcome_rows import rounded
from symposia.assessment.queries.levels import TITLES, Figure, Level, Outcomes
from symposia.assessment.queries.verdicts import VERDICTS, GapVerdict
from symposia.shared.paper import print_paper

TEMPLATE = Path(__file__).with_name("outcomes.typ")


def caution() -> str:
    """What every reader of such figures is told first."""
    return _(
        "The figures describe the people who took part. They say how far something differs, "
        "not why: without a group to compare with, other reasons cannot be left out."
    )


def print_outcomes(activity: Activity, outcomes: Outcomes, at: datetime) -> bytes:
    """Set the report; `at` is when the figures were counted."""
    paper: dict[str, Any] = {
        "provider": organisation_of(activity).name,
        "language": translation.get_language() or "en",
        "title": _("Outcomes"),
        "number": activity.number,
        "activity": activity.title,
        "date": date_format(at, "j F Y"),
        "caution": caution(),
        "nothing": _("Nothing on record."),
        "heads": [_("Figure"), _("People"), _("Before"), _("Value"), _("95 %"), _("Effect")],
        "sections": [_section(level, outcomes.of(level)) for level in Level],
        "gaps_title": _("Gaps"),
        "gaps": [_gap(each) for each in outcomes.gaps],
    }
    return print_paper(TEMPLATE, paper, at)


def _section(level: Level, figures: Sequence[Figure]) -> dict[str, Any]:
    number, title = TITLES[level]
    return {
        "title": f"{number} {title}",
        "rows": [_row(each) for each in figures],
        "notes": list(dict.fromkeys(each.how for each in figures)),
    }


def _row(figure: Figure) -> list[str]:
    if figure.is_kept_back:
        return [figure.name, str(figure.people), "", _("too few"), "", ""]
    interval = figure.interval
    ends = f"[{interval.low:.1f}; {interval.high:.1f}]" if interval else ""
    value = "" if figure.value is None else f"{figure.value:.4g} {figure.unit}".strip()
    cells: Iterable[object] = (rounded(figure.before), value, ends, rounded(figure.effect))
    return [figure.name, str(figure.people), *map(str, cells)]


def _gap(each: GapVerdict) -> dict[str, str]:
    return {
        "title": f"{each.gap.number} {each.gap.title}",
        "verdict": str(VERDICTS[each.verdict]),
        "evidence": evidence_in_words(each),
    }


def evidence_in_words(each: GapVerdict) -> str:
    """What a verdict rests on: baseline and target as the gap says them, and the two figures."""
    said = _("Baseline %(baseline)s, target %(target)s.") % {
        "baseline": each.gap.baseline or "—",
        "target": each.gap.target or "—",
    }
    if each.difference is None:
        return said
    interval = each.difference.interval
    return f"{said} " + _(
        "%(measure)s: %(before).1f %% before (n = %(m)d), %(after).1f %% after (n = %(n)d), "
        "difference [%(low).1f; %(high).1f] points."
    ) % {
        "measure": each.measure,
        "before": each.difference.before.percent,
        "m": each.difference.before.denominator,
        "after": each.difference.after.percent,
        "n": each.difference.after.denominator,
        "low": interval.low,
        "high": interval.high,
    }

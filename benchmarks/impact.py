"""What a new version of a pack would change among the activities of a year.

The limit is judging alone: the same rules of both versions over the same facts at hand, without
reading them from the database and without noting what differs.
"""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median
from typing import Any

from benchmarks.contract import RUNS
from benchmarks.memory import forget_peak, peak_mb
from symposia.accounts.models import Organisation
from symposia.compliance.judging import concerns, judge, values_on
from symposia.compliance.models import Evaluation, RulePack
from symposia.compliance.packfile import Pack
from symposia.compliance.queries.impact import impact_of
from symposia.compliance.queries.packs import pack_of
from symposia.shared.ids import uuid7
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory

SIZES = (2_000,)
FIRST = date(2027, 1, 1)
KNOWN = {
    "mode": "scientific",
    "type": "round_table",
    "delivery": "in_person",
    "country": "IN",
    "organisation_country": "IN",
    "currency": "INR",
    "meal_per_head": "2100.00",
    "items_per_head": "300.00",
    "travel_total": "0",
    "estimate_total": "147000.00",
    "expected_attendance": 20,
    "minutes": 90,
    "faculty": 2,
    "gifts": False,
    "guests": False,
}


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Activities a second, and the memory it takes, in an organisation of their own."""
    for size in sizes:
        made: Organisation = OrganisationFactory(kind="company", country="IN", currency="INR")
        with acting_in(made.pk):
            _plan(size)
            yield {"size": size, **_measured(size)}


def _plan(size: int) -> None:
    """Evaluations of so many activities; items cost from 500 to 1,499."""
    Evaluation.objects.bulk_create(
        (
            Evaluation(
                subject_type="activity",
                subject_id=uuid7(),
                title=f"ACT-2027-{place:04d} Round table",
                on=FIRST + timedelta(days=place % 365),
                facts=KNOWN | {"dearest_item": str(500 + place % 1000)},
                result="pass",
                evaluated_by_name="bench",
            )
            for place in range(size)
        ),
        batch_size=500,
    )


def _measured(size: int) -> dict[str, Any]:
    now = pack_of(RulePack.objects.get(code="in-ucpmp", version="2026.2"))
    new = _stricter(now)
    ours, alone, changed = [], [], 0
    forget_peak()
    before = peak_mb()
    for _run in range(RUNS):
        began = time.perf_counter()
        changed = impact_of(new, first=FIRST).changed
        ours.append(time.perf_counter() - began)
        alone.append(_judging_alone([now, new], size))
    spent, limit = median(ours), median(alone)
    return {
        "changed": changed,
        "seconds": round(spent, 2),
        "grown_mb": peak_mb() - before,
        "value": round(size / spent),
        "unit": "activities/s",
        "limit": round(size / limit),
        "ratio": round(limit / spent, 2),
        "rss_mb": peak_mb(),
    }


def _stricter(pack: Pack) -> Pack:
    """The version with a cap of 750 for an item."""
    parameters = [
        each.model_copy(
            update={"values": tuple(v.model_copy(update={"value": "750"}) for v in each.values)}
        )
        for each in pack.parameters
    ]
    return pack.model_copy(update={"version": "2027.1", "parameters": tuple(parameters)})


def _judging_alone(packs: list[Pack], size: int) -> float:
    many = [KNOWN | {"dearest_item": str(500 + place % 1000)} for place in range(size)]
    began = time.perf_counter()
    for facts in many:
        for pack in packs:
            for rule in pack.rules:
                values = values_on(pack, rule, FIRST, {}, facts)
                if concerns(rule, facts, values):
                    judge(pack, rule, facts, values)
    return time.perf_counter() - began

"""Which version decides: the database for one day and the memory for many say the same."""

import json
import random
from datetime import timedelta

import pytest

from symposia.compliance.models import OwnPack, RulePack, State
from symposia.compliance.packfile import sha256_of
from symposia.compliance.queries.impact import _Judging
from symposia.compliance.queries.packs import packs_on_screen, rows_in_force
from symposia.shared.ids import uuid7

CODE = "in-ucpmp"


def shipped():
    return RulePack.objects.filter(code=CODE).latest("effective_from", "version")


def said(number):
    """The text of a version that says which one it is."""
    text = json.dumps(json.loads(shipped().source) | {"title": f"Version {number}"})
    return {"source": text, "sha256": sha256_of(text)}


def own(number, begins):
    people = {"proposed_by_id": uuid7(), "published_by_id": uuid7()}
    return OwnPack(
        code=CODE,
        version=f"own-{number}",
        title=f"Version {number}",
        effective_from=begins,
        state=State.PUBLISHED,
        published_at=f"2029-01-01T{number % 24:02}:{number // 24:02}:00Z",
        **people,
        **said(number),
    )


@pytest.mark.parametrize("seed", range(6))
def test_a_day_has_one_version_whoever_asks(organisation, seed):
    chance = random.Random(seed)  # noqa: S311  # the same days each time
    first = shipped().effective_from - timedelta(days=30)
    for number in range(14):
        own(number, first + timedelta(days=chance.randrange(0, 90, 3))).save()
    judging = _Judging(CODE)
    found = set()

    for day in (first + timedelta(days=n) for n in range(30, 120, 3)):
        row = next(row for row in rows_in_force(day) if row.code == CODE)
        of_code = [s for s in packs_on_screen(day) if s.row.code == CODE and s.in_force]
        title = json.loads(row.source)["title"]
        assert judging.pack(day).title == title
        assert [each.row for each in of_code] == [row]
        found.add(title)

    assert len(found) > 1

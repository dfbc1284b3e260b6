"""The cells of a list as markup."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.safestring import SafeString

from symposia.accounts.permissions import Access, Granted, Permission
from symposia.shared.lists import Column
from symposia.shared.money import Money
from symposia.web.cells import cells_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


SOME = UUID("01a14bde-7573-77c3-bf1c-d7c1b140ff2c")
READER = Access(SOME, SOME, (Granted("coordinator", frozenset({Permission.VIEW_DIRECTORY})),))


def cell(value, access=READER, **column):
    made = cells_of([Column("it", "Its name", lambda row: row, **column)], [value], access)[0]
    assert isinstance(made, SafeString)
    return made


@pytest.mark.parametrize(
    ("value", "kind", "inside"),
    [
        ("Ana", "", "Ana"),
        (7, "", "7"),
        ("N-1", "id", "<bdi class=id>N-1</bdi>"),
        (12345, "n", "12,345"),
        (Decimal("1.5"), "n", "1.5"),
        (date(2026, 3, 1), "day", "1 Mar 2026"),
        (date(2026, 3, 1), "", "1 Mar 2026"),
        ("Open", "state", "<span class=state>Open</span>"),
        (
            Money(Decimal("-1234.5"), "USD"),
            "money",
            "<bdi class=money><i>USD</i>−1,234.50</bdi>",
        ),
    ],
)
def test_each_kind_has_its_shape_under_the_name_of_its_column(value, kind, inside):
    number = " class=n" if kind in {"n", "money"} else ""

    assert cell(value, kind=kind) == f'<td{number} data-label="Its name">{inside}'


def test_times_stand_on_the_readers_clock():
    with timezone.override(ZoneInfo("Europe/Vienna")):
        assert "1 Mar 2026, 13:00 " in cell(NOON, kind="moment")
        assert "CET" in cell(NOON, kind="moment")
        assert "2 Mar 2026" in cell(NOON.replace(hour=23, minute=30), kind="day")


def test_a_state_with_a_tone_names_it_for_the_stylesheet():
    made = cell("Refused", kind="state", tone=lambda _row: "stop")

    assert made.endswith("<span class=state data-tone=stop>Refused</span>")


@pytest.mark.parametrize("value", [None, ""])
@pytest.mark.parametrize("kind", ["", "id", "state", "n", "money", "moment", "day"])
def test_nothing_is_an_empty_cell_that_keeps_its_name(value, kind):
    made = cell(value, kind=kind, tone=lambda _row: "ok")

    assert made.endswith('data-label="Its name">')


def test_a_cell_opens_what_it_names_and_a_nameless_one_still_can():
    def to(_row):
        return "clinician", ["01a14bde-7573-77c3-bf1c-d7c1b140ff2c"]

    href = "/clinicians/01a14bde-7573-77c3-bf1c-d7c1b140ff2c/"
    assert cell("Ana", url=to).endswith(f'<a href="{href}">Ana</a>')
    assert cell("", url=to).endswith(f'<a href="{href}">—</a>')
    assert cell("Ana", url=lambda _row: None).endswith(">Ana")
    assert cell("Ana", access=Access(SOME, SOME), url=to).endswith(">Ana")


@pytest.mark.parametrize("kind", ["", "id", "state"])
def test_words_that_look_like_markup_stay_words(kind):
    evil = '<img src=x onerror="alert(1)">'
    column = Column("it", 'A "label"', lambda _row: evil, kind=kind, tone=lambda _row: '"><b>')

    made = cells_of([column], [object()], READER)[0]

    assert "<img" not in made
    assert "<b>" not in made
    assert 'data-label="A &quot;label&quot;"' in made

"""Tabs as a page has room for them."""

from symposia.web.parts import ROOM, Tab, folded


def tabs(count, behind=(), alert=()):
    return [
        Tab(f"T{n}", f"#{n}", behind=n in behind, alert="missing" if n in alert else "")
        for n in range(count)
    ]


def test_what_is_seldom_opened_stands_behind_a_word_where_there_is_no_room():
    found = folded(tabs(ROOM + 3, behind={2, 5, 7}, alert={1, 5}))

    assert [tab.label for tab in found.tabs] == ["T2", "T5", "T7"]
    assert len(found.first) == ROOM
    assert found.alert == "missing"


def test_nothing_is_hidden_where_everything_has_room_or_one_alone_would_be():
    few, one = tabs(ROOM, behind={1, 2}), tabs(ROOM + 1, behind={1})

    assert (folded(few).first, folded(few).tabs, folded(few).alert) == (few, [], "")
    assert (folded(one).first, folded(one).tabs) == (one, [])

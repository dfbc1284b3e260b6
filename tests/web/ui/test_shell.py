"""The frame: places by permission, looks by cookie."""

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.urls import reverse

from symposia.accounts.permissions import Permission
from symposia.web.office.appearance import change
from symposia.web.shell import DESTINATIONS, Shell, places
from tests.web.ui.conftest import draw, request_of


def frame(**given):
    return BeautifulSoup(draw(**given), "html.parser")


def test_a_person_sees_only_places_they_may_open():
    seen = places(request_of(holding=[Permission.VIEW_JOURNAL]))

    assert [place.url for place in seen] == [reverse("journal")]


def test_nobody_signed_in_sees_no_place():
    request = request_of()
    request.access = None

    assert places(request) == []


def test_the_place_one_is_at_is_marked():
    rail = frame(path=reverse("journal")).nav

    # Once at the foot of the rail, once behind the word that a phone shows instead of it.
    assert [link.get_text(strip=True) for link in rail("a", {"aria-current": "page"})] == [
        "Journal",
        "Journal",
    ]


def test_a_phone_reaches_every_place():
    """What its edge has no room for stands behind one word; no place stands in both."""
    rail = frame(path=reverse("journal")).nav
    at_the_edge = rail.select("ul > li:not([data-phone]):not(.phone-only) > a")
    behind = rail.select(".phone-only .menu-item")
    here = {a["href"] for a in at_the_edge if a.find_parent("ul").get("class") is None}

    assert not here & {a["href"] for a in behind}
    assert {a["href"] for a in rail("a")} - {"/"} == here | {a["href"] for a in behind}
    assert rail.select_one(".phone-only summary")


def test_a_phone_never_gets_more_places_than_fit():
    assert sum(place.on_phone for place in places(request_of())) <= 5


def test_no_two_places_share_a_letter():
    letters = [each.key for each in DESTINATIONS if each.key]

    assert len(letters) == len(set(letters))


def test_the_other_organisations_are_one_press_away():
    switch = frame().find(class_="nav-switch")

    assert [b["value"] for b in switch("button")] == ["Norvella Pharma"]
    assert switch.form["action"] == reverse("organisation_switch")


@pytest.mark.parametrize(
    ("cookies", "theme"),
    [({}, "system"), ({"theme": "dark"}, "dark"), ({"theme": '"><b'}, "system")],
)
def test_the_server_draws_the_chosen_look_so_that_nothing_flashes(cookies, theme):
    assert frame(cookies=cookies).html["data-theme"] == theme


def test_arabic_is_read_from_the_right():
    page = frame(language="ar").html

    assert (page["lang"], page["dir"]) == ("ar", "rtl")
    assert "الأنشطة" in page.get_text()


def test_a_choice_of_looks_is_kept_and_leads_back():
    request = RequestFactory().post("/appearance/", {"theme": "dark", "next": "/style/"})

    answer = change(request)

    assert answer.cookies["theme"].value == "dark"
    assert "density" not in answer.cookies
    assert answer.url == "/style/"


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_a_choice_of_looks_never_leads_to_another_site(back):
    answer = change(RequestFactory().post("/appearance/", {"theme": "dark", "next": back}))

    assert answer.url == "/"


def test_an_unknown_look_changes_nothing():
    assert not change(RequestFactory().post("/appearance/", {"theme": "pink"})).cookies


def test_a_visitor_without_organisation_has_a_frame_too():
    request = RequestFactory().get("/")
    shell = Shell(request)

    assert (shell.person, shell.organisation, shell.other_organisations) == ("", None, [])

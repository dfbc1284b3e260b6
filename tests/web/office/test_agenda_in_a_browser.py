"""The agenda's board in Chromium: a session is dragged by a real mouse and moved by arrow keys."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from symposia.activities.actions.venues import VenueFacts, add_room, add_venue
from symposia.activities.models import Session
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.web.browsing import page_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Evening:
    """An evening with two sessions in one hall, and a second hall that nobody uses yet."""

    def __init__(self):
        self.organisation = OrganisationFactory()
        self.user = member(self.organisation, "coordinator")
        with acting_in(self.organisation.pk):
            venue = add_venue(VenueFacts("Harbour Centre", "Boston", "US"), by=SYSTEM)
            hall, self.other = (
                add_room(venue, name=name, seats=90, by=SYSTEM) for name in ("Hall A", "Hall B")
            )
            self.activity = ActivityFactory(title="Stroke update")
            self.one, self.two = (
                SessionFactory(
                    activity=self.activity,
                    title=title,
                    after=after,
                    minutes=20,
                    creditable_minutes=20,
                    room=place.name,
                    place=place,
                )
                for title, after, place in (("Who benefits?", 0, hall), ("Cases", 40, self.other))
            )

    def starts(self, session):
        """When and where it begins now, as the database has it."""
        with acting_in(self.organisation.pk):
            now = Session.objects.get(pk=session.pk)
        return (now.wall_starts - self.activity.wall_starts).seconds // 60, now.place_id


@pytest.fixture
def evening(monkeypatch):
    # The library that drives the browser runs a loop in this thread; the server has its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    return Evening()


@pytest.fixture
def board(evening, live_server, client):
    client.force_login(evening.user)
    with page_of(live_server, client, reduced_motion="reduce") as page:
        page.goto(reverse("activity_agenda_board", args=[evening.activity.pk]))
        yield page
        assert page.complaints == []


def session_on(page, session):
    return page.locator(f"#at-{session.pk}")


def test_a_session_is_dragged_with_the_mouse_to_a_free_time_of_another_hall(board, evening):
    held = session_on(board, evening.one).bounding_box()
    free = board.locator(f'td.free[data-place="{evening.other.pk}"]').last
    goal = free.bounding_box()
    first, _colon, minute = free.get_attribute("data-free").partition(":")
    expected = int(first) * 60 + int(minute)

    board.mouse.move(held["x"] + 20, held["y"] + held["height"] - 4)
    board.mouse.down()
    board.mouse.move(held["x"] + 60, held["y"] + 30, steps=5)
    board.mouse.move(goal["x"] + 30, goal["y"] + 6, steps=10)
    board.mouse.up()

    moved = session_on(board, evening.one)
    expect(moved.locator("small bdi").first).to_have_text(f"{expected // 60:02}:{expected % 60:02}")
    expect(moved).to_be_focused()
    opens = evening.activity.wall_starts
    assert evening.starts(evening.one) == (
        expected - opens.hour * 60 - opens.minute,
        evening.other.pk,
    )
    assert violations(board) == []


def test_arrow_keys_move_it_by_five_minutes_and_the_focus_stays_with_it(board, evening):
    moved = session_on(board, evening.one)
    moved.focus()
    board.keyboard.press("ArrowDown")
    clock = (evening.activity.wall_starts + timedelta(minutes=5)).strftime("%H:%M")
    expect(moved.locator("small bdi").first).to_have_text(clock)
    expect(moved).to_be_focused()
    assert evening.starts(evening.one)[0] == 5

    board.keyboard.press("ArrowUp")
    expect(moved.locator("small bdi").first).not_to_have_text(clock)
    assert evening.starts(evening.one)[0] == 0


def test_a_move_that_is_refused_is_said_and_nothing_moves(board, evening):
    before = evening.starts(evening.one)
    session_on(board, evening.one).focus()
    board.keyboard.press("ArrowUp")

    expect(board.locator("#toasts")).to_contain_text("must lie within the activity")
    assert evening.starts(evening.one) == before


def test_without_dragging_a_finger_presses_the_buttons_or_the_form(board, evening):
    board.set_viewport_size({"width": 390, "height": 844})
    moved = session_on(board, evening.two)
    button = moved.get_by_role("button", name="5 minutes later")
    assert min(button.bounding_box()[side] for side in ("width", "height")) >= 24

    button.click()
    expect(moved.locator("small bdi").first).to_have_text(
        (evening.activity.wall_starts + timedelta(minutes=45)).strftime("%H:%M")
    )
    moved.get_by_role("link", name="Move to…").click()
    board.get_by_label("Start").fill(f"{evening.activity.wall_starts:%H:%M}")
    board.get_by_role("button", name="Move", exact=True).click()

    expect(session_on(board, evening.two)).to_be_visible()
    assert evening.starts(evening.two)[0] == 0
    assert board.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

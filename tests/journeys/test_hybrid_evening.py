"""A hybrid evening on a bad network, reconciled: nobody's minutes count twice, none is lost.

Two phones scan 22 people without a network, two of them twice; three walk in, some leave, one comes
back. A report of the meeting names nine, one under half a name, one under none, one who was in the
room as well. A person decides what does not fit; only then do the books close.
"""

import re
import sys
from datetime import datetime

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.journeys import empty, hybrid
from tests.journeys.afterwards import exports_of
from tests.journeys.stage import LAUNCH, SCREENS, Person, come
from tests.journeys.working import Cost, Working

pytestmark = [pytest.mark.browser, pytest.mark.nightly]
clock, product = empty.clock, empty.product
MINUTES = 20
WAIT = 60_000
# What a scanner that types does, key after key.
SCANNER = """text => {
    for (const key of [...text, "Enter"]) {
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    }
}"""


@pytest.fixture
def chromium():
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=list(LAUNCH))
        yield browser
        browser.close()


def test_an_evening_in_a_hall_and_online_is_reconciled_within_twenty_minutes(
    chromium, product, clock, tmp_path
):
    SCREENS.mkdir(exist_ok=True)
    address, made = f"http://localhost:{product.port}", product.asks(hybrid.make_evening, _day())
    activity, session = made["activity"], made["session"]
    clock(17, 30)
    office = come(chromium, address, session)
    doors = {
        door: Phone(chromium, address, clock, pair(office, activity, door, direction))
        for door, direction in hybrid.DOORS.items()
    }

    people_come_and_go(doors["Hall A"], doors["Foyer"], made["tickets"])
    clock(20, 2)
    office.open(f"/{activity}/").press("Mark as held").sees("Held.")
    clock(20, 10)
    doors["Hall A"].hears_again(clock, answer_lost=True)
    doors["Foyer"].hears_again(clock)

    desk = come(chromium, address, session, Working)
    bring_the_report_in(desk, activity, tmp_path)
    nothing_closes_yet(desk, activity)
    decide_who_they_are(desk, activity)
    decide_how_long_they_stayed(desk, activity)
    sign_and_close(desk, activity)
    cost = Cost(desk)
    sys.stdout.write(f"A hybrid evening reconciled: {cost}\n")
    assert cost.minutes <= MINUTES, str(cost)

    everybodys_minutes_are_those_of_the_oracle(desk, activity)
    for each in (office, desk, *doors.values()):
        each.close()


def _day():
    return empty.DAY.isoformat()


def pair(office, activity, door, direction):
    """The code for one phone."""
    office.open(f"/{activity}/attendance/").press("Phones at the door")
    form = office.page.locator("main form[action$='/phones/codes/']")
    form.locator("[name=door]").fill(door)
    form.locator("[name=holder]").fill("Kiran")
    form.locator("[name=direction]").select_option(direction)
    office.press("Make a pairing code")
    return office.page.locator("#secret").inner_text()


class Phone(Person):
    """A phone at a door, with its own clock; it has lost the network once it is paired."""

    def __init__(self, browser, address, clock, code):
        super().__init__(browser, address, phone=True)
        self.page.add_init_script(
            "Object.defineProperty(navigator, 'mediaDevices', {value: undefined})"
        )
        self.page.clock.install(time=clock.now())
        self.open(f"/door/app/#pair={code}").press("Start scanning")
        expect(self.page.locator("#sync")).to_have_text("All synced", timeout=WAIT)
        self.context.set_offline(True)

    def waits_until(self, time):
        """The time on the wall; it stands still while people queue."""
        there = datetime.fromisoformat(f"{_day()}T{time}").replace(tzinfo=empty.ZONE)
        self.page.clock.pause_at(there)
        return self

    def goes(self, kind):
        if self.page.locator("#verdict").is_visible():
            self.press("Next person")
        self.page.locator(f"#scan-kinds [data-kind={kind}]").click()
        return self

    def scan(self, name, ticket, verdict="Checked in"):
        self.page.evaluate(SCANNER, ticket)
        expect(self.page.locator("#verdict-who")).to_have_text(name)
        expect(self.page.locator("#verdict-title")).to_have_text(verdict)
        return self

    def let_in(self, name):
        """Somebody without a ticket, as they say it."""
        if self.page.locator("#verdict").is_visible():
            self.press("Next person")
        self.press("Walk-in")
        self.page.get_by_label("Name as on the licence").fill(name)
        self.page.get_by_role("button", name="Check in", exact=True).click()
        expect(self.page.locator("#verdict-who")).to_have_text(name)
        return self

    def hears_again(self, clock, *, answer_lost=False):
        """The network is back; the first answer of the office may get lost on the way."""
        lost = []

        def stumble(route):
            if answer_lost and not lost:
                lost.append(route.fetch())
                route.abort()
            else:
                route.continue_()

        self.page.route("**/door/devices/sync/", stumble)
        self.page.clock.pause_at(clock.now())
        self.page.clock.resume()
        self.context.set_offline(False)
        if self.page.locator("#verdict").is_visible():
            self.press("Next person")
        expect(self.page.locator("#sync")).to_have_text("All synced", timeout=WAIT)
        assert len(lost) == answer_lost
        assert all(answer.ok for answer in lost)


def people_come_and_go(hall, foyer, tickets):
    """Everything is seen without a network; the hall's phone sees who leaves, too."""
    hall.waits_until(hybrid.CAME)
    foyer.waits_until(hybrid.CAME_TO_THE_FOYER)
    for guest in hybrid.IN_THE_ROOM:
        if guest.name not in hybrid.LATE:
            door = foyer if guest.name in hybrid.AT_THE_FOYER else hall
            door.scan(guest.name, tickets[guest.name])
    once, twice = hybrid.TWICE_AT_ONE_DOOR, hybrid.AT_BOTH_DOORS
    hall.waits_until("17:57:00").scan(once, tickets[once], "Already in")
    foyer.waits_until("17:57:30").scan(twice, tickets[twice])
    _come_late(foyer, tickets)
    _leave_and_come_back(hall, tickets)


def _come_late(foyer, tickets):
    late = [(at, name) for name, at in hybrid.LATE.items()]
    late += [(at, name) for name, (at, _known) in hybrid.WALK_INS.items()]
    for at, name in sorted(late):
        foyer.waits_until(at)
        if name in hybrid.LATE:
            foyer.scan(name, tickets[name])
        else:
            foyer.let_in(name)


def _leave_and_come_back(hall, tickets):
    passing = [(at, "out", name) for name, at in hybrid.LEAVERS.items()]
    passing += [
        (hybrid.WENT, "out", hybrid.RETURNER),
        (hybrid.CAME_BACK, "in", hybrid.RETURNER),
        (hybrid.LEFT_THE_HALL, "out", hybrid.IN_BOTH),
    ]
    for at, kind, name in sorted(passing):
        verdict = "Checked out" if kind == "out" else "Checked in"
        hall.waits_until(at).goes(kind).scan(name, tickets[name], verdict)
    hall.press("Next person").sees(re.compile("Keep scanning, the data is safe here"))
    hall.shoot("hybrid-door")


def bring_the_report_in(desk, activity, folder):
    """The rows are looked through before any of them counts."""
    file = folder / "participants.csv"
    file.write_text(hybrid.report(empty.DAY), encoding="utf-8")
    desk.open(f"/{activity}/attendance/").press("Logs and lists").press("Hand in a file")
    desk.did(clicks=2)
    desk.page.locator("main input[type=file]").set_input_files(file)
    desk.press("Read the file").sees("Keep these rows as evidence")
    desk.shoot("hybrid-report")
    desk.press("Keep these rows as evidence").sees("The rows are kept as evidence.")


def nothing_closes_yet(desk, activity):
    """While people are not decided on, the books stay open, whoever asks."""
    desk.open(f"/{activity}/").press("Close the books").sees("The books are being closed.")
    page, path = desk.page, f"/{activity}/steps/close/"
    button = page.get_by_role("button", name=re.compile("^Close the activity"))
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_contain_text("24 conflicts in the attendance are not decided.")
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    answer = page.request.post(
        path, form={"csrfmiddlewaretoken": token}, headers={"Referer": page.url}
    )
    assert "24 conflicts in the attendance are not decided." in answer.text()
    page.reload()
    expect(button).to_have_attribute("aria-disabled", "true")


def decide_who_they_are(desk, activity):
    """Each by a person, for a reason of its own."""
    decide(desk, activity, "Leela Fernandes", "walk_in", "Gave name and profession at the door")
    decide(desk, activity, "Vikram Deshmukh", "match", "The desk did not find the ticket")
    decide(desk, activity, "Oscar Whitfield", "walk_in", "Gave name and profession at the door")
    decide(desk, activity, hybrid.LIKE_A_NAME.called, "match", "Answered when called by name")

    open_conflict(desk, activity, hybrid.LIKE_NOBODY.called)
    desk.fill(q="Sunil").press("Find").choose(place=hybrid.LIKE_NOBODY.name)
    desk.shoot("hybrid-nobody")
    settle(desk, "match", "The chat of the meeting says whose telephone it is")


def decide_how_long_they_stayed(desk, activity):
    """In the room and online at once is one time; whom nobody saw leave stayed, all alike."""
    open_conflict(desk, activity, hybrid.IN_BOTH).sees("was in the room and online at once")
    desk.shoot("hybrid-both-places")
    settle(desk, "once", "Went on listening on the way home")

    open_conflict(desk, activity, hybrid.TWICE_AT_ONE_DOOR)
    desk.sees("21 conflicts are of this kind").shoot("hybrid-alike")
    why = "Nobody scans at the end; the hall was full"
    similar = desk.page.locator("form[action$='/similar/'] [name=reason]")
    desk.did(clicks=1, keys=len(why))
    similar.fill(why)
    desk.press("Accept the proposal for all of them").sees("21 conflicts are decided.")


def decide(desk, activity, who, choice, why):
    open_conflict(desk, activity, who)
    settle(desk, choice, why)


def open_conflict(desk, activity, who):
    desk.open(f"/{activity}/attendance/conflicts/?state=open")
    return desk.click(desk.page.locator("main tbody").get_by_role("link", name=who).first)


def settle(desk, choice, why):
    desk.check("choice", choice).fill(reason=why).press("Decide and go on").sees("Decided:")


def sign_and_close(desk, activity):
    people, minutes = len(hybrid.EVERYBODY), sum(map(hybrid.minutes_due, hybrid.EVERYBODY))
    desk.open(f"/{activity}/attendance/conflicts/").sees("0 conflicts are to be decided.")
    desk.press("Sign").sees(f"Attendance signed: {people} people, {minutes:,} minutes")
    desk.shoot("hybrid-signed", fresh=True)
    desk.open(f"/{activity}/").press("Close the activity").sees("Closed.")


def everybodys_minutes_are_those_of_the_oracle(desk, activity):
    """No minute twice, none lost, and a few seconds of a phone's clock change none."""
    head, *rows = exports_of(desk, f"/{activity}/attendance/")
    name, minutes = head.index("Name"), head.index("Minutes")
    counted = {row[name]: row[minutes] for row in rows}
    due = {guest.name: str(hybrid.minutes_due(guest)) for guest in hybrid.EVERYBODY}

    assert len(counted) == len(rows), "somebody has two places"
    assert counted == due | dict.fromkeys(hybrid.ABSENT, "")
    for guest in hybrid.EVERYBODY:
        assert {hybrid.minutes_due(guest, slow) for slow in (-8, 8)} == {hybrid.minutes_due(guest)}
    both = next(guest for guest in hybrid.IN_THE_ROOM if guest.online)
    assert hybrid.counted_twice(both) > hybrid.minutes_due(both), "the evening tests nothing"

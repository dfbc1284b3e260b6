"""A representative invites a territory from a phone; they answer, a room fills, a place moves.

On the way: two of thirty-five who may not be asked, an answer without a password, a waitlist, a
promotion, somebody who wants no more invitations, and a check-in without a network.
"""

import re
import time

import pytest
from playwright.sync_api import expect, sync_playwright

from symposia.demonstration.territory import APPROVED, PLACES, TITLE
from tests.journeys import demonstration
from tests.journeys.demonstration import enter
from tests.journeys.stage import LAUNCH, SCREENS, Person, link_in_mail

pytestmark = [pytest.mark.browser, pytest.mark.nightly]
product = demonstration.product
HERE = "Sahyadri Pharma"
ASKED = APPROVED - 2
SECONDS = 15
SUBJECT = f"Invitation: {TITLE}"
ADDRESS = re.compile(r"[\w.]+@\w+\.example")


@pytest.fixture
def chromium():
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=list(LAUNCH))
        yield browser
        browser.close()


def test_a_representative_invites_a_territory_from_a_phone(chromium, product):
    SCREENS.mkdir(exist_ok=True)
    address = f"http://localhost:{product.port}"
    representative = Person(chromium, address, phone=True)
    enter(representative, HERE, "Field representative")

    event = invite_all_but_two(representative)
    doctors = letters_arrive(representative, event)
    rooms = Doctors(chromium, address)
    rooms.first_answers_on_a_phone(doctors[0])
    rooms.the_room_fills(doctors[1:PLACES])
    rooms.one_waits_and_gets_the_place_that_comes_free(doctors[PLACES])
    rooms.one_wants_no_more_invitations(doctors[PLACES + 1])

    see_who_comes(representative, event)
    share_by_chat(representative, event)
    check_in_without_a_network(representative, event)
    representative.close()
    rooms.close()


def invite_all_but_two(person):
    """Two are greyed with the reason; the dry run names them; the rest are asked."""
    person.open("/field/").sees("40 of 40 invitations left").shoot("field-day", fresh=True)
    person.press(TITLE).sees("Invited by me")
    event = person.page.url
    person.press("Invite").sees(f"{APPROVED} people are approved for you.")
    greyed = person.page.locator(".field-person[data-off]")
    expect(greyed).to_have_count(2)
    assert greyed.locator("input:not(:disabled)").count() == 0
    said = " ".join(greyed.all_inner_texts())
    assert "said no to invitations to activities" in said
    assert "is not asked since" in said
    person.shoot("field-invite", at=greyed.first)
    person.press(f"All {APPROVED}").sees(f"{ASKED} of {APPROVED} will get it")
    person.shoot("field-review")
    person.press(f"Send {ASKED} invitations")
    person.sees(f"{ASKED} of {APPROVED} invitations leave in a minute.")
    person.shoot("field-event")
    return event


def letters_arrive(person, event):
    """After the minute everybody has a letter; their addresses stand in the office's list."""
    invitations = event.replace("/field/", "/") + "invitations/"
    person.open("/mailbox/").waits_for(SUBJECT, seconds=180)
    for _look in range(60):
        found = dict.fromkeys(ADDRESS.findall(person.open(invitations).page.content()))
        if len(found) >= ASKED:
            return [each for each in found if not each.startswith("bengaluru@")]
        person.page.wait_for_timeout(2000)
    raise AssertionError(f"Only {len(found)} of {ASKED} letters were written")


class Doctors:
    """Each opens the own link, on a phone and without an account."""

    def __init__(self, browser, address):
        self.person = Person(browser, address, phone=True)
        self.first_link = ""

    def link(self, address, containing="/r/"):
        return link_in_mail(self.person, address, SUBJECT, containing)

    def first_answers_on_a_phone(self, address):
        """From the link to the answer within fifteen seconds, no password asked."""
        link = self.first_link = self.link(address)
        begun = time.monotonic()
        self.person.open(link).press("Accept").sees("You are coming.")
        taken = time.monotonic() - begun
        print(f"Answered on a phone in {taken:.1f} s")  # noqa: T201  # the figure of the journey
        assert taken <= SECONDS
        assert not self.person.page.locator("input[type=password]").count()
        self.person.shoot("field-answer")

    def the_room_fills(self, addresses):
        for each in addresses:
            self.person.open(self.link(each)).press("Accept").sees("You are coming.")

    def one_waits_and_gets_the_place_that_comes_free(self, address):
        waiting = self.link(address)
        self.person.open(waiting).press("Join the waitlist").sees(
            "You are number 1 on the waitlist."
        )
        self.person.shoot("field-waitlist")
        self.person.open(self.first_link).press("I cannot come after all")
        self.person.sees("You are not coming.")
        self.person.open(waiting).waits_for("You are coming.")

    def one_wants_no_more_invitations(self, address):
        self.person.open(self.link(address, "/u/")).press("Stop invitations").sees("Done.")

    def close(self):
        self.person.close()


def see_who_comes(person, event):
    """The places are taken, and whoever said stop says so among my doctors."""
    person.open(event).sees(f"{PLACES} of {PLACES}")
    person.shoot("field-guests", fresh=True)
    person.open("/field/doctors/?q=").sees("asked for no more invitations")


def share_by_chat(person, event):
    """The approved text opens in the phone's own program."""
    person.open(event)
    person.page.get_by_role("link", name=re.compile("^Share")).first.click()
    person.press("Chat message").sees("The journal says that you have the invitation")
    opened = person.page.get_by_role("link", name="Open on my phone")
    assert opened.get_attribute("href").startswith("https://wa.me/")
    person.shoot("field-share")


def check_in_without_a_network(person, event):
    """What was read is there, what is pressed waits, and is sent once the network is back."""
    page = person.page
    person.open("/field/")
    page.evaluate("navigator.serviceWorker.ready")
    person.open(f"{event}sign-in/").sees("Check in")
    person.open("/field/")
    person.context.set_offline(True)
    page.goto(f"{event}sign-in/")
    person.sees("No network. You read what this phone kept")
    page.get_by_role("button", name="Check in").first.click()
    person.sees("it waits on this phone")
    person.shoot("field-offline")
    page.goto("/field/waiting/")
    person.sees("Waits for a network")
    person.context.set_offline(False)
    person.sees("is checked in.")
    person.shoot("field-sent")
    person.open(f"{event}sign-in/").sees("Here")
